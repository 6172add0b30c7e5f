'use strict';

const { systemClock } = require('../clock.js');
const { leaseArgument, recordOptions } = require('../options.js');

/**
 * Documented in index.d.ts, as `PushRecords`. Of more than `max` records the one that was used least recently goes.
 * @param {number} max
 * @param {typeof systemClock} [clock]
 * @returns {import('../..').PushRecords}
 */
function memoryRecords(max, clock = systemClock) {
  /** @type {import('lru-cache').LRUCache<string, { value: string, version: string }> | undefined} */
  let made;
  const records = () => (made ??= openCache());
  /** When a record is due. @type {Map<string, number>} */
  const due = new Map();
  let versions = 0;

  /** @returns {NonNullable<typeof made>} */
  function openCache() {
    // Not at the top, as most apps keep no records.
    const { LRUCache } = require('lru-cache');
    return new LRUCache({ max, perf: clock, ttlResolution: 0, dispose: (_, key) => due.delete(key) });
  }

  return {
    async get(key) {
      const record = records().get(key);
      return record && { ...record };
    },

    async set(key, value, options) {
      const { ttl, version, due: within } = recordOptions(options);
      const before = records().get(key);
      if (version !== undefined && version !== (before?.version ?? null)) return false;
      if (ttl === 'same' && !before) return false;
      if (value === null) return (records().delete(key), true);
      const at = within === 'same' ? due.get(key) : within === undefined ? undefined : clock.now() + within;
      const lifetime = ttl === 'same' ? records().getRemainingTTL(key) : ttl;
      records().set(key, { value, version: String(++versions) }, { ttl: lifetime });
      // Must come after the record: replacing a record deletes its old due time.
      if (at === undefined) due.delete(key);
      else due.set(key, at);
      return true;
    },

    async claimDue(lease, prefix = '') {
      const now = clock.now();
      let first;
      for (const [key, at] of due) {
        if (at > now || (first && at >= first.at) || !key.startsWith(prefix)) continue;
        // One whose lifetime has ended is found by looking.
        if (records().has(key)) first = { key, at };
        else due.delete(key);
      }
      if (first) due.set(first.key, now + leaseArgument(lease));
      return first?.key;
    },
  };
}

module.exports = { memoryRecords };
