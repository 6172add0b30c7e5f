'use strict';

const { sessionConflict, sessionTooLarge, sessionUnreadable } = require('../errors.js');

/** In bytes of JSON. */
const LARGEST = 64 * 1024;

/** So often `update` tries again when others write too. */
const TRIES = 20;

/** Documented in index.d.ts. The store is asked when something is called, and not before. */
class Session {
  #records;
  #key;
  #ttl;
  /** What was read last: the version, null where there was nothing. @type {string | null | undefined} */
  #version;

  /**
   * @param {import('../..').PushRecords} records
   * @param {string} key
   * @param {number} ttl
   */
  constructor(records, key, ttl) {
    this.#records = records;
    this.#key = key;
    this.#ttl = ttl;
  }

  async get() {
    const record = await this.#records.get(this.#key);
    this.#version = record?.version ?? null;
    return record && read(record.value);
  }

  /** @param {unknown} value */
  async set(value) {
    if (!(await this.#write(value, this.#version))) throw sessionConflict();
    this.#version = undefined;
  }

  /** @param {(old: any) => unknown} change */
  async update(change) {
    for (let tries = 0; tries < TRIES; tries++) {
      const value = await change(await this.get());
      if (await this.#write(value, this.#version)) {
        this.#version = undefined;
        return value;
      }
    }
    throw sessionConflict();
  }

  async clear() {
    await this.#records.set(this.#key, null, { ttl: this.#ttl });
    this.#version = undefined;
  }

  /**
   * @param {unknown} value
   * @param {string | null | undefined} version
   */
  #write(value, version) {
    const text = value === undefined ? null : written(value);
    return this.#records.set(this.#key, text, { ttl: this.#ttl, version });
  }
}

/** @param {unknown} value */
function written(value) {
  const text = JSON.stringify({ v: 1, value });
  const bytes = Buffer.byteLength(text);
  if (bytes > LARGEST) throw sessionTooLarge(bytes, LARGEST);
  return text;
}

/** @param {string} text */
function read(text) {
  const { v, value } = JSON.parse(text);
  if (v !== 1) throw sessionUnreadable(v);
  return value;
}

module.exports = { Session };
