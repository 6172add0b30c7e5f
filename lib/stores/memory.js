'use strict';

const { systemClock } = require('../clock.js');
const { once, warnings } = require('../errors.js');
const { memoryStoreOptions } = require('../options.js');
const { EndedPushes } = require('./ended-pushes.js');
const { memoryRecords } = require('./memory-records.js');
const { hashOf } = require('./seeded-hash.js');
const { UsedSignatures } = require('./used-signatures.js');

/** Room for records is made at once, so there are no more of them. */
const MOST_RECORDS = 50_000;

/** @type {WeakSet<object>} */
const made = new WeakSet();

/** Documented in index.d.ts. @param {import('../..').MemoryStoreOptions} [options] */
function memoryStore(options) {
  return openMemoryStore(options);
}

/**
 * The same with a clock of its own. What runs is never evicted; of what has ended, the oldest is.
 * @param {import('../..').MemoryStoreOptions} [options]
 */
function openMemoryStore(options, clock = systemClock) {
  const { max, remember } = memoryStoreOptions(options);
  const onTooMany = () => once('memoryStore', () => warnings.forgetsEarly(max, remember));
  const limits = { max, lifetime: remember, clock, onTooMany };
  /**
   * What runs and has no reply yet, or whose reply no delivery has carried yet; by its id, which is part of a request
   * and must not outlive it. What has ended goes by the `key`.
   * @type {Map<string, { key: number, attempt: number, reply?: string, lasts?: boolean }>}
   */
  const open = new Map();
  const ended = new EndedPushes(limits);
  const signatures = new UsedSignatures(limits);

  /**
   * @param {string} id
   * @param {number} count deliveries that this one adds
   * @returns {import('../..').DeliveryState}
   */
  function look(id, count) {
    const push = open.get(id);
    if (push) {
      const attempt = (push.attempt += count);
      if (push.reply === undefined) return { state: 'running', attempt };
      return { state: 'done', attempt, reply: push.reply, unsent: true };
    }
    const key = hashOf(id);
    const before = ended.get(key);
    const attempt = (before?.attempt ?? 0) + count;
    if (before && !before.hasFailed) {
      if (count > 0) ended.touch(key, attempt);
      return { state: 'done', attempt, reply: before.reply, unsent: false };
    }
    open.set(id, { key, attempt });
    return { state: 'first', attempt };
  }

  /**
   * What this store was not told the beginning of; undefined when it has ended.
   * @param {string} id
   * @returns {{ key: number, attempt: number, reply?: string, lasts?: boolean } | undefined}
   */
  function unknown(id) {
    const key = hashOf(id);
    const before = ended.get(key);
    return before && !before.hasFailed ? undefined : { key, attempt: before?.attempt ?? 1 };
  }

  const store = {
    remember,
    records: memoryRecords(Math.min(max, MOST_RECORDS), clock),

    /**
     * @param {{ id: string, replay?: import('../..').Replay }} delivery
     * @returns {import('../..').DeliveryState}
     */
    begin({ id, replay }) {
      if (replay && signatures.isReplay(replay)) return { state: 'replayed', attempt: 0 };
      return look(id, 1);
    },

    /** @param {string} id */
    peek: (id) => look(id, 0),

    /**
     * @param {string} id
     * @param {string} reply
     * @param {boolean} sent
     * @param {boolean} [lasts]
     */
    finish(id, reply, sent, lasts) {
      const push = open.get(id) ?? unknown(id);
      if (!push) return;
      const { key, attempt } = push;
      // Of two replies the first is kept.
      const first = push.reply === undefined ? { key, attempt, reply, lasts } : push;
      if (!sent) return void open.set(id, first);
      open.delete(id);
      ended.end(key, attempt, first.reply ?? '', first.lasts);
    },

    /** @param {string} id */
    release(id) {
      const push = open.get(id) ?? unknown(id);
      if (!push || push.reply !== undefined) return;
      open.delete(id);
      ended.fail(push.key, push.attempt);
    },

    /**
     * @param {string} id
     * @param {boolean} keep
     */
    claimUnsent(id, keep) {
      const push = open.get(id);
      if (push?.reply === undefined) return false;
      open.delete(id);
      ended.end(push.key, push.attempt, keep ? push.reply : '', push.lasts);
      return true;
    },

    /** Whether the handler of a push has failed, and nothing has come of it since. @param {string} id */
    hasFailed: (id) => !open.has(id) && ended.get(hashOf(id))?.hasFailed === true,

    /**
     * Whether it knows a push at all, or its signature.
     * @param {string} id
     * @param {import('../..').Replay} [replay]
     */
    has: (id, replay) =>
      open.has(id) ||
      (ended.size > 0 && ended.get(hashOf(id)) !== undefined) ||
      (replay !== undefined && signatures.has(replay)),
  };
  made.add(store);
  return store;
}

/** Whether a store is one of these, which neither throw nor hang. @param {object} store */
function isMemoryStore(store) {
  return made.has(store);
}

module.exports = { isMemoryStore, memoryStore, openMemoryStore };
