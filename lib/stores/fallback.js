'use strict';

const { channel } = require('node:diagnostics_channel');
const { systemClock } = require('../clock.js');
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
 * What a store knows of a delivery, or `unknown` when it is away and nobody else knows either.
 * @typedef {import('../..').DeliveryState | { state: 'unknown', attempt: number, reply?: string, unsent?: boolean }} Seen
 *
 * @typedef {Omit<import('../..').PushStore, 'peek'> & { peek: (id: string) => Seen | Promise<Seen> }} AnyStore
 */

/**
 * A store that keeps working when the given one throws or hangs: what it does not take goes to memory,
 * until it is back. Both are told on the diagnostics channel, once each.
 * @param {import('../..').PushStore} store
 * @returns {AnyStore}
 */
function withFallback(store, clock = systemClock) {
  const memory = memoryStore();
  const within = createDeadline(clock);
  let away = false;
  let askAt = 0;

  /**
   * Asks the store; while it is away one call in a while does.
   * @param {'begin' | 'peek' | 'finish' | 'release' | 'claimUnsent' | 'renew'} name
   * @param {any[]} args
   */
  async function ask(name, ...args) {
    if (away && clock.now() < askAt) throw new Error('the store is away');
    askAt = clock.now() + ASK_EVERY;
    try {
      const result = await within(() => /** @type {any} */ (store)[name](...args));
      const isLook = name === 'begin' || name === 'peek';
      if (isLook && !STATES.has(result?.state)) throw new TypeError(`${name}() gave no state`);
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
    await new Promise((resolve) => clock.setImmediate(() => resolve(undefined)));
    // The store is told all the same: another process may get the next delivery.
    await ask(name, id, ...args).catch(() => inMemory || remember());
  }

  return {
    lease: store.lease,
    remember: store.remember,

    async begin(delivery) {
      if (memory.has(delivery.id)) return memory.begin(delivery);
      return ask('begin', delivery).catch(() => memory.begin(delivery));
    },

    async peek(id) {
      if (memory.has(id)) return memory.peek(id);
      return ask('peek', id).catch(() => ({ state: /** @type {const} */ ('unknown'), attempt: 0 }));
    },

    finish: (...args) => end('finish', ...args),
    release: (...args) => end('release', ...args),

    async claimUnsent(id, keep) {
      // Better twice than never.
      return memory.has(id) ? memory.claimUnsent(id, keep) : ask('claimUnsent', id, keep).catch(() => true);
    },

    renew: store.renew && ((id) => ask('renew', id).catch(() => {})),
  };
}

/**
 * Calls with a deadline; one timer for all of them, as setting one costs as much as the call.
 * @param {typeof systemClock} clock
 */
function createDeadline(clock) {
  /** @type {Set<{ ticks: number, late: () => void }>} */
  const open = new Set();
  let ticking = false;

  function tick() {
    ticking = open.size > 0;
    if (!ticking) return;
    // What has arrived in the meantime is read first.
    clock.setTimeout(() => clock.setImmediate(tick), TICK).unref?.();
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
