'use strict';

/**
 * `now` measures durations: it does not jump when the system's time is set. `wall` is the system's time, for WeChat's
 * timestamps. Both in milliseconds. Tests replace the whole clock.
 */
const systemClock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  setTimeout: (/** @type {() => void} */ call, /** @type {number} */ ms) => setTimeout(call, ms),
  clearTimeout: (/** @type {any} */ timer) => clearTimeout(timer),
  setImmediate: (/** @type {() => void} */ call) => setImmediate(call),
};

module.exports = { systemClock };
