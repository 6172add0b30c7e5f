'use strict';

const { reportFailure, reportLate } = require('./late.js');

/** WeChat hangs up after five seconds; by then an answer has to have arrived. */
const ANSWER_WITHIN = 4500;
/** A delivery that is left to time out ends here, should WeChat not have hung up. */
const LEFT_FOR = 5500;
/** WeChat delivers a push up to three times. */
const LAST_ATTEMPT = 3;
/** How often a handler that runs in another process is looked after. */
const LOOK_EVERY = 100;
/** A handler that has not returned by then never will. */
const HANDLER_LIMIT = 10 * 60 * 1000;

/** The system's clock, in milliseconds. */
const systemClock = {
  now: () => Date.now(),
  setTimeout: (call, ms) => setTimeout(call, ms),
  clearTimeout: (timer) => clearTimeout(timer),
};

/**
 * What becomes of one delivery: a reply, whose `response` is there already when this delivery's own
 * handler made it; or nothing, so that WeChat delivers again; or it is a replay.
 * @typedef {{ value: unknown, by?: Push, response?: import('..').PushResponse } | 'retry' | 'replayed'} Delivered
 *
 * @typedef {object} Push
 * @property {string} id
 * @property {string} proof
 * @property {(run: Run) => Promise<Reply>} handle runs the handler
 * @property {import('..').PushMessage} message
 * @property {import('..').PushContext} [context]
 * @property {import('..').MessagePushOptions['onLate']} [onLate]
 *
 * @typedef {{ value: unknown, isNone: boolean, response: import('..').PushResponse }} Reply what a handler
 *   returned, whether that is no reply, and the answer to the delivery that it ran for
 */

/**
 * Hands every push to its handler once, and its reply to whichever delivery is open when it is ready.
 * @param {{ store: import('..').PushStore, replyWindow: 5000 | 15000, clock?: typeof systemClock }} options
 */
function createDelivery({ store, replyWindow, clock = systemClock }) {
  /** What runs in this process, by the id of its push. @type {Map<string, Run>} */
  const runs = new Map();

  /**
   * @param {Push} push
   * @returns {Promise<Delivered>}
   */
  async function deliver(push) {
    const arrived = clock.now();
    const begun = await store.begin(push.id, push.proof, false);
    if (begun.state === 'replayed') return 'replayed';
    const { attempt } = begun;
    const until = arrived + patience(attempt);
    const run = runs.get(push.id);
    if (!run) return await proceed(push, attempt, until, begun);
    if (!run.ending) return await wait(run, attempt, until);
    await run.ending;
    return await proceed(push, attempt, until, await store.begin(push.id, push.proof, true));
  }

  /**
   * No handler of this process has the push.
   * @param {Push} push
   * @param {number} attempt
   * @param {number} until
   * @param {import('..').Begun} seen
   * @returns {Delivered | Promise<Delivered>}
   */
  function proceed(push, attempt, until, seen) {
    if (seen.state === 'done') return recorded(seen.reply);
    if (seen.state === 'first') return wait(start(push, attempt), attempt, until);
    return lookElsewhere(push, attempt, until);
  }

  /**
   * The handler runs in another process, which may also have died.
   * @param {Push} push
   * @param {number} attempt
   * @param {number} until
   * @returns {Promise<Delivered>}
   */
  async function lookElsewhere(push, attempt, until) {
    while (clock.now() < until) {
      await new Promise((resolve) => clock.setTimeout(resolve, Math.min(LOOK_EVERY, until - clock.now())));
      const run = runs.get(push.id);
      if (run && !run.ending) return wait(run, attempt, until);
      const seen = await store.begin(push.id, push.proof, true);
      if (seen.state !== 'running') return proceed(push, attempt, until, seen);
    }
    return withoutReply(attempt);
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
   * Waits for a run's reply, but not beyond `until`.
   * @param {Run} run
   * @param {number} attempt
   * @param {number} until
   * @returns {Promise<Delivered>}
   */
  function wait(run, attempt, until) {
    return new Promise((resolve, reject) => {
      const waiter = { resolve, reject, timer: /** @type {any} */ (undefined) };
      run.open.push(waiter);
      // We come from a promise, so this is after all promises that are settled by now: a handler which waits
      // for nothing needs no timer.
      process.nextTick(() => {
        if (run.open.includes(waiter)) waiter.timer = clock.setTimeout(expire, coarse(until - clock.now()));
      });

      function expire() {
        run.open.splice(run.open.indexOf(waiter), 1);
        resolve(withoutReply(attempt));
        if (run.open.length > 0) return;
        if (isLast(attempt)) giveUp(run);
        else run.timers.push(clock.setTimeout(() => giveUp(run), run.started + replyWindow - clock.now()));
      }
    });
  }

  /** No delivery can carry the reply any more. @param {Run} run */
  function giveUp(run) {
    if (run.over || run.open.length > 0) return;
    run.over = true;
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
  function succeed(run, { value, isNone, response }) {
    const text = isNone ? '' : JSON.stringify(value);
    const carried = run.open.length > 0;
    if (!run.ending) {
      answer(run, (waiter) => waiter.resolve({ value, by: run.push, response }));
      end(run, store.finish(run.push.id, carried || !run.over ? text : '', carried || run.over));
    }
    if (!carried) leave(run, value, text !== '');
  }

  /**
   * The reply is left for the next delivery, as long as there may be one.
   * @param {Run} run
   * @param {unknown} value
   * @param {boolean} isReply
   */
  async function leave(run, value, isReply) {
    await run.ending;
    if (!run.over) {
      await new Promise((resolve) => clock.setTimeout(resolve, run.started + replyWindow - clock.now()));
      if (!(await store.take(run.push.id))) return;
    }
    if (isReply) reportLate(value, run.push);
  }

  /**
   * @param {Run} run
   * @param {unknown} error
   */
  function fail(run, error) {
    if (run.open.length === 0) reportFailure(error, run.push);
    if (run.ending) return;
    answer(run, (waiter) => waiter.reject(error));
    end(run, store.release(run.push.id));
  }

  /**
   * Until the store has it, a run that has ended is kept, so that nobody runs the handler again.
   * @param {Run} run
   * @param {unknown} stored
   */
  function end(run, stored) {
    for (const timer of run.timers) clock.clearTimeout(timer);
    run.ending = Promise.resolve(stored).then(() => {
      runs.delete(run.push.id);
    });
  }

  /**
   * @param {Run} run
   * @param {(waiter: any) => void} settle
   */
  function answer(run, settle) {
    for (const waiter of run.open) {
      clock.clearTimeout(waiter.timer);
      settle(waiter);
    }
    run.open = [];
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
    return isLast(attempt) ? { value: undefined } : 'retry';
  }

  return { deliver };
}

/** A handler at work. */
class Run {
  /** The deliveries that wait for it. @type {any[]} */
  open = [];
  /** @type {any[]} */
  timers = [];
  /** Whether its reply can no longer be sent. */
  over = false;
  /** Resolves when the store knows that it has ended. @type {Promise<void> | undefined} */
  ending;
  /** @type {AbortController | undefined} */
  #controller;

  /**
   * @param {Push} push
   * @param {number} attempt
   * @param {number} started
   */
  constructor(push, attempt, started) {
    this.push = push;
    this.attempt = attempt;
    this.started = started;
  }

  /** Made on demand: few handlers look at it. */
  get signal() {
    this.#controller ??= new AbortController();
    if (this.over) this.abort();
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

/**
 * @param {string} [reply] as a store keeps it: JSON, or nothing where there is none
 * @returns {Delivered}
 */
function recorded(reply = '') {
  return { value: reply === '' ? undefined : JSON.parse(reply) };
}

/** So that it does not keep the process alive. */
function unref(timer) {
  timer.unref?.();
  return timer;
}

module.exports = { createDelivery, Run };
