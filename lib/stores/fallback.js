'use strict';

const { channel } = require('node:diagnostics_channel');
const { systemClock } = require('../clock.js');
const { ASK_STORE_EVERY, STORE_ANSWERS_WITHIN } = require('../deadlines.js');
const { storeAway, storeGaveNoState, storeLate } = require('../errors.js');
const { openMemoryStore } = require('./memory.js');

const reports = channel('wechat-push:store');

/** Deadlines are counted in ticks: while the process or the machine stands still, the store is not taken to be late. */
const TICKS = 5;

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
function withFallback(store, clock = systemClock, isIsolated = false) {
  const memory = openMemoryStore({ remember: store.remember }, clock);
  // Where one request's timers end with it, they cannot serve another.
  const within = isIsolated ? (act) => createDeadline(clock)(act) : createDeadline(clock);
  let away = false;
  let askAt = 0;

  /**
   * Asks the store. While it is away, only one call per `ASK_STORE_EVERY` does, to see whether it is back.
   * @param {'begin' | 'peek' | 'finish' | 'release' | 'claimUnsent' | 'renew'} name
   * @param {any[]} args
   */
  async function ask(name, ...args) {
    if (away && clock.now() < askAt) throw storeAway();
    askAt = clock.now() + ASK_STORE_EVERY;
    try {
      const result = await within(() => /** @type {any} */ (store)[name](...args));
      const isLook = name === 'begin' || name === 'peek';
      if (isLook && !STATES.has(result?.state)) throw storeGaveNoState(name);
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
    // Lets the reply be sent first.
    await new Promise((resolve) => clock.setImmediate(() => resolve(undefined)));
    // Tells the store even when memory has the push: another process may get the next delivery.
    await ask(name, id, ...args).catch(() => inMemory || remember());
    // A duplicate may have come to memory in the meantime.
    if (!inMemory && memory.has(id)) remember();
  }

  return {
    lease: store.lease,
    remember: store.remember,

    async begin(delivery) {
      if (memory.has(delivery.id, delivery.replay)) return memory.begin(delivery);
      // Quicker than `catch`, which is one more promise that this one has to follow.
      try {
        return await ask('begin', delivery);
      } catch {
        return memory.begin(delivery);
      }
    },

    async peek(id) {
      if (memory.has(id)) return memory.peek(id);
      return ask('peek', id).catch(() => ({ state: /** @type {const} */ ('unknown'), attempt: 0 }));
    },

    finish: (...args) => end('finish', ...args),
    release: (...args) => end('release', ...args),

    async claimUnsent(id, keep) {
      // Of what has failed in memory the store may have the reply of a run before.
      if (memory.has(id) && !memory.hasFailed(id)) return memory.claimUnsent(id, keep);
      // When the store is away, nobody knows: sending a reply twice is better than losing it.
      return ask('claimUnsent', id, keep).catch(() => true);
    },

    records: store.records && recordsOf(store.records, within),

    renew: store.renew && ((id) => ask('renew', id).catch(() => {})),
  };
}

/**
 * Records never fall back to memory: it would have none, and what is written for lack of one would replace the
 * real one.
 * @param {import('../..').PushRecords} records
 * @param {(act: () => unknown) => Promise<any>} within
 * @returns {import('../..').PushRecords}
 */
function recordsOf(records, within) {
  const asked = (/** @type {() => unknown} */ act) =>
    within(act).catch((cause) => {
      throw storeAway(cause);
    });
  return {
    get: (...args) => asked(() => records.get(...args)),
    set: (...args) => asked(() => records.set(...args)),
    claimDue: (...args) => asked(() => records.claimDue(...args)),
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
    // By way of setImmediate, so that answers that have already arrived are read first.
    clock.setTimeout(() => clock.setImmediate(tick), STORE_ANSWERS_WITHIN / TICKS).unref?.();
    for (const call of open) if (++call.ticks > TICKS) call.late();
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
        late: () => end(reject, storeLate(STORE_ANSWERS_WITHIN)),
      };
      open.add(call);
      if (!ticking) tick();
      called(act).then(
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

/**
 * What a function promises; also what it throws or gives at once.
 * @param {() => unknown} act
 * @returns {Promise<any>}
 */
function called(act) {
  try {
    return Promise.resolve(act());
  } catch (error) {
    return Promise.reject(error);
  }
}

module.exports = { withFallback };
