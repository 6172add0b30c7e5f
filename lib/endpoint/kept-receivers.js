'use strict';

const engine = require('../engine/index.js');
const { GivenAccount, contentOf, readAccount } = require('../options.js');

/** So many receivers are kept. */
const MOST = 10_000;
/** Of them so small a part goes at once: V8 would pass over the places of former ones each time. */
const PART = 64;

/**
 * The receivers that were made of options, by their content: whoever changes his options, or gives a copy, gets what
 * belongs to them. Of too many, those go that have not been used for longest, as far as a mark tells: a list of who was
 * used last would take longer than all else.
 * @template Receiver
 */
class KeptReceivers {
  #open;
  /** By a hash of their content, in the order in which they were made, or passed over. @type {Map<string, Kept>} */
  #kept = new Map();
  /** By what they were made of, since to hash that again takes longer than to compare it. @type {WeakMap<object, Kept>} */
  #seen = new WeakMap();

  /** @param {(values: Record<string, unknown>) => Receiver} open makes a receiver of options, or throws */
  constructor(open) {
    this.#open = open;
  }

  /** @param {any} options an object, as somebody gave it @returns {Receiver} */
  of(options) {
    const seen = this.#seen.get(options);
    if (!seen?.receiver || !seen.isStill(options)) return this.#read(options);
    seen.isUsed = true;
    return seen.receiver;
  }

  /** @param {object} options */
  #read(options) {
    const values = readAccount(options);
    const content = contentOf(values);
    // It cannot be right, and throws.
    if (content === undefined) return this.#open(values);
    const hash = engine.digest(content);
    const before = this.#kept.get(hash);
    if (before) before.isUsed = true;
    const kept = before ?? this.#keep(hash, values);
    this.#seen.set(options, kept);
    return kept.receiver;
  }

  /**
   * @param {string} hash
   * @param {Record<string, unknown>} values
   * @returns {Kept}
   */
  #keep(hash, values) {
    const kept = new Kept(values, this.#open(values));
    // Before it is there: where all others are in use, it would be the one to go.
    if (this.#kept.size >= MOST) this.#makeRoom();
    this.#kept.set(hash, kept);
    return kept;
  }

  /** Passes over those that have been used, which then stand behind all others. */
  #makeRoom() {
    let left = Math.ceil(MOST / PART);
    for (const [hash, kept] of this.#kept) {
      this.#kept.delete(hash);
      if (kept.isUsed) {
        kept.isUsed = false;
        this.#kept.set(hash, kept);
      } else {
        kept.receiver = undefined;
        if (--left === 0) return;
      }
    }
  }
}

/** What is kept. */
class Kept extends GivenAccount {
  /**
   * @param {Record<string, unknown>} values
   * @param {any} receiver
   */
  constructor(values, receiver) {
    super(values);
    /** Undefined once it is not kept any more. */
    this.receiver = receiver;
    /** Whether it has been used again since it was made or passed over. */
    this.isUsed = false;
  }
}

module.exports = { KeptReceivers };
