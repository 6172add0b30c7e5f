'use strict';

const { systemClock } = require('../clock.js');
const {
  ANSWER_WITHIN,
  ASK_STORE_EVERY,
  COMES_BACK_WITHIN,
  DELIVERIES,
  HANDLER_LIMIT,
  LEFT_TO_TIME_OUT,
  LOOK_EVERY,
  REPLY_WINDOWS,
  WECHAT_HANGS_UP,
} = require('../deadlines.js');
const { handlerNeverReturned } = require('../errors.js');
const { Run } = require('./run.js');

/**
 * How one delivery ends: with a reply, whose `response` is ready when this delivery ran the handler; `retry`, so
 * that WeChat delivers again; `left`, since WeChat has hung up; or `replayed`.
 * @typedef {{ record: string, response?: import('../..').PushResponse } | 'retry' | 'left' | 'replayed'} Delivered
 *
 * @typedef {InstanceType<typeof Run>} RunOfPush
 *
 * @typedef {object} Push one delivery of a push
 * @property {string} id
 * @property {import('../..').Replay} [replay] what identifies a replay, where the signature does not cover the body
 * @property {number} arrived when its request began
 * @property {(run: RunOfPush) => Promise<Reply>} handle runs the handler
 * @property {boolean} [isOwed] whether WeChat must not hear `success` before the handler has returned
 * @property {number} [attempt] is set to which delivery of the push it is
 * @property {() => boolean} hasLeft whether WeChat has hung up
 * @property {(listener: () => void) => void} onLeave calls when it does
 * @property {(value: unknown, run: RunOfPush, objection?: Rest['objection']) => unknown} undelivered is told of what no
 *   delivery could carry: without an objection it came too late; what it returns is done when that is taken care of
 * @property {(error: unknown, run: RunOfPush) => void} failed is told of a handler that failed when no delivery was there to tell
 * @property {(work: Promise<unknown>) => void} [waitUntil] is told what goes on after the answer
 * @property {(isEarly?: boolean) => Reply | undefined} [firstPart] what an answer that is still being made has for the
 *   last delivery, or for one that might wait for more
 * @property {boolean} [isShown] whether the user is shown, by other ways, what is still being made
 * @property {Keeper} [keeper] where carriers can send an answer when no delivery does: keeps the push, so that another
 *   process handles it should this one die
 * @property {(value: unknown, run: RunOfPush, objection?: Rest['objection'], isBeginning?: boolean) => Promise<() => Promise<unknown>> | undefined} [post]
 *   records what goes to the carriers, and gives what sends it; neither rejects. Nothing where there are none
 * @property {() => void} [isLeft] is called when no delivery waits any more, nor will
 *
 * @typedef {object} Keeper neither of its functions rejects
 * @property {() => Promise<boolean | undefined>} keep gives whether the push is still for this process to answer;
 *   undefined where nobody can be asked
 * @property {() => Promise<boolean>} keepForOther where nobody has kept it; gives whether that was so
 * @property {() => Promise<void>} forget
 * @property {number} every in milliseconds
 * @property {number} runs how many processes have been at the push
 *
 * @typedef {object} Reply
 * @property {unknown} value as the handler returned it
 * @property {string} record the same as JSON, as a store keeps it; empty when it is no reply
 * @property {boolean} [lasts] whether a store keeps that as long as the id
 * @property {import('../..').PushResponse} response the answer to the delivery that the handler ran for
 * @property {Rest} [rest] what the record lacks of the value, since no delivery can carry it
 * @property {Promise<unknown>} [ready] when what is said in it is so
 * @property {() => boolean} [unsent] of a beginning: is told that no delivery carried it, and gives whether the rest has it
 *
 * @typedef {{ value: unknown, objection: import('../wire.js').Objection }} Rest
 */

/**
 * Hands every push to its handler once, and its reply to whichever delivery is open when it is ready.
 * @param {object} options
 * @param {import('../stores/fallback.js').AnyStore} options.store
 * @param {5000 | 15000} options.replyWindow
 * @param {typeof systemClock} [options.clock]
 * @param {boolean} [options.isFrozen] whether the host stops this process after each answer, so that what has to be
 *   recorded must be so before
 * @param {boolean} [options.isIsolated] whether one delivery cannot wait for another but by way of the store
 */
function createDelivery({ store, replyWindow, clock = systemClock, isFrozen = false, isIsolated = false }) {
  /** What runs in this process, by the id of its push. @type {Map<string, RunOfPush>} */
  const runs = new Map();

  /**
   * @param {Push} push
   * @returns {Promise<Delivered>}
   */
  async function deliver(push) {
    const begun = await store.begin({ id: push.id, replay: push.replay });
    push.attempt = begun.attempt;
    if (begun.state === 'replayed') return 'replayed';
    return await proceed(push, begun.attempt, begun);
  }

  /**
   * Notes a signature that came without a push, so that it is refused as replayed when it comes with one.
   * @param {{ id: string, replay: import('../..').Replay }} used
   */
  async function noteUsed(used) {
    const { state } = await store.begin(used);
    if (state === 'first') await store.finish(used.id, '', true);
  }

  /**
   * @param {Push} push
   * @param {number} attempt
   * @param {import('../stores/fallback.js').Seen} seen
   * @returns {Promise<Delivered>}
   */
  async function proceed(push, attempt, seen) {
    const run = runs.get(push.id);
    if (run && !run.stored) return wait(run, push, attempt);
    if (run) {
      await run.stored;
      const now = await store.peek(push.id);
      // The store may have told this very delivery, when it began, that it is the first.
      return proceed(push, attempt, seen.state === 'first' && now.state === 'running' ? seen : now);
    }
    if (seen.state === 'done') return recorded(push, attempt, seen);
    // With `unknown` a handler may run elsewhere, but there is no further delivery: better twice than never.
    if (seen.state === 'first' || (seen.state === 'unknown' && attempt >= DELIVERIES))
      return wait(start(push, attempt), push, attempt);
    return waitForOtherProcess(push, attempt, seen);
  }

  /**
   * @param {Push} push
   * @param {number} attempt
   * @param {import('../stores/fallback.js').Seen} seen
   * @returns {Promise<Delivered>}
   */
  async function recorded(push, attempt, { reply: record = '', unsent }) {
    if (!unsent || record === '') return { record };
    if (!canCarry(push)) return 'left';
    // The process that ran the handler reports the reply as undelivered, unless this one claims it first.
    if (!(await store.claimUnsent(push.id, true))) return { record: (await store.peek(push.id)).reply ?? '' };
    if (canCarry(push)) return { record };
    const told = tellUnlessCarried(push, attempt, record);
    push.waitUntil?.(told);
    return 'left';
  }

  /**
   * WeChat hung up in the moment in which a reply was claimed for this delivery. The next one carries it.
   * @param {Push} push
   * @param {number} attempt
   * @param {string} record
   */
  async function tellUnlessCarried(push, attempt, record) {
    if (attempt < DELIVERIES) {
      await pause(WECHAT_HANGS_UP);
      const latest = await store.peek(push.id);
      if (latest.attempt > attempt) return;
    }
    await tell(new Run(push, attempt, clock.now(), true), JSON.parse(record));
  }

  /**
   * The handler runs in another process, which may also have died.
   * @param {Push} push
   * @param {number} attempt
   * @param {import('../stores/fallback.js').Seen} seen
   * @returns {Promise<Delivered>}
   */
  async function waitForOtherProcess(push, attempt, seen) {
    const until = push.arrived + patience(attempt);
    while (clock.now() < until && !push.hasLeft()) {
      await pause(Math.min(LOOK_EVERY, until - clock.now()));
      if (runs.has(push.id)) return proceed(push, attempt, seen);
      seen = await store.peek(push.id);
      const isUndecided = seen.state === 'running' || (seen.state === 'unknown' && attempt < DELIVERIES);
      if (!isUndecided) return proceed(push, attempt, seen);
    }
    if (push.hasLeft()) return 'left';
    const answer = seen.state === 'unknown' ? 'retry' : withoutReply(push, attempt);
    return answer !== 'retry' && push.keeper ? keepForOther(push, attempt, answer, push.keeper) : answer;
  }

  /**
   * WeChat does not come back, and the other process may have died just now.
   * @param {Push} push
   * @param {number} attempt
   * @param {Delivered} answer
   * @param {Keeper} keeper
   * @returns {Promise<Delivered>}
   */
  async function keepForOther(push, attempt, answer, keeper) {
    if (!(await keeper.keepForOther())) return answer;
    const seen = await store.peek(push.id);
    if (seen.state !== 'done') return answer;
    await keeper.forget();
    return recorded(push, attempt, seen);
  }

  /**
   * @param {Push} push
   * @param {number} attempt
   */
  function start(push, attempt) {
    const run = new Run(push, attempt, clock.now());
    if (!isIsolated) runs.set(push.id, run);
    if (store.lease) every(run, store.lease / 3, () => store.renew?.(push.id));
    const work = push.handle(run).then(
      (reply) => succeed(run, reply),
      (error) => fail(run, error),
    );
    run.ended = push.keeper ? work.then(() => forget(run)) : work;
    push.waitUntil?.(run.ended);
    return run;
  }

  /**
   * Runs the handler of a push that another process left, for the carriers: WeChat has been told that all is well.
   * What it gives is done when the answer has been taken care of.
   * @param {Push} push
   */
  function takeOver(push) {
    if (runs.has(push.id)) return undefined;
    const run = start(push, DELIVERIES);
    abandon(run);
    return run.ended;
  }

  /**
   * Has a delivery wait for a run's reply, as long as it can carry one.
   * @param {RunOfPush} run
   * @param {Push} push
   * @param {number} attempt
   * @returns {Promise<Delivered>}
   */
  function wait(run, push, attempt) {
    return new Promise((resolve, reject) => {
      /** @type {import('./run.js').Waiter} */
      const waiter = { push, resolve, reject, timer: undefined };
      run.waiters.push(waiter);
      // The next tick comes after all settled promises, so a handler that waits for nothing needs no timer.
      process.nextTick(() => {
        if (!run.waiters.includes(waiter)) return;
        const rest = push.arrived + patience(attempt) - clock.now();
        waiter.timer = clock.setTimeout(leaveWithoutReply, coarse(rest));
        push.onLeave(() => leave('left', attempt >= DELIVERIES));
      });

      function leaveWithoutReply() {
        const answer = withoutReply(push, attempt);
        const part = answer === 'retry' ? undefined : run.push.firstPart?.();
        if (part) sendFirst(run, part);
        else leave(answer, answer !== 'retry');
      }

      /**
       * @param {Delivered} answer
       * @param {boolean} isForGood whether WeChat does not come back after it
       */
      function leave(answer, isForGood) {
        if (!run.waiters.includes(waiter)) return;
        clock.clearTimeout(waiter.timer);
        run.waiters.splice(run.waiters.indexOf(waiter), 1);
        const kept = run.waiters.length === 0 && isForGood ? abandon(run) : undefined;
        if (kept) return void kept.then(() => resolve(answer));
        resolve(answer);
        if (run.waiters.length === 0 && !isForGood) abandonLater(run);
      }
    });
  }

  /**
   * Has a delivery carry what there is, for more comes in another way than by another delivery.
   * @param {RunOfPush} run
   */
  function begin(run) {
    // There what has to be recorded would hold up nobody but the user.
    if (isFrozen || run.stored || run.first || !run.waiters.some(({ push }) => canCarry(push))) return;
    const part = run.push.firstPart?.(true);
    if (part) sendFirst(run, part);
  }

  /** One timer is enough, however often somebody comes and goes. @param {RunOfPush} run */
  function abandonLater(run) {
    if (run.abandoning) return;
    run.abandoning = clock.setTimeout(() => {
      run.abandoning = undefined;
      abandon(run);
    }, restOfWindow(run));
    run.timers.push(run.abandoning);
  }

  /**
   * No delivery can carry the reply any more.
   * @param {RunOfPush} run
   * @returns {Promise<unknown> | undefined} that the push is kept
   */
  function abandon(run) {
    if (run.abandoned || run.waiters.length > 0) return undefined;
    run.abandon();
    run.push.isLeft?.();
    // Its reply is there, and is taken care of.
    if (run.hasReturned) return undefined;
    giveUpInTime(run);
    return keep(run);
  }

  /** @param {RunOfPush} run */
  function giveUpInTime(run) {
    const giveUp = () => {
      run.abort();
      fail(run, handlerNeverReturned(HANDLER_LIMIT / 60_000));
      forget(run);
    };
    run.timers.push(unref(clock.setTimeout(giveUp, run.started + HANDLER_LIMIT - clock.now())));
  }

  /**
   * Keeps the push for as long as its handler works.
   * @param {RunOfPush} run
   */
  function keep(run) {
    const { keeper } = run.push;
    if (!keeper) return undefined;
    every(run, keeper.every, () => keepOn(run));
    return keepOn(run);
  }

  /** @param {RunOfPush} run */
  function keepOn(run) {
    run.kept = run.push.keeper?.keep().then((isOurs) => {
      if (isOurs === false) run.lose();
      const isUnrecorded = isOurs === undefined && !run.hasReturned;
      if (isUnrecorded) run.timers.push(unref(clock.setTimeout(() => keepOn(run), ASK_STORE_EVERY)));
    });
    return run.kept;
  }

  /** Another process need not take it over any more. @param {RunOfPush} run */
  async function forget(run) {
    const { kept } = run;
    // When a handler takes so long, another process may have told WeChat that all is well, and kept the push.
    const mayBeKept = kept || (run.hasReturned && clock.now() - run.started >= ANSWER_WITHIN / 2);
    if (!mayBeKept || run.isLost) return;
    run.kept = undefined;
    await kept;
    if (!run.isLost) await run.push.keeper?.forget();
  }

  /**
   * The beginning of an answer that is still being made. The rest goes to the carriers.
   * @param {RunOfPush} run
   * @param {Reply} part
   */
  function sendFirst(run, part) {
    const kept = keep(run);
    // Once WeChat has it there is no further delivery, so that the rest must not be lost with this process.
    const isRecorded = kept || part.ready;
    run.first = isRecorded && Promise.all([kept, part.ready]).then(() => answerFirst(run, part));
    if (isRecorded) for (const waiter of run.waiters) clock.clearTimeout(waiter.timer);
    else answerFirst(run, part);
  }

  /**
   * @param {RunOfPush} run
   * @param {Reply} part
   */
  function answerFirst(run, part) {
    run.first = undefined;
    const isSent = run.waiters.some(({ push }) => canCarry(push));
    const isInRest = !isSent && part.unsent?.();
    end(
      run,
      () => store.finish(run.push.id, isSent ? part.record : '', true),
      (waiter) => waiter.resolve(canCarry(waiter.push) ? answerOf(run, waiter, part) : 'left'),
      () => (isSent || isInRest ? undefined : tell(run, part.value, undefined, true)),
    );
    run.abandon();
    giveUpInTime(run);
    const { keeper } = run.push;
    if (keeper) every(run, keeper.every, () => keepOn(run));
  }

  /**
   * @param {RunOfPush} run
   * @param {import('./run.js').Waiter} waiter
   * @param {Reply} reply
   */
  function answerOf(run, waiter, { record, response }) {
    return waiter.push === run.push ? { record, response } : { record };
  }

  /**
   * @param {RunOfPush} run
   * @param {Reply} reply
   * @returns {Promise<unknown> | unknown}
   */
  function succeed(run, reply) {
    run.hasReturned = true;
    if (run.first) return run.first.then(() => succeed(run, reply));
    clearTimers(run);
    // While this process stood still another may have taken it over.
    if (run.kept) return keepOn(run)?.then(() => (run.isLost ? endLost(run) : conclude(run, reply)));
    const { rest } = reply;
    const isPosted = rest && run.waiters.some(({ push }) => canCarry(push));
    const posted = isPosted ? postRest(run, rest) : undefined;
    return posted ? posted.then((send) => conclude(run, reply, send)) : conclude(run, reply);
  }

  /**
   * What the answer lacks is recorded before WeChat has the answer, and sent after it.
   * @param {RunOfPush} run
   * @param {Rest} rest
   */
  function postRest(run, rest) {
    const posted = post(run, rest.value, rest.objection);
    if (posted) for (const waiter of run.waiters) clock.clearTimeout(waiter.timer);
    return posted;
  }

  /**
   * @param {RunOfPush} run
   * @param {Reply} reply
   * @param {() => unknown} [send] what has been recorded of it
   */
  function conclude(run, { response, value, record, lasts, rest }, send) {
    if (run.stored) return record === '' ? tellRest(run, rest) : tell(run, value);
    let told = /** @type {unknown} */ (undefined);
    const carriers = run.waiters.filter(({ push }) => canCarry(push));
    const isSent = carriers.length > 0 || record === '';
    // Whoever is told of a reply that came too late sends it; a later delivery must not do so again.
    const kept = isSent || !run.abandoned ? record : '';
    const answer = { value, record, response };
    const sendRest = send ?? (() => tellRest(run, rest));
    const finish = () => store.finish(run.push.id, kept, isSent || run.abandoned, lasts);
    // The next delivery may come to another process, which knows nothing of the rest.
    const isAtStake = !isSent && !run.abandoned && !send && rest && run.push.keeper;
    const stored = end(
      run,
      () => (isAtStake ? keepOn(run)?.then(finish) : finish()),
      (waiter) => waiter.resolve(carriers.includes(waiter) ? answerOf(run, waiter, answer) : 'left'),
      () => (told = isSent ? sendRest() : undefined),
    );
    return stored.then(() => {
      if (isSent) return told;
      const isMore = rest !== undefined;
      return send
        ? tellOrKeep(run, JSON.parse(record), { isMore }).then(send)
        : tellOrKeep(run, value, { rest, isMore });
    });
  }

  /** The process that has taken it over answers. @param {RunOfPush} run */
  function endLost(run) {
    if (run.stored) return run.stored;
    return end(
      run,
      () => {},
      (waiter) => waiter.resolve('left'),
    );
  }

  /**
   * Tells the carriers, else the app, of what no delivery carries.
   * @param {RunOfPush} run
   * @param {unknown} value
   * @param {Rest['objection']} [objection] without one it came too late
   * @param {boolean} [isBeginning] whether more of the answer follows
   */
  function tell(run, value, objection, isBeginning) {
    const posted = post(run, value, objection, isBeginning);
    return posted ? posted.then((send) => send()) : run.push.undelivered(value, run, objection);
  }

  /**
   * Records what goes to the carriers. Once all of it is recorded, the push need not be kept.
   * @param {RunOfPush} run
   * @param {unknown} value
   * @param {Rest['objection']} [objection]
   * @param {boolean} [isBeginning]
   */
  function post(run, value, objection, isBeginning) {
    const posted = run.push.post?.(value, run, objection, isBeginning);
    return posted?.then(async (send) => {
      if (run.hasReturned) await forget(run);
      return send;
    });
  }

  /**
   * @param {RunOfPush} run
   * @param {Rest} [rest]
   */
  function tellRest(run, rest) {
    return rest && tell(run, rest.value, rest.objection);
  }

  /**
   * A reply that no delivery carried.
   * @param {RunOfPush} run
   * @param {unknown} value
   * @param {{ rest?: Rest, isMore: boolean }} whole `isMore` where the answer has more than the reply
   */
  async function tellOrKeep(run, value, whole) {
    if (run.abandoned) await tell(run, value);
    else await keepForNextDelivery(run, value, whole);
  }

  /**
   * The next delivery carries the reply, unless none comes in time.
   * @param {RunOfPush} run
   * @param {unknown} value
   * @param {{ rest?: Rest, isMore: boolean }} whole
   */
  async function keepForNextDelivery(run, value, { rest, isMore }) {
    await (isMore ? untilCarried(run) : pause(restOfWindow(run)));
    // While this process stood still another may have taken it over.
    if (run.kept) await keepOn(run);
    if (run.isLost) return;
    if (await store.claimUnsent(run.push.id, false)) await tell(run, value);
    else await tellRest(run, rest);
  }

  /**
   * Waits for the end of the window, or for a delivery that carries the reply: it may have come to another process, and
   * its user may ask for the rest at once.
   * @param {RunOfPush} run
   */
  async function untilCarried(run) {
    const until = clock.now() + restOfWindow(run);
    while (clock.now() < until) {
      await pause(Math.min(LOOK_EVERY, until - clock.now()));
      const { state, unsent } = await store.peek(run.push.id);
      if (state === 'done' && !unsent) return;
    }
  }

  /** @param {number} ms */
  function pause(ms) {
    return new Promise((resolve) => clock.setTimeout(() => resolve(undefined), ms));
  }

  /**
   * @param {RunOfPush} run
   * @param {unknown} error
   */
  function fail(run, error) {
    run.hasReturned = true;
    if (run.first) return run.first.then(() => fail(run, error));
    if (run.isLost) return (clearTimers(run), endLost(run));
    const isTold = run.waiters.some(({ push }) => canCarry(push));
    if (!isTold) run.push.failed(error, run);
    clearTimers(run);
    if (run.stored) return undefined;
    return end(
      run,
      () => store.release(run.push.id),
      (waiter) => waiter.reject(error),
    );
  }

  /**
   * Ends a run. It stays in `runs` until the store has recorded it, so that the handler is not run again.
   * @param {RunOfPush} run
   * @param {() => unknown} record
   * @param {(waiter: import('./run.js').Waiter) => void} answer
   * @param {() => unknown} [send] sends what the answer lacks, once all is recorded
   */
  function end(run, record, answer, send) {
    clearTimers(run);
    const { waiters } = run;
    for (const waiter of waiters) clock.clearTimeout(waiter.timer);
    run.waiters = [];
    if (!isFrozen) waiters.forEach(answer);
    run.stored = Promise.resolve(record()).then(() => {
      runs.delete(run.push.id);
      const told = send?.();
      if (isFrozen) whenTold(run, told).then(() => waiters.forEach(answer));
    });
    return run.stored;
  }

  /** @param {RunOfPush} run */
  function clearTimers(run) {
    for (const timer of run.timers) clock.clearTimeout(timer);
    run.timers = [];
  }

  /**
   * When the app has sent what the answer lacks, or WeChat would hang up.
   * @param {RunOfPush} run
   * @param {unknown} told
   */
  function whenTold(run, told) {
    if (!told) return Promise.resolve();
    const rest = run.push.arrived + ANSWER_WITHIN - clock.now();
    let timer;
    const late = new Promise((resolve) => (timer = clock.setTimeout(() => resolve(undefined), rest)));
    return Promise.race([told, late]).then(() => clock.clearTimeout(timer));
  }

  /**
   * Does something again and again while a handler works.
   * @param {RunOfPush} run
   * @param {number} ms
   * @param {() => unknown} act
   */
  function every(run, ms, act) {
    const timer = clock.setTimeout(() => {
      run.timers.splice(run.timers.indexOf(timer), 1);
      act();
      every(run, ms, act);
    }, ms);
    run.timers.push(unref(timer));
  }

  /** @param {RunOfPush} run */
  function restOfWindow(run) {
    return Math.max(run.started + replyWindow - clock.now(), COMES_BACK_WITHIN);
  }

  /** @param {Push} push */
  function canCarry(push) {
    return !push.hasLeft() && clock.now() - push.arrived < WECHAT_HANGS_UP;
  }

  /** @param {number} attempt */
  function isLast(attempt) {
    return replyWindow === REPLY_WINDOWS[0] || attempt >= DELIVERIES;
  }

  /** @param {number} attempt */
  function patience(attempt) {
    return isLast(attempt) ? ANSWER_WITHIN : LEFT_TO_TIME_OUT;
  }

  /**
   * @param {Push} push
   * @param {number} attempt
   * @returns {Delivered}
   */
  function withoutReply(push, attempt) {
    return isLast(attempt) && !push.isOwed ? { record: '' } : 'retry';
  }

  return { begin, deliver, noteUsed, takeOver };
}

/** Node keeps a list of timers for each length, which is quick as long as there are few of them. */
function coarse(ms) {
  return Math.ceil(ms / 100) * 100;
}

/** A timer that does not keep the process alive. */
function unref(timer) {
  timer.unref?.();
  return timer;
}

module.exports = { createDelivery };
