'use strict';

const { LRUCache } = require('lru-cache');
const { memoryStoreOptions } = require('../options.js');
const { memoryRecords } = require('./memory-records.js');

/** @type {WeakSet<object>} */
const made = new WeakSet();

/**
 * Documented in index.d.ts. What runs is never evicted; of what has ended, the oldest is.
 * @param {import('../..').MemoryStoreOptions} [options]
 */
function memoryStore(options) {
  const { max, remember } = memoryStoreOptions(options);
  const limits = {
    max,
    ttl: remember,
    // How long it takes a time it has looked up for the present one; each look sets a timer.
    ttlResolution: Math.min(1000, Math.ceil(remember / 10)),
  };
  /** Deliveries so far, by id. @type {Map<string, number>} */
  const running = new Map();
  /** `reply` is undefined where the handler failed. @type {LRUCache<string, { attempt: number, reply?: string, sent: boolean }>} */
  const ended = new LRUCache(limits);
  /** The hash of the body by signature; made for the first push in plaintext. @type {LRUCache<string, string> | undefined} */
  let bodies;

  /** @param {import('../..').Replay} replay */
  function isReplay({ signature, bodyHash }) {
    bodies ??= new LRUCache(limits);
    const before = bodies.get(signature);
    if (before === undefined) bodies.set(detachedCopy(signature), detachedCopy(bodyHash));
    return before !== undefined && before !== bodyHash;
  }

  /**
   * @param {string} id
   * @param {number} count deliveries that this one adds
   * @returns {import('../..').DeliveryState}
   */
  function look(id, count) {
    const before = ended.get(id);
    if (before?.reply !== undefined) {
      before.attempt += count;
      return { state: 'done', attempt: before.attempt, reply: before.reply, unsent: !before.sent };
    }
    const attempt = (running.get(id) ?? before?.attempt ?? 0) + count;
    const state = running.has(id) ? 'running' : 'first';
    running.set(id, attempt);
    return { state, attempt };
  }

  const store = {
    remember,
    records: memoryRecords(max),

    /**
     * @param {{ id: string, replay?: import('../..').Replay }} delivery
     * @returns {import('../..').DeliveryState}
     */
    begin({ id, replay }) {
      if (replay && isReplay(replay)) return { state: 'replayed', attempt: 0 };
      return look(id, 1);
    },

    /** @param {string} id */
    peek: (id) => look(id, 0),

    /**
     * @param {string} id
     * @param {string} reply
     * @param {boolean} sent
     */
    finish(id, reply, sent) {
      ended.set(detachedCopy(id), { attempt: running.get(id) ?? 1, reply, sent });
      running.delete(id);
    },

    /** @param {string} id */
    release(id) {
      ended.set(detachedCopy(id), { attempt: running.get(id) ?? 1, sent: false });
      running.delete(id);
    },

    /**
     * @param {string} id
     * @param {boolean} keep
     */
    claimUnsent(id, keep) {
      const before = ended.get(id);
      if (before?.reply === undefined || before.sent) return false;
      ended.set(id, { ...before, reply: keep ? before.reply : '', sent: true });
      return true;
    },

    /** Whether it knows a push at all. @param {string} id */
    has: (id) => running.has(id) || ended.has(id),
  };
  made.add(store);
  return store;
}

/**
 * A slice of a long string keeps all of it in memory; adding to it makes V8 copy it.
 * @param {string} text
 */
function detachedCopy(text) {
  return ` ${text}`.slice(1);
}

/** Whether a store is one of these, which neither throw nor hang. @param {object} store */
function isMemoryStore(store) {
  return made.has(store);
}

module.exports = { isMemoryStore, memoryStore };
