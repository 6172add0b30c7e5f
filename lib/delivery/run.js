'use strict';

const { replyUnwanted } = require('../errors.js');

/**
 * A delivery that waits for a run.
 * @typedef {object} Waiter
 * @property {import('./delivery.js').Push} push
 * @property {(delivered: import('./delivery.js').Delivered) => void} resolve
 * @property {(error: unknown) => void} reject
 * @property {any} timer
 */

/** A handler at work. */
class Run {
  /** The deliveries that wait for it. @type {Waiter[]} */
  waiters = [];
  /** @type {any[]} */
  timers = [];
  /** The one of them after which it is abandoned. @type {any} */
  abandoning;
  /** Resolves when the store knows that it has ended. @type {Promise<void> | undefined} */
  stored;
  /** Resolves when the beginning of its answer is on its way. @type {Promise<unknown> | undefined} */
  first;
  /** Resolves when all has been taken care of. @type {Promise<unknown> | undefined} */
  ended;
  /** Whether the push is kept for other processes, and when it is. @type {Promise<void> | undefined} */
  kept;
  /** Whether another process has taken the push over. */
  isLost = false;
  hasReturned = false;
  /** @type {AbortController | undefined} */
  #controller;

  /**
   * @param {import('./delivery.js').Push} push
   * @param {number} attempt
   * @param {number} started
   * @param {boolean} abandoned whether no delivery can carry its reply any more
   */
  constructor(push, attempt, started, abandoned = false) {
    this.push = push;
    this.attempt = attempt;
    this.started = started;
    this.abandoned = abandoned;
  }

  /** Made on demand: few handlers look at it. */
  get signal() {
    this.#controller ??= new AbortController();
    if (this.#isUnwanted) this.abort();
    return this.#controller.signal;
  }

  abandon() {
    this.abandoned = true;
    if (this.#isUnwanted) this.abort();
  }

  /** Another process has taken the push over, and answers it. */
  lose() {
    this.isLost = true;
    this.abort();
  }

  /** Carriers want what no delivery can carry, and so does who is shown it. */
  get #isUnwanted() {
    return this.abandoned && !this.push.keeper && !this.push.isShown;
  }

  abort() {
    this.#controller?.abort(replyUnwanted());
  }
}

module.exports = { Run };
