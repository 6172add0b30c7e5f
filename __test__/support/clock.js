'use strict';

/** A clock that stands still until it is set forward. */
class VirtualClock {
  #now = 1_700_000_000_000;
  #timers = new Set();

  now = () => this.#now;

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

  /** Lets `ms` milliseconds pass, each timer at its time. */
  async pass(ms) {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#now = next.at;
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
