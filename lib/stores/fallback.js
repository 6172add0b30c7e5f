'use strict';

const { channel } = require('node:diagnostics_channel');
const { memoryStore } = require('./memory.js');

const reports = channel('wechat-push:store');

/**
 * A store that has not answered for so many ticks is taken to be away: after 300 ms, so that its last
 * answer is still in time. A pause of this process, or of the machine, is one tick.
 */
const PATIENCE = 5;
const TICK = 60;
/** How often a store that is away is asked again. */
const ASK_EVERY = 1000;

const STATES = new Set(['first', 'running', 'done', 'replayed']);

/**
 * A store that keeps working when the given one throws or hangs: what it does not take goes to memory,
 * until it is back. Both are told on the diagnostics channel, once each.
 * @param {import('../..').PushStore} store
 * @returns {import('../..').PushStore}
 */
function withFallback(store) {
  const memory = memoryStore();
  const within = createDeadline();
  let away = false;
  let askAt = 0;

  /**
   * Asks the store; while it is away one call in a while does.
   * @param {'begin' | 'finish' | 'release' | 'take' | 'renew'} name
   * @param {any[]} args
   */
  async function ask(name, ...args) {
    if (away && Date.now() < askAt) throw new Error('the store is away');
    askAt = Date.now() + ASK_EVERY;
    try {
      const result = await within(() => /** @type {any} */ (store)[name](...args));
      if (name === 'begin' && !STATES.has(result?.state)) throw new TypeError('begin() gave no state');
      isBack();
      return result;
    } catch (error) {
      isAway(error);
      throw error;
    }
  }

  /** @param {unknown} error */
  function isAway(error) {
    if (!away) reports.publish({ state: 'away', error });
    away = true;
  }

  function isBack() {
    if (away) reports.publish({ state: 'back' });
    away = false;
  }

  /**
   * @param {'finish' | 'release'} name
   * @param {string} id
   * @param {any[]} args
   */
  async function end(name, id, ...args) {
    const inMemory = memory.has(id);
    const remember = () => /** @type {any} */ (memory)[name](id, ...args);
    if (inMemory) remember();
    // The reply is on its way before anything is spent on recording it.
    await new Promise(setImmediate);
    // The store is told all the same: another process may get the next delivery.
    await ask(name, id, ...args).catch(() => inMemory || remember());
  }

  return {
    lease: store.lease,

    async begin(id, proof, again) {
      if (!memory.has(id)) {
        try {
          return await ask('begin', id, proof, again);
        } catch {
          // Another process has it, and that is all that is known.
          if (again) return { state: 'running', attempt: 0 };
        }
      }
      return memory.begin(id, proof, again);
    },

    finish: (...args) => end('finish', ...args),
    release: (...args) => end('release', ...args),

    async take(id) {
      // Better twice than never.
      return memory.has(id) ? memory.take(id) : ask('take', id).catch(() => true);
    },

    renew: store.renew && ((id) => ask('renew', id).catch(() => {})),
  };
}

/** Calls with a deadline; one timer for all of them, as setting one costs as much as the call. */
function createDeadline() {
  /** @type {Set<{ ticks: number, late: () => void }>} */
  const open = new Set();
  let ticking = false;

  function tick() {
    ticking = open.size > 0;
    if (!ticking) return;
    // What has arrived in the meantime is read first.
    setTimeout(() => setImmediate(tick), TICK).unref();
    for (const call of open) if (++call.ticks > PATIENCE) call.late();
  }

  /**
   * What a call gives, unless it takes too long.
   * @param {() => unknown} act
   * @returns {Promise<any>}
   */
  return function within(act) {
    return new Promise((resolve, reject) => {
      const call = {
        ticks: 0,
        late: () => end(reject, new Error(`the store has not answered within ${PATIENCE * TICK} ms`)),
      };
      open.add(call);
      if (!ticking) tick();
      new Promise((called) => called(act())).then(
        (result) => end(resolve, result),
        (error) => end(reject, error),
      );

      function end(settle, result) {
        open.delete(call);
        settle(result);
      }
    });
  };
}

module.exports = { withFallback };
