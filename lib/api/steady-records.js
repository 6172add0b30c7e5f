'use strict';

const { memoryRecords } = require('../stores/memory-records.js');

/** Of what the values of records are made of. */
const VERSION = 1;

/** So much is kept of what a store that is away does not take. */
const MOST_IN_MEMORY = 1000;

/**
 * Records that go on in this process's memory while their store is away. For what may be known anew by each process
 * at some cost, such as a token, but must not stop a message from being sent.
 * @typedef {Pick<import('../..').PushRecords, 'get' | 'set'>} SteadyRecords
 */

/** Before the versions of what is in memory. */
const OWN = 'memory:';

/** @type {WeakMap<object, SteadyRecords>} */
const made = new WeakMap();

/**
 * @param {import('../..').PushRecords} records
 * @returns {SteadyRecords}
 */
function steady(records) {
  const known = made.get(records);
  if (known) return known;
  const memory = memoryRecords(MOST_IN_MEMORY);
  const here = {
    async get(/** @type {string} */ key) {
      const found = await records.get(key).catch(() => undefined);
      if (found) return found;
      const own = await memory.get(key);
      return own && { ...own, version: `${OWN}${own.version}` };
    },
    /** @type {import('../..').PushRecords['set']} */
    async set(key, value, options) {
      const { version } = options;
      const isOwn = typeof version === 'string' && version.startsWith(OWN);
      const wanted = isOwn ? { ...options, version: null } : options;
      try {
        const isSet = await records.set(key, value, wanted);
        if (isSet) await memory.set(key, null, { ttl: 1 });
        return isSet;
      } catch {
        // A store may give what it has and take nothing, so that memory need not know its versions.
        const ownVersion = isOwn ? version.slice(OWN.length) : version === null ? null : undefined;
        return memory.set(key, value, { ...options, version: ownVersion });
      }
    },
  };
  made.set(records, here);
  return here;
}

/**
 * What a record holds; nothing where it is of another version.
 * @param {import('../..').PushRecord | undefined} record
 * @returns {any}
 */
function valueIn(record) {
  try {
    const value = JSON.parse(record?.value ?? 'null');
    return value?.v === VERSION ? value : undefined;
  } catch {
    return undefined;
  }
}

/** @param {object} [value] */
function recordOf(value) {
  return JSON.stringify({ v: VERSION, ...value });
}

module.exports = { recordOf, steady, valueIn };
