'use strict';

/** A process goes on doing without a store for so long after it has failed. */
const AFTERWARDS = 1500;

/** An answer that takes longer may come too late. */
const SLOW = 250;

/** The way between one process and the shared store, and what goes wrong on it. */
class Link {
  #time;
  #random;
  #loop;
  #place;
  #faults;
  #latency;
  /** From the first call that failed to the next that did not. @type {{ from: number, latest: number, to: number }[]} */
  troubles = [];
  #arrived = 0;
  #answered = 0;

  /**
   * @param {{ time: import('./time.js').Time, random: import('./random.js').Random,
   *   loop: import('./time.js').Loop, place: number, faults: StoreFault[], latency: [number, number] }} options
   */
  constructor({ time, random, loop, place, faults, latency }) {
    this.#time = time;
    this.#random = random;
    this.#loop = loop;
    this.#place = place;
    this.#faults = faults;
    this.#latency = latency;
  }

  /**
   * Has the store do something. Commands arrive in order, and so do answers.
   * @param {() => any} command
   * @returns {Promise<any>}
   */
  send = (command) =>
    new Promise((resolve, reject) => {
      const sentAt = this.#time.now;
      const fails = (what) => {
        const at = this.#time.now + this.#delay();
        this.#hasTrouble(sentAt);
        this.#loop.receive(at, () => reject(new Error(`the store ${what}`)));
      };
      if (this.#has('refuses')) return fails('is not connected');
      const survives = this.#random.chance(0.5);
      this.#arrived = Math.max(this.#arrived, this.#time.now + this.#delay());
      this.#time.at(this.#arrived, () => arrive());

      const arrive = () => {
        if (this.#loop.isDead && !survives) return;
        const pause = this.#has('stands still');
        if (pause) {
          this.#arrived = Math.max(this.#arrived, pause.to);
          return this.#time.at(pause.to, arrive);
        }
        if (this.#has('swallows commands')) return this.#hasTrouble(sentAt);
        if (this.#has('fails')) return fails('has failed');
        const result = command();
        if (this.#has('swallows answers')) return this.#hasTrouble(sentAt);
        if (this.#has('is cut off')) return fails('has closed the connection');
        this.#answered = Math.max(this.#answered, this.#time.now + this.#delay());
        if (this.#answered - sentAt > SLOW) this.#hasTrouble(sentAt);
        this.#loop.receive(this.#answered, () => {
          this.#isWell(sentAt);
          resolve(result);
        });
      };
    });

  #hasTrouble(from) {
    const last = this.troubles.at(-1);
    if (last && last.to > this.#time.now) {
      last.from = Math.min(last.from, from);
      last.latest = Math.max(last.latest, from);
    } else this.troubles.push({ from, latest: from, to: Infinity });
  }

  /** A call was answered. */
  #isWell(sentAt) {
    const last = this.troubles.at(-1);
    if (last && last.to === Infinity && sentAt > last.latest) last.to = this.#time.now;
  }

  #delay() {
    const [low, high] = this.#has('is slow')?.latency ?? this.#latency;
    return this.#random.between(low, high);
  }

  /** @param {StoreFault['kind']} kind */
  #has(kind) {
    const { now } = this.#time;
    return this.#faults.find(
      (fault) =>
        fault.kind === kind &&
        fault.from <= now &&
        now < fault.to &&
        (fault.place === undefined || fault.place === this.#place),
    );
  }
}

/**
 * @typedef {object} StoreFault
 * @property {'refuses' | 'stands still' | 'swallows commands' | 'swallows answers' | 'fails' | 'is cut off' | 'is slow' | 'loses its data'} kind
 * @property {number} from
 * @property {number} to
 * @property {[number, number]} [latency]
 * @property {number} [place] of the only process that it happens to
 */

module.exports = { AFTERWARDS, Link };
