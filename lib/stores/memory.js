'use strict';

const { LRUCache } = require('lru-cache');
const { whole } = require('../options.js');
const { partsOf } = require('./proof.js');

const HOUR = 3_600_000;

/** @type {WeakSet<object>} */
const made = new WeakSet();

/**
 * Documented in index.d.ts. What runs is never evicted; of what has ended, the oldest is.
 * @param {import('../..').MemoryStoreOptions} [options]
 */
function memoryStore({ max = 50_000, remember = HOUR } = {}) {
  const limits = {
    max: whole('max', max, 1, 'deliveries, at least 1'),
    ttl: whole('remember', remember, 1, 'milliseconds, at least 1'),
    // How long it takes a time it has looked up for the present one; each look sets a timer.
    ttlResolution: Math.min(1000, Math.ceil(remember / 10)),
  };
  /** Deliveries so far, by id. @type {Map<string, number>} */
  const running = new Map();
  /** `reply` is undefined where the handler failed. @type {LRUCache<string, { attempt: number, reply?: string, sent: boolean }>} */
  const ended = new LRUCache(limits);
  /** The hash of the body by signature; made for the first push in plaintext. @type {LRUCache<string, string> | undefined} */
  let bodies;

  /** @param {string} proof */
  function isReplay(proof) {
    bodies ??= new LRUCache(limits);
    const { signature, body } = partsOf(own(proof));
    const before = bodies.get(signature);
    if (before === undefined) bodies.set(signature, body);
    return before !== undefined && before !== body;
  }

  const store = {
    /**
     * @param {string} id
     * @param {string} proof
     * @param {boolean} again
     * @returns {import('../..').Begun}
     */
    begin(id, proof, again) {
      if (proof !== '' && !again && isReplay(proof)) return { state: 'replayed', attempt: 0 };
      const count = again ? 0 : 1;
      const before = ended.get(id);
      if (before?.reply !== undefined) {
        before.attempt += count;
        before.sent = true;
        return { state: 'done', attempt: before.attempt, reply: before.reply };
      }
      const attempt = (running.get(id) ?? before?.attempt ?? 0) + count;
      const state = running.has(id) ? 'running' : 'first';
      running.set(id, attempt);
      return { state, attempt };
    },

    /**
     * @param {string} id
     * @param {string} reply
     * @param {boolean} sent
     */
    finish(id, reply, sent) {
      ended.set(own(id), { attempt: running.get(id) ?? 1, reply, sent });
      running.delete(id);
    },

    /** @param {string} id */
    release(id) {
      ended.set(own(id), { attempt: running.get(id) ?? 1, sent: false });
      running.delete(id);
    },

    /** @param {string} id */
    take(id) {
      const before = ended.get(id);
      if (!before || before.sent) return false;
      ended.set(id, { ...before, reply: '', sent: true });
      return true;
    },

    /** Whether it knows a push at all. @param {string} id */
    has: (id) => running.has(id) || ended.has(id),
  };
  made.add(store);
  return store;
}

/**
 * A copy, which V8 makes to add to it; the text itself may be a slice that keeps a whole request alive.
 * @param {string} text
 */
function own(text) {
  return ` ${text}`.slice(1);
}

/** Whether a store is one of these, which neither throw nor hang. @param {object} store */
function isMemoryStore(store) {
  return made.has(store);
}

module.exports = { isMemoryStore, memoryStore };
