'use strict';

const { systemClock } = require('./clock.js');

/** WeChat hangs up after five seconds. */
const HANGS_UP = 5000;
/** By then an answer has to be on its way, so that it arrives. */
const ANSWER_WITHIN = 4500;
/** A delivery that is left to time out ends here, should WeChat not have hung up. */
const LEFT_FOR = 5500;
/** WeChat delivers a push up to three times. */
const LAST_ATTEMPT = 3;
/** A delivery that WeChat gave up is followed by the next one at once, also where the window has ended. */
const COMES_BACK_WITHIN = 1000;
/** How often a handler that runs in another process is looked after. */
const LOOK_EVERY = 100;
/** A handler that has not returned by then never will. */
const HANDLER_LIMIT = 10 * 60 * 1000;

/**
 * What becomes of one delivery: a reply, whose `response` is there already when this delivery's own handler
 * made it; `retry`, so that WeChat delivers again; nobody listens any more; or it is a replay.
 * @typedef {{ record: string, response?: import('..').PushResponse } | 'retry' | 'left' | 'replayed'} Delivered
 *
 * @typedef {object} Push one delivery of a push
 * @property {string} id
 * @property {import('..').Replay} [replay] what must not be seen with another body
 * @property {number} arrived when its request began
 * @property {(run: Run) => Promise<Reply>} handle runs the handler
 * @property {() => boolean} hasLeft whether WeChat has hung up
 * @property {(listener: () => void) => void} onLeave calls when it does
 * @property {(value: unknown, run: Run) => void} undelivered is told of a reply that no delivery could carry
 * @property {(error: unknown, run: Run) => void} failed is told of a handler that failed when no delivery was there to tell
 *
 * @typedef {object} Reply
 * @property {unknown} value as the handler returned it
 * @property {string} record the same as JSON, as a store keeps it; empty when it is no reply
 * @property {import('..').PushResponse} response the answer to the delivery that the handler ran for
 */

/**
 * Hands every push to its handler once, and its reply to whichever delivery is open when it is ready.
 * @param {{ store: import('./stores/fallback.js').AnyStore, replyWindow: 5000 | 15000, clock?: typeof systemClock }} options
 */
function createDelivery({ store, replyWindow, clock = systemClock }) {
  /** What runs in this process, by the id of its push. @type {Map<string, Run>} */
  const runs = new Map();

  /**
   * @param {Push} push
   * @returns {Promise<Delivered>}
   */
  async function deliver(push) {
    const begun = await store.begin({ id: push.id, replay: push.replay });
    if (begun.state === 'replayed') return 'replayed';
    const { attempt } = begun;
    const run = runs.get(push.id);
    if (!run) return await proceed(push, attempt, begun);
    if (!run.stored) return await wait(run, push, attempt);
    await run.stored;
    return await proceed(push, attempt, await store.peek(push.id));
  }

  /**
   * No handler of this process has the push.
   * @param {Push} push
   * @param {number} attempt
   * @param {import('./stores/fallback.js').Seen} seen
   * @returns {Delivered | Promise<Delivered>}
   */
  function proceed(push, attempt, seen) {
    if (seen.state === 'done') return recorded(push, attempt, seen);
    if (seen.state === 'first') return wait(start(push, attempt), push, attempt);
    return waitForOtherProcess(push, attempt, seen);
  }

  /**
   * @param {Push} push
   * @param {number} attempt
   * @param {import('./stores/fallback.js').Seen} seen
   * @returns {Promise<Delivered>}
   */
  async function recorded(push, attempt, { reply: record = '', unsent }) {
    if (!unsent || record === '') return { record };
    if (push.hasLeft()) return 'left';
    // Its own process gives it to `undelivered` at the end of the window, unless we claim it.
    if (!(await store.claimUnsent(push.id, true))) return { record: (await store.peek(push.id)).reply ?? '' };
    if (!push.hasLeft()) return { record };
    if (attempt >= LAST_ATTEMPT)
      push.undelivered(JSON.parse(record), new Run(push, attempt, clock.now(), true));
    return 'left';
  }

  /**
   * The handler runs in another process, which may also have died.
   * @param {Push} push
   * @param {number} attempt
   * @param {import('./stores/fallback.js').Seen} seen
   * @returns {Promise<Delivered>}
   */
  async function waitForOtherProcess(push, attempt, seen) {
    const until = push.arrived + patience(attempt);
    while (clock.now() < until && !push.hasLeft()) {
      // Nobody knows whether somebody handles it, and WeChat does not come back: better twice than never.
      if (seen.state === 'unknown' && attempt >= LAST_ATTEMPT)
        return wait(start(push, attempt), push, attempt);
      const pause = Math.min(LOOK_EVERY, until - clock.now());
      await new Promise((resolve) => clock.setTimeout(() => resolve(undefined), pause));
      const run = runs.get(push.id);
      if (run && !run.stored) return wait(run, push, attempt);
      seen = await store.peek(push.id);
      if (seen.state !== 'running' && seen.state !== 'unknown') return proceed(push, attempt, seen);
    }
    if (push.hasLeft()) return 'left';
    return seen.state === 'unknown' ? 'retry' : withoutReply(attempt);
  }

  /**
   * @param {Push} push
   * @param {number} attempt
   */
  function start(push, attempt) {
    const run = new Run(push, attempt, clock.now());
    runs.set(push.id, run);
    if (store.lease) renew(run, store.lease / 3);
    push.handle(run).then(
      (reply) => succeed(run, reply),
      (error) => fail(run, error),
    );
    return run;
  }

  /**
   * Has a delivery wait for a run's reply, as long as it can carry one.
   * @param {Run} run
   * @param {Push} push
   * @param {number} attempt
   * @returns {Promise<Delivered>}
   */
  function wait(run, push, attempt) {
    return new Promise((resolve, reject) => {
      /** @type {Waiter} */
      const waiter = { push, resolve, reject, timer: undefined };
      run.waiters.push(waiter);
      // We come from a promise, so this is after all promises that are settled by now: a handler which waits
      // for nothing needs no timer.
      process.nextTick(() => {
        if (!run.waiters.includes(waiter)) return;
        const rest = push.arrived + patience(attempt) - clock.now();
        waiter.timer = clock.setTimeout(() => leave(withoutReply(attempt), isLast(attempt)), coarse(rest));
        push.onLeave(() => leave('left', attempt >= LAST_ATTEMPT));
      });

      /**
       * @param {Delivered} answer
       * @param {boolean} isForGood whether WeChat does not come back after it
       */
      function leave(answer, isForGood) {
        if (!run.waiters.includes(waiter)) return;
        clock.clearTimeout(waiter.timer);
        run.waiters.splice(run.waiters.indexOf(waiter), 1);
        resolve(answer);
        if (run.waiters.length > 0) return;
        if (isForGood) abandon(run);
        else run.timers.push(clock.setTimeout(() => abandon(run), restOfWindow(run)));
      }
    });
  }

  /** No delivery can carry the reply any more. @param {Run} run */
  function abandon(run) {
    if (run.abandoned || run.waiters.length > 0) return;
    run.abandoned = true;
    run.abort();
    const limit = new Error(
      `wechat-push: the handler has not returned within ${HANDLER_LIMIT / 60_000} minutes`,
    );
    const left = run.started + HANDLER_LIMIT - clock.now();
    run.timers.push(unref(clock.setTimeout(() => fail(run, limit), left)));
  }

  /**
   * @param {Run} run
   * @param {Reply} reply
   */
  function succeed(run, { value, record, response }) {
    if (run.stored) return record === '' ? undefined : run.push.undelivered(value, run);
    const carriers = run.waiters.filter(({ push }) => canCarry(push));
    settle(run, (waiter) => {
      if (!carriers.includes(waiter)) return waiter.resolve('left');
      waiter.resolve(waiter.push === run.push ? { record, response } : { record });
    });
    const isSent = carriers.length > 0 || record === '';
    // Whoever is told of a reply that came too late sends it; a later delivery must not do so again.
    end(run, store.finish(run.push.id, isSent || !run.abandoned ? record : '', isSent || run.abandoned));
    if (isSent) return;
    if (run.abandoned) run.push.undelivered(value, run);
    else keepForNextDelivery(run, value);
  }

  /**
   * The next delivery carries the reply, unless none comes in time.
   * @param {Run} run
   * @param {unknown} value
   */
  async function keepForNextDelivery(run, value) {
    await run.stored;
    await new Promise((resolve) => clock.setTimeout(() => resolve(undefined), restOfWindow(run)));
    if (await store.claimUnsent(run.push.id, false)) run.push.undelivered(value, run);
  }

  /**
   * @param {Run} run
   * @param {unknown} error
   */
  function fail(run, error) {
    const isTold = run.waiters.some(({ push }) => canCarry(push));
    if (!isTold) run.push.failed(error, run);
    if (run.stored) return;
    settle(run, (waiter) => waiter.reject(error));
    end(run, store.release(run.push.id));
  }

  /**
   * Until the store has it, a run that has ended is kept, so that nobody runs the handler again.
   * @param {Run} run
   * @param {unknown} stored
   */
  function end(run, stored) {
    for (const timer of run.timers) clock.clearTimeout(timer);
    run.stored = Promise.resolve(stored).then(() => {
      runs.delete(run.push.id);
    });
  }

  /**
   * @param {Run} run
   * @param {(waiter: Waiter) => void} answer
   */
  function settle(run, answer) {
    for (const waiter of run.waiters) {
      clock.clearTimeout(waiter.timer);
      answer(waiter);
    }
    run.waiters = [];
  }

  /**
   * @param {Run} run
   * @param {number} every
   */
  function renew(run, every) {
    const timer = clock.setTimeout(() => {
      run.timers.splice(run.timers.indexOf(timer), 1);
      store.renew?.(run.push.id);
      renew(run, every);
    }, every);
    run.timers.push(unref(timer));
  }

  /** @param {Run} run */
  function restOfWindow(run) {
    return Math.max(run.started + replyWindow - clock.now(), COMES_BACK_WITHIN);
  }

  /** @param {Push} push */
  function canCarry(push) {
    return !push.hasLeft() && clock.now() - push.arrived < HANGS_UP;
  }

  /** @param {number} attempt */
  function isLast(attempt) {
    return replyWindow === 5000 || attempt >= LAST_ATTEMPT;
  }

  /** @param {number} attempt */
  function patience(attempt) {
    return isLast(attempt) ? ANSWER_WITHIN : LEFT_FOR;
  }

  /**
   * @param {number} attempt
   * @returns {Delivered}
   */
  function withoutReply(attempt) {
    return isLast(attempt) ? { record: '' } : 'retry';
  }

  return { deliver };
}

/**
 * A delivery that waits for a run.
 * @typedef {{ push: Push, resolve: (delivered: Delivered) => void, reject: (error: unknown) => void, timer: any }} Waiter
 */

/** A handler at work. */
class Run {
  /** The deliveries that wait for it. @type {Waiter[]} */
  waiters = [];
  /** @type {any[]} */
  timers = [];
  /** Resolves when the store knows that it has ended. @type {Promise<void> | undefined} */
  stored;
  /** @type {AbortController | undefined} */
  #controller;

  /**
   * @param {Push} push
   * @param {number} attempt
   * @param {number} started
   * @param {boolean} abandoned whether its reply can no longer be sent
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
    if (this.abandoned) this.abort();
    return this.#controller.signal;
  }

  abort() {
    this.#controller?.abort(new Error('wechat-push: the reply can no longer be sent'));
  }
}

/** Node keeps a list of timers for each length, which is quick as long as there are few of them. */
function coarse(ms) {
  return Math.ceil(ms / 100) * 100;
}

/** So that it does not keep the process alive. */
function unref(timer) {
  timer.unref?.();
  return timer;
}

module.exports = { createDelivery, Run };
