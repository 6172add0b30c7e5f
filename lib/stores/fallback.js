'use strict';

const { channel } = require('node:diagnostics_channel');
const { memoryStore } = require('./memory.js');

const reports = channel('wechat-push:store');

/** A store that has not answered by then is taken to be away. */
const TIMEOUT = 500;
/** How often a store that is away is asked again. */
const ASK_EVERY = 1000;

/**
 * A store that keeps working when the given one throws or hangs: what it does not take goes to memory,
 * until it is back. Both are told on the diagnostics channel, once each.
 * @param {import('../..').PushStore} store
 * @returns {import('../..').PushStore}
 */
function withFallback(store) {
  const memory = memoryStore();
  let askAt = 0;
  let away = false;

  /**
   * @param {'begin' | 'finish' | 'release' | 'take'} name
   * @param {any[]} args
   */
  async function call(name, ...args) {
    if (!memory.has(args[0]) && Date.now() >= askAt) {
      try {
        const result = await within(TIMEOUT, store[name], store, args);
        isBack();
        return result;
      } catch (error) {
        isAway(error);
      }
    }
    return /** @type {Function} */ (memory[name])(...args);
  }

  /** @param {unknown} error */
  function isAway(error) {
    askAt = Date.now() + ASK_EVERY;
    if (!away) reports.publish({ state: 'away', error });
    away = true;
  }

  function isBack() {
    if (away) reports.publish({ state: 'back' });
    away = false;
  }

  return {
    lease: store.lease,
    begin: (...args) => call('begin', ...args),
    finish: (...args) => call('finish', ...args),
    release: (...args) => call('release', ...args),
    take: (...args) => call('take', ...args),
    renew: async (id) => {
      if (!away) await within(TIMEOUT, store.renew, store, [id]).catch(isAway);
    },
  };
}

/**
 * Calls a store, however it fails.
 * @param {number} ms
 * @param {any} method
 * @param {import('../..').PushStore} store
 * @param {any[]} args
 */
function within(ms, method, store, args) {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`the store has not answered within ${ms} ms`));
    const timer = setTimeout(late, ms);
    new Promise((called) => called(method.apply(store, args)))
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}

module.exports = { withFallback };
