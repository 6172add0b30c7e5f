'use strict';

const { OUTBOX_KEPT, OUTBOX_LEASE } = require('../deadlines.js');

/**
 * Pushes of which WeChat has been told that all is well while their handlers still work: each is a record, which is
 * due when its process has not been heard of.
 * @param {import('../..').PushRecords} records
 */
function createKeptPushes(records) {
  return {
    /**
     * Keeps a push, and tells in time that its handler still works. Never rejects: without a store there is nobody
     * to take it over.
     * @param {string} key
     * @param {unknown} push
     */
    async keep(key, push) {
      const value = JSON.stringify({ v: 1, push });
      await records.set(key, value, { ttl: OUTBOX_KEPT, due: OUTBOX_LEASE }).catch(() => {});
    },

    /** @param {string} key */
    async forget(key) {
      await records.set(key, null, { ttl: 1 }).catch(() => {});
    },

    /** What was kept under a key. @param {string} key */
    async read(key) {
      const record = await records.get(key);
      const kept = record && JSON.parse(record.value);
      return kept?.v === 1 ? kept.push : undefined;
    },
  };
}

module.exports = { createKeptPushes };
