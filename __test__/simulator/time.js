'use strict';

/** What comes first of all that is due: as in Node's event loop. */
const PHASE = { timer: 0, io: 1, immediate: 2 };

/** A world that does more than this never comes to rest. */
const MOST_EVENTS = 300_000;

const HOUR = 3_600_000;

/** Virtual time: events happen one after the other, each with all promises that it settles. */
class Time {
  now = 0.25;
  #events = [];
  #order = 0;
  #done = 0;
  #most;

  constructor(most = MOST_EVENTS) {
    this.#most = most;
  }

  /**
   * @param {number} at
   * @param {() => void} act
   * @param {{ phase?: number, owner?: Loop }} [of] the process that it happens in, none for the world outside
   */
  at(at, act, { phase = PHASE.io, owner } = {}) {
    const event = { at: Math.max(at, this.now), due: at, phase, order: this.#order++, act, owner };
    this.#insert(event);
    return event;
  }

  after(ms, act, of) {
    return this.at(this.now + ms, act, of);
  }

  cancel(event) {
    if (event) event.act = undefined;
  }

  /** Until nothing more happens, or to an end. @param {number} [until] */
  async run(until = Infinity) {
    while (this.#events.length > 0 && this.#events.at(-1).at <= until) {
      const event = this.#events.pop();
      const { act, owner } = event;
      if (!act || owner?.isDead) continue;
      this.now = event.at;
      if (owner && owner.standsUntil > this.now) {
        event.at = owner.standsUntil;
        this.#insert(event);
        continue;
      }
      if (++this.#done > this.#most) throw new Error('it never comes to rest');
      act();
      if (owner) await settled();
    }
  }

  get events() {
    return this.#done;
  }

  /** The next one is the last of the list. */
  #insert(event) {
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(event, this.#events[middle])) low = middle + 1;
      else high = middle;
    }
    this.#events.splice(low, 0, event);
  }
}

/** The event loop of one process: its timers, which may stand still with it and die with it. */
class Loop {
  isDead = false;
  standsUntil = 0;
  /** Those that are set. */
  timers = new Set();
  #time;

  /**
   * @param {Time} time
   * @param {() => number} wallShift how far the system's time was moved
   */
  constructor(time, wallShift) {
    this.#time = time;
    this.clock = {
      now: () => time.now,
      wall: () => 1_700_000_000_000 + time.now + wallShift(),
      setTimeout: (call, ms) => this.#setTimeout(call, ms),
      clearTimeout: (timer) => {
        this.timers.delete(timer);
        time.cancel(timer);
      },
      setImmediate: (call) => time.at(time.now, call, { phase: PHASE.immediate, owner: this }),
    };
  }

  /** As Node does it: in whole milliseconds since the loop last looked at the time, at least one. */
  #setTimeout(call, ms) {
    const fire = () => {
      this.timers.delete(timer);
      call();
    };
    const at = Math.floor(this.#time.now) + Math.max(1, Math.trunc(ms) || 1);
    const timer = this.#time.at(at, fire, { phase: PHASE.timer, owner: this });
    this.timers.add(timer);
    return timer;
  }

  standStill(ms) {
    this.standsUntil = Math.max(this.standsUntil, this.#time.now + ms);
  }

  /** Something reaches the process from outside. */
  receive(at, act) {
    return this.#time.at(at, act, { owner: this });
  }
}

function isBefore(a, b) {
  return (a.at - b.at || a.phase - b.phase || a.due - b.due || a.order - b.order) < 0;
}

/** All that waits for no timer has happened. */
function settled() {
  return new Promise((resolve) => setImmediate(resolve));
}

module.exports = { HOUR, Loop, Time };
