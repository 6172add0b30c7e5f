'use strict';

const { randomUUID } = require('node:crypto');
const { HANDLER_LIMIT, OUTBOX_KEPT, OUTBOX_LEASE } = require('../deadlines.js');

/**
 * Pushes of which WeChat has been told that all is well while their handlers still work: each is a record, which is
 * due when its process has not been heard of.
 * @typedef {{ v: 1, push: any, by: string, runs: number, isOver?: boolean }} Kept `runs` counts the processes that were
 *   at it, and `by` is the one that is
 *
 * @param {import('../..').PushRecords} records
 */
function createKeptPushes(records) {
  return {
    /**
     * Where one process keeps a push that it is at.
     * @param {string} key
     * @param {() => unknown} keptAs
     */
    keeperOf(key, keptAs) {
      const by = randomUUID();
      let isKept = false;

      /** @param {string | null} [version] */
      function write(runs, version) {
        const value = JSON.stringify({ v: 1, push: keptAs(), by, runs });
        return records.set(key, value, { ttl: OUTBOX_KEPT, due: OUTBOX_LEASE, version });
      }

      return {
        every: OUTBOX_LEASE / 3,
        runs: 1,

        /**
         * Tells that its handler works. Gives whether it is still for this process to answer; undefined where the
         * store is away. Never rejects.
         */
        async keep() {
          try {
            // What is there at first is what another process has left.
            const record = isKept ? await records.get(key) : undefined;
            if (record && read(record).by !== by) return false;
            if (await write(this.runs, isKept ? (record?.version ?? null) : undefined))
              return (isKept = true);
            return read(await records.get(key))?.by === by;
          } catch {
            return undefined;
          }
        },

        /** Keeps it for the process that is at it, should nobody have. Gives whether that was so. Never rejects. */
        keepForOther: () => write(1, null).catch(() => false),

        /** Never rejects. */
        async forget() {
          const over = JSON.stringify({ v: 1, by, isOver: true });
          // Whoever was slow and not dead is to know.
          const wasTakenOver = this.runs > 1;
          await records.set(key, wasTakenOver ? over : null, { ttl: HANDLER_LIMIT }).catch(() => {});
        },
      };
    },

    /**
     * What was kept under a key.
     * @param {string} key
     * @returns {Promise<Kept | undefined>}
     */
    async read(key) {
      const kept = read(await records.get(key));
      return kept?.v === 1 && !kept.isOver ? kept : undefined;
    },
  };
}

/** @param {import('../..').PushRecord | undefined} record */
function read(record) {
  return record && JSON.parse(record.value);
}

module.exports = { createKeptPushes };
