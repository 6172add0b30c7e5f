'use strict';

const { AgingMap } = require('./aging-map.js');
const { RecentReplies } = require('./recent-replies.js');

/** What an ended push is in one number: the tick in which it was last seen, its deliveries, and whether it failed. */
const PER_TICK = 1024;
const MOST_ATTEMPTS = PER_TICK / 2 - 1;

/**
 * What is remembered of pushes that have ended: for long a number, by the hash of its id, and a reply only where it
 * is to be kept as long.
 * @typedef {{ attempt: number, hasFailed: boolean, reply: string }} Ended
 *
 * @typedef {number | { mark: number, reply: string }} Value
 */
class EndedPushes {
  /** @type {InstanceType<typeof AgingMap<Value>>} */
  #values;
  #replies = new RecentReplies();
  #clock;
  /** Most data replies are the same text, which is kept once. */
  #latest = '';

  /** @param {{ max: number, lifetime: number, clock: { now: () => number }, onTooMany: () => void }} limits */
  constructor(limits) {
    this.#clock = limits.clock;
    this.#values = new AgingMap({ ...limits, timeOf: (value) => Math.floor(markOf(value) / PER_TICK) });
  }

  get size() {
    return this.#values.size;
  }

  /**
   * @param {number} key
   * @returns {Ended | undefined}
   */
  get(key) {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    const mark = markOf(value);
    const reply = typeof value === 'number' ? this.#replies.get(key, this.#clock.now()) : value.reply;
    return { attempt: Math.floor((mark % PER_TICK) / 2), hasFailed: mark % 2 === 1, reply: reply ?? '' };
  }

  /**
   * @param {number} key
   * @param {number} attempt
   */
  fail(key, attempt) {
    this.#values.set(key, this.#mark(attempt, this.#clock.now()) + 1);
  }

  /**
   * @param {number} key
   * @param {number} attempt
   * @param {string} reply
   * @param {boolean} [lasts] whether the reply is kept as long as the id
   */
  end(key, attempt, reply, lasts) {
    const now = this.#clock.now();
    const mark = this.#mark(attempt, now);
    const stays = lasts && reply !== '';
    this.#values.set(key, stays ? { mark, reply: this.#shared(reply) } : mark);
    if (!stays && reply !== '') this.#replies.set(key, reply, now);
  }

  /**
   * It was delivered once more.
   * @param {number} key
   * @param {number} attempt
   */
  touch(key, attempt) {
    const value = this.#values.get(key);
    const mark = this.#mark(attempt, this.#clock.now());
    this.#values.set(key, typeof value === 'object' ? { ...value, mark } : mark);
  }

  /**
   * @param {number} attempt
   * @param {number} now
   */
  #mark(attempt, now) {
    return this.#values.tickAt(now) * PER_TICK + Math.min(attempt, MOST_ATTEMPTS) * 2;
  }

  /** @param {string} reply */
  #shared(reply) {
    if (reply !== this.#latest) this.#latest = reply;
    return this.#latest;
  }
}

/** @param {Value} value */
function markOf(value) {
  return typeof value === 'number' ? value : value.mark;
}

module.exports = { EndedPushes };
