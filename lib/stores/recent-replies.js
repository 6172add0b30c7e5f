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
  /** The youngest comes first. @type {Map<number, string>[]} */
  #generations = [new Map()];
  #began = 0;
  #characters = 0;

  /**
   * @param {number} key
   * @param {number} now
   */
  get(key, now) {
    this.#turn(now);
    return this.#generations.find((replies) => replies.has(key))?.get(key);
  }

  /**
   * @param {number} key
   * @param {string} reply
   * @param {number} now
   */
  set(key, reply, now) {
    this.#turn(now);
    this.#generations[0].set(key, reply);
    this.#characters += reply.length + OVERHEAD;
  }

  /** Begins a generation when the youngest is old enough, or large enough. @param {number} now */
  #turn(now) {
    const old = Math.floor((now - this.#began) / (REPLY_KEPT / GENERATIONS));
    const isFull = this.#characters > MOST_CHARACTERS / GENERATIONS;
    if (old === 0 && !isFull) return;
    const begun = Array.from({ length: Math.min(Math.max(old, 1), GENERATIONS + 1) }, () => new Map());
    this.#generations = [...begun, ...this.#generations].slice(0, GENERATIONS + 1);
    this.#began = now;
    this.#characters = 0;
  }
}

module.exports = { RecentReplies };
