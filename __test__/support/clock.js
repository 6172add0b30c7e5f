'use strict';

/** A clock that stands still until it is set forward; the system's time can be set apart from it. */
class VirtualClock {
  #now = 1000;
  #timers = new Set();
  /** What the system's time is ahead of it. */
  offset = 1_700_000_000_000;

  now = () => this.#now;

  wall = () => this.#now + this.offset;

  setImmediate = (call) => setImmediate(call);

  setTimeout = (call, ms) => {
    const timer = { at: this.#now + Math.max(0, ms), call };
    this.#timers.add(timer);
    return timer;
  };

  clearTimeout = (timer) => this.#timers.delete(timer);

  /** How many timers are set. */
  get pending() {
    return this.#timers.size;
  }

  /** Lets `ms` milliseconds pass in which the process does nothing; its timers are late. */
  standStill(ms) {
    this.#now += ms;
  }

  /** Lets `ms` milliseconds pass, each timer at its time. */
  async pass(ms) {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.call();
      await settle();
    }
    this.#now = end;
  }

  #next(end) {
    const due = [...this.#timers].filter(({ at }) => at <= end);
    return due.reduce((first, timer) => (first && first.at <= timer.at ? first : timer), undefined);
  }
}

/** Lets everything happen that waits for no timer. */
function settle() {
  return new Promise((resolve) => setImmediate(resolve));
}

module.exports = { VirtualClock, settle };
