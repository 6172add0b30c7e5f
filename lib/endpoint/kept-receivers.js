'use strict';

const { LRUCache } = require('lru-cache');
const engine = require('../engine/index.js');
const { contentOf, isSameAccount, readAccount } = require('../options.js');

/** So many receivers are kept; those that were used least recently go first. */
const MOST = 10_000;

/**
 * The receivers that were made of options, by their content: whoever changes his options, or gives a copy, gets what
 * belongs to them. @template Receiver
 */
class KeptReceivers {
  #open;
  /** By a hash, since the content has secrets. @type {LRUCache<string, any>} */
  #receivers = new LRUCache({ max: MOST });
  /**
   * The hash for options as they were when they were seen last, which is far quicker than hashing them again.
   * @type {WeakMap<object, { values: Record<string, unknown>, hash: string }>}
   */
  #seen = new WeakMap();

  /** @param {(values: Record<string, unknown>) => Receiver} open makes a receiver of options, or throws */
  constructor(open) {
    this.#open = open;
  }

  /** @param {object} options as somebody gave them @returns {Receiver} */
  of(options) {
    const values = readAccount(options);
    const hash = this.#hashOf(options, values);
    const kept = hash === undefined ? undefined : this.#receivers.get(hash);
    if (kept) return kept;
    const receiver = this.#open(values);
    if (hash !== undefined) this.#receivers.set(hash, receiver);
    return receiver;
  }

  /**
   * @param {object} options
   * @param {Record<string, unknown>} values
   */
  #hashOf(options, values) {
    const seen = this.#seen.get(options);
    if (seen && isSameAccount(seen.values, values)) return seen.hash;
    const content = contentOf(values);
    if (content === undefined) return undefined;
    const hash = engine.digest(content);
    this.#seen.set(options, { values, hash });
    return hash;
  }
}

module.exports = { KeptReceivers };
