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
    get: (/** @type {string} */ key) => records.get(key).catch(() => memory.get(key)),
    /** @type {import('../..').PushRecords['set']} */
    set: (key, value, options) =>
      records.set(key, value, options).catch(() => memory.set(key, value, options)),
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
