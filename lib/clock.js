'use strict';

/**
 * Durations are told by `now`, which a change of the system's time does not move; WeChat's timestamps by `wall`.
 * Both in milliseconds. Tests replace it.
 */
const systemClock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  setTimeout: (/** @type {() => void} */ call, /** @type {number} */ ms) => setTimeout(call, ms),
  clearTimeout: (/** @type {any} */ timer) => clearTimeout(timer),
  setImmediate: (/** @type {() => void} */ call) => setImmediate(call),
};

module.exports = { systemClock };
