'use strict';

const { REPLY_KEPT } = require('../deadlines.js');

/** Replies go by generations, all of one at once, which needs no list of them. They are rarely looked for. */
const GENERATIONS = 10;

/** When replies are longer than that together, the older ones go before their time. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** What an entry holds beside its text, about. */
const OVERHEAD = 100;

/** Replies that are kept for a while only. */
class RecentReplies {
  /** The youngest comes first. */
  #generations = [new Generation()];
  #began = 0;
  #characters = 0;

  /**
   * @param {number} key
   * @param {number} now
   */
  get(key, now) {
    this.#turn(now);
    for (const replies of this.#generations) {
      const reply = replies.get(key);
      if (reply !== undefined) return reply;
    }
    return undefined;
  }

  /**
   * @param {number} key
   * @param {string} reply
   * @param {number} now
   */
  set(key, reply, now) {
    this.#turn(now);
    this.#generations[0].add(key, reply);
    this.#characters += reply.length + OVERHEAD;
  }

  /** Begins a generation when the youngest is old enough, or large enough. @param {number} now */
  #turn(now) {
    const old = Math.floor((now - this.#began) / (REPLY_KEPT / GENERATIONS));
    const isFull = this.#characters > MOST_CHARACTERS / GENERATIONS;
    if (old === 0 && !isFull) return;
    const begun = Array.from({ length: Math.min(Math.max(old, 1), GENERATIONS + 1) }, () => new Generation());
    this.#generations = [...begun, ...this.#generations].slice(0, GENERATIONS + 1);
    this.#began = now;
    this.#characters = 0;
  }
}

/** Nothing but a list until one of them is looked for. */
class Generation {
  /** @type {number[]} */
  #keys = [];
  /** @type {string[]} */
  #replies = [];
  /** @type {Map<number, string>} */
  #found = new Map();

  /**
   * @param {number} key
   * @param {string} reply
   */
  add(key, reply) {
    this.#keys.push(key);
    this.#replies.push(reply);
  }

  /** @param {number} key */
  get(key) {
    for (let at = 0; at < this.#keys.length; at++) this.#found.set(this.#keys[at], this.#replies[at]);
    this.#keys.length = 0;
    this.#replies.length = 0;
    return this.#found.get(key);
  }
}

module.exports = { RecentReplies };
