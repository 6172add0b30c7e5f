'use strict';

/** A lifetime is counted in so many ticks, at most: an entry lives up to one tick longer. */
const TICKS = 1024;

/** Of what has to go since there is too much, so small a part goes at once. */
const PART = 64;

/**
 * A map that forgets the oldest: what has had its lifetime, and what is more than `max`. Entries stand in the order
 * in which they were set, so there is no other list of them.
 * @template Value which has the tick of when it was set
 */
class AgingMap {
  /** @type {Map<number, Value>} */
  #entries = new Map();
  #max;
  #tick;
  #lifetime;
  #clock;
  #timeOf;
  #onTooMany;
  #swept = 0;

  /**
   * @param {object} options
   * @param {number} options.max
   * @param {number} options.lifetime in milliseconds
   * @param {{ now: () => number }} options.clock
   * @param {(value: Value) => number} options.timeOf the tick of a value
   * @param {() => void} options.onTooMany is told that entries go before their time
   */
  constructor({ max, lifetime, clock, timeOf, onTooMany }) {
    this.#max = max;
    this.#tick = Math.max(1, lifetime / TICKS);
    this.#lifetime = lifetime / this.#tick;
    this.#clock = clock;
    this.#timeOf = timeOf;
    this.#onTooMany = onTooMany;
  }

  get size() {
    return this.#entries.size;
  }

  /** What a value has that is set at `now`. @param {number} now in milliseconds */
  tickAt(now) {
    return Math.floor(now / this.#tick);
  }

  /** @param {number} key */
  get(key) {
    const value = this.#entries.get(key);
    // Most keys are not there, and asking for the time costs as much as looking.
    return value === undefined || this.#isOver(value, this.tickAt(this.#clock.now())) ? undefined : value;
  }

  /**
   * Sets an entry anew, as the youngest.
   * @param {number} key
   * @param {Value} value
   */
  set(key, value) {
    const { size } = this.#entries;
    this.#entries.set(key, value);
    // It was there, and stands where it stood.
    if (this.#entries.size === size) {
      this.#entries.delete(key);
      this.#entries.set(key, value);
    }
    const tick = this.#timeOf(value);
    if (tick !== this.#swept) this.#sweep(tick);
    if (this.#entries.size > this.#max) this.#makeRoom(tick);
  }

  /** @param {number} tick */
  #sweep(tick) {
    this.#swept = tick;
    for (const [key, value] of this.#entries) {
      if (!this.#isOver(value, tick)) return;
      this.#entries.delete(key);
    }
  }

  /** One by one would be slow: V8 passes over all places of former entries each time. @param {number} tick */
  #makeRoom(tick) {
    let left = Math.ceil(this.#max / PART);
    for (const [key, value] of this.#entries) {
      if (!this.#isOver(value, tick)) this.#onTooMany();
      this.#entries.delete(key);
      if (--left === 0) return;
    }
  }

  /**
   * @param {Value} value
   * @param {number} tick
   */
  #isOver(value, tick) {
    return tick - this.#timeOf(value) > this.#lifetime;
  }
}

module.exports = { AgingMap };
