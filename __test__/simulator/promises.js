'use strict';

// What docs/delivery.md promises, looked for in all that happened in a world.
//
// A handler may run again, and at once with itself, where the guide says so:
//   - it threw, or had not returned after ten minutes;
//   - its process died before the store knew of its end;
//   - a process stood still for longer than a claim holds without being renewed;
//   - the store failed, or lost its data, since the push was first delivered.
//
// A reply may be lost, or be sent twice, when a process dies or stands still, when the store has lost its data, or
// when a sender hangs up in the moment in which its delivery gets the reply from another process.

const { AFTERWARDS } = require('./network.js');

const HANDLER_LIMIT = 600_000;
const HANGS_UP = 5000;
const ANSWER_WITHIN = 4500;
const LEFT_FOR = 5500;
/** Timers of deliveries are rounded up to it, and what runs elsewhere is looked after as often. */
const COARSE = 100;
/** Node counts whole milliseconds, so a timer may come so much too early. */
const EARLY = 2;
/** A call to a store that hangs takes so long at most. */
const STORE_HANGS = 400;

/** @param {import('./world.js').World} world */
function brokenPromises(world) {
  const broken = [];
  const say = (text) => broken.push(text);
  const facts = new Facts(world);
  for (const push of world.pushes) {
    for (const promise of PUSH_PROMISES) promise(push, facts, say);
    for (const delivery of push.deliveries) {
      if (delivery.begun === undefined) continue;
      for (const promise of DELIVERY_PROMISES) promise(delivery, facts, say);
    }
    for (const run of push.runs) for (const promise of RUN_PROMISES) promise(run, facts, say);
  }
  nothingIsLeft(world, say);
  return broken;
}

/** What went wrong when, in one world. */
class Facts {
  /** @param {import('./world.js').World} world */
  constructor({ plan, lives }) {
    this.plan = plan;
    this.lives = lives;
    /** Longer than what a few calls to a store that is well take, one after the other. */
    this.calls = 8 * plan.latency[1] + 5;
    this.hasCrashed = lives.some(({ diedAt }) => diedAt < Infinity);
    this.hasStoodStill = lives.some(({ pauses }) => pauses.length > 0);
    this.hasStoreFaults = plan.storeFaults.length > 0;
    this.hasLostData = plan.storeFaults.some(({ kind }) => kind === 'loses its data');
    this.isCalm = !this.hasCrashed && !this.hasStoodStill && !this.hasStoreFaults;
  }

  /** How long a process stood still between two moments. */
  stoodStill({ pauses }, from, to) {
    return sum(pauses.map((pause) => Math.max(0, Math.min(to, pause.to) - Math.max(from, pause.from))));
  }

  /** Whether some process cannot have renewed its claims in time. */
  someLeaseEnded(from, to) {
    const enough = (this.plan.lease * 2) / 3 - this.calls - COARSE;
    return this.plan.shared && this.lives.some((life) => this.stoodStill(life, from, to) >= enough);
  }

  /** For how long nobody may know that a handler no longer runs. */
  unnoticed(now) {
    const { shared, lease, storeFaults } = this.plan;
    if (!shared) return 0;
    if (this.isCalm) return COARSE + this.calls;
    // What was sent before it may arrive behind it.
    const delays = storeFaults.map(({ kind, from, to }) => {
      if (from > now || (kind !== 'stands still' && kind !== 'is slow')) return 0;
      return Math.min(now, to) - from + 1000;
    });
    return lease + COARSE + this.calls + STORE_HANGS + Math.max(0, ...delays);
  }

  /** Whether the store was away for somebody, or had lost its data. */
  storeFailed(from, to) {
    const overlaps = (fault) => fault.from <= to && fault.to + AFTERWARDS >= from;
    return this.plan.storeFaults.some(overlaps) || this.lives.some(({ troubles }) => troubles.some(overlaps));
  }
}

/** Once for each push, and never twice at once. */
function runsOnce({ id, deliveries, runs }, facts, say) {
  const first = Math.min(...deliveries.map(({ arrived = Infinity }) => arrived));
  for (const [index, later] of runs.entries())
    for (const run of runs.slice(0, index)) {
      const isAtOnce = run.end === undefined ? run.server.diedAt > later.start : run.end > later.start;
      const isGivenUp = later.start - run.start >= HANDLER_LIMIT;
      const isSame = run.server === later.server;
      // Until the store has its reply, its own process knows of it, whatever the store does.
      const isKnown = isSame && run.outcome === 'returned' && !(run.storedAt <= later.start);
      const { end = Infinity } = run;
      const stored = end + facts.calls + facts.stoodStill(run.server, end, Infinity);
      const isExcused =
        run.outcome === 'threw' ||
        run.server.diedAt < (facts.plan.shared ? stored : later.start) ||
        facts.someLeaseEnded(first, later.start) ||
        facts.storeFailed(first, later.start);
      if (isGivenUp) continue;
      if (isAtOnce && isSame) say(`${id} ran twice at once in ${run.server.name}`);
      else if (isAtOnce && !isExcused) say(`${id} ran twice at once`);
      else if (isAtOnce && run.outcome === 'threw' && !isExcusedBeside(run, later, facts, first))
        say(`${id} ran twice at once, before the first had failed`);
      else if (!isExcused || isKnown) say(`${id} ran again after run ${run.number} had returned`);
    }
}

/** Whether anything but its throwing lets a run be beside another one. */
function isExcusedBeside(run, later, facts, first) {
  return (
    run.server.diedAt < later.start ||
    facts.someLeaseEnded(first, later.start) ||
    facts.storeFailed(first, later.start)
  );
}

/** Never another push's reply, nor one of a run that has not returned. */
function getsItsOwnReply({ name, push, answer, answeredAt, ...delivery }, _, say) {
  if (!answer?.record) return;
  const run = push.runs.find(({ value }) => JSON.stringify(value) === answer.record);
  if (!run || !(run.end <= answeredAt)) say(`${name} was answered ${answer.record}, which is not its reply`);
  if (answer.response && run && (run.delivery.name !== name || run.delivery.sentAt !== delivery.sentAt))
    say(`${name} was answered with the response to ${run.delivery.name}`);
}

/** Every delivery that reaches a living process is answered in time, and none is waited for in vain. */
function isAnsweredInTime(delivery, facts, say) {
  const { name, server, arrived, begun, answer, answeredAt, leftAt = Infinity } = delivery;
  if (answeredAt === undefined) {
    if (server.diedAt === Infinity) say(`${name} was never answered`);
    return;
  }
  const after = answeredAt - arrived;
  const hangs = facts.storeFailed(arrived, answeredAt) ? STORE_HANGS : 0;
  const slack = COARSE + facts.calls + hangs + facts.stoodStill(server, arrived, answeredAt);
  if (after > Math.max(latestOf(delivery, facts), begun - arrived) + slack)
    say(`${name} was answered after ${Math.round(after)} ms`);
  if (isWithoutReply(delivery) && after < ANSWER_WITHIN - EARLY)
    say(`${name} was not waited for: it was answered after ${Math.round(after)} ms`);
  if (answeredAt > Math.max(leftAt, begun) + slack + hangs)
    say(`${name} was waited for although its sender had hung up`);
  if (answer.is === 'left' && leftAt > answeredAt && after < HANGS_UP)
    say(`${name} was left while it was open`);
}

/** After how many milliseconds an answer has to be there. */
function latestOf(delivery, { plan }) {
  const isSuccess = delivery.answer.is === undefined && isWithoutReply(delivery);
  return isSuccess || plan.replyWindow === 5000 ? ANSWER_WITHIN : LEFT_FOR;
}

/** Whether it was answered before any handler had returned. */
function isWithoutReply({ push, answer, answeredAt }) {
  if (answer.is !== undefined) return answer.is === 'retry';
  return !push.runs.some((run) => hasReturned(run, answeredAt));
}

/** WeChat is told success when the handler has returned, or runs and will not be waited for. */
function isNoSuccessForNobody({ name, push, answer, answeredAt, ...delivery }, facts, say) {
  if (answer?.is !== undefined || answer?.record !== '' || !delivery.isGenuine) return;
  if (push.runs.some((run) => hasReturned(run, answeredAt))) return;
  const begun = push.deliveries.filter((other) => other.isGenuine && other.begun <= answeredAt).length;
  if (facts.plan.replyWindow === 15000 && begun < 3) say(`${name} was given up before the third delivery`);
  const since = answeredAt - facts.unnoticed(answeredAt);
  const isHandled =
    push.runs.some((run) => run.start <= answeredAt && !(run.end < since) && !(run.server.diedAt < since)) ||
    push.deliveries.some(
      (other) => isHeldUp(other, answeredAt, facts) || isCutShort(other, since, answeredAt),
    );
  if (!isHandled) say(`${name} was answered success, and nobody handles it`);
}

/** Whether its process stands still, or has, before it could start the handler. */
function isHeldUp({ server, begun, answeredAt }, now, facts) {
  return begun <= now && !(answeredAt < now) && facts.stoodStill(server, begun, now) > 0;
}

/** Whether its process has died so lately that nobody can know. */
function isCutShort({ server, begun }, since, now) {
  return begun <= now && server.diedAt >= since && server.diedAt <= now;
}

/** Whether WeChat is asked to come again only where that is of use. */
function isAskedAgainForAReason({ name, push, begun, answer }, facts, say) {
  if (answer?.is !== 'retry' || facts.hasStoreFaults || (facts.hasCrashed && !facts.plan.shared)) return;
  const before = push.deliveries.filter((other) => other.isGenuine && other.begun + facts.calls < begun);
  if (facts.plan.replyWindow === 5000 || before.length >= 3) say(`${name} was asked for once more`);
}

/** The same signature with another body is refused; the push itself is not, unless a forgery came first. */
function isRefusedAsReplay({ name, push, begun, answer, answeredAt, isGenuine }, facts, say) {
  if (answeredAt === undefined || facts.hasStoreFaults || (facts.hasCrashed && !facts.plan.shared)) return;
  const isKnown = (before) =>
    push.deliveries.some((other) => {
      const noted = other.begun + facts.calls;
      return other.isGenuine && noted < before && noted < other.server.diedAt;
    });
  const forgedFirst = push.deliveries.some((other) => !other.isGenuine && !isKnown(other.begun));
  if (!isGenuine && isKnown(begun) && !forgedFirst && answer.is !== 'replayed')
    say(`${name} was not refused`);
  if (isGenuine && answer.is === 'replayed' && !forgedFirst) say(`${name} was refused as replayed`);
}

/** A reply that is ready is carried by a delivery that is open. */
function isCarried(run, facts, say) {
  if (!hasReply(run) || run.end - run.start >= HANDLER_LIMIT) return;
  for (const delivery of run.push.deliveries)
    if (canCarry(delivery, run, facts) && !delivery.answer?.record)
      say(`${delivery.name} was open when run ${run.number} returned, and did not carry its reply`);
}

/** Whether a delivery must carry the reply of a run. */
function canCarry(delivery, run, facts) {
  const { server, arrived, begun, isGenuine, answeredAt, leftAt = Infinity } = delivery;
  const { end } = run;
  if (!isGenuine || !(begun <= end) || answeredAt < end || leftAt <= end) return false;
  if (answeredAt === undefined && server.diedAt < Infinity) return false;
  if (run.delivery === delivery) return end - arrived < patience(run, facts) - EARLY;
  const looks = COARSE + facts.calls + (facts.hasStoreFaults ? STORE_HANGS : 0);
  const isWaiting = end - arrived < ANSWER_WITHIN - looks && leftAt > end + looks;
  const isNear = server === run.server && begun + 2 * looks < end && run.start + 2 * looks < end;
  if (isNear && facts.stoodStill(server, begun, end) === 0) return isWaiting;
  return facts.isCalm && !run.wasAbandoned && isWaiting;
}

/** For how long a delivery waits for the handler that it has started. */
function patience({ attempt }, { plan }) {
  return plan.replyWindow === 15000 && attempt < 3 ? HANGS_UP : ANSWER_WITHIN;
}

/** What nobody carried is told once, and nothing else is. */
function isToldOnce(run, facts, say) {
  if (!hasReply(run)) return;
  const { push, number, value, undelivered } = run;
  const record = JSON.stringify(value);
  const carriers = push.deliveries.filter(({ answer, couldCarry }) => couldCarry && answer.record === record);
  const others = push.runs.filter((other) => other !== run && other.outcome === 'returned');
  if (!facts.hasStoreFaults && undelivered > 1) say(`${push.id}: the reply of run ${number} was told twice`);
  if (others.length > 0 && !facts.isCalm) return;
  // Where the store was away, a second run may hide the reply of the first.
  if (push.runs.length > 1 && facts.hasStoreFaults) return;
  if (push.deliveries.some((delivery) => hasLeftWhileClaiming(delivery, run, facts))) return;
  if (!facts.hasStoreFaults && carriers.length > 0 && undelivered > 0)
    say(`${push.id}: the reply of run ${number} was carried, and told as undelivered`);
  const isExcused = facts.hasCrashed || facts.hasStoodStill || facts.hasLostData;
  if (!isExcused && carriers.length === 0 && undelivered === 0)
    say(`${push.id}: the reply of run ${number} was neither carried nor told`);
}

/** Whether its sender hung up in the moment in which it got the reply from another process. */
function hasLeftWhileClaiming({ server, answer, answeredAt, leftAt }, run, facts) {
  const isElsewhere = facts.plan.shared && server !== run.server && answer?.is === 'left';
  return isElsewhere && run.end < answeredAt && answeredAt - leftAt < facts.calls;
}

/** What a handler throws is told to a delivery that is open, else as a failure. */
function isFailureTold({ push, server, number, start, end, outcome, failures }, _, say) {
  const isGivenUp = ({ at }) => at - start >= HANDLER_LIMIT - EARLY;
  if (failures.some((failure) => failure.at !== end && !isGivenUp(failure)))
    say(`${push.id}: run ${number} was given up too early`);
  if (outcome !== 'threw' || push.runs.some((other) => other.number !== number && other.end === end)) return;
  const told = failures.filter(({ at }) => at === end).length;
  const isAnswered = push.deliveries.some(
    (delivery) =>
      delivery.server === server &&
      delivery.answer?.is === 'error' &&
      delivery.answeredAt === end &&
      delivery.couldCarry,
  );
  if (told !== (isAnswered ? 0 : 1)) say(`${push.id}: the failure of run ${number} was told ${told} times`);
}

/** The attempt counts what WeChat delivered, and no replay. */
function isCountedRight({ push, delivery, attempt, number, start }, facts, say) {
  const lastsBefore = push.deliveries.filter(
    (other) => other.isGenuine && other !== delivery && other.begun + facts.calls < delivery.begun,
  ).length;
  const most = push.deliveries.filter(
    (other) => (other.isGenuine || !facts.isCalm) && other.begun <= start,
  ).length;
  if (attempt > most || (facts.isCalm && attempt < lastsBefore + 1))
    say(`${push.id}: run ${number} was called attempt ${attempt}, not ${lastsBefore + 1} to ${most}`);
}

/** The signal is aborted when no delivery can carry the reply, not before. */
function isAbortedInTime({ push, server, number, start, abortedAt }, facts, say) {
  if (abortedAt === undefined) return;
  const seen = COARSE + facts.calls + (facts.hasStoreFaults ? 2 * STORE_HANGS : 0);
  const here = push.deliveries.filter(
    (delivery) => delivery.server === server && delivery.begun <= abortedAt,
  );
  const isOpen = ({ begun, answeredAt = server.diedAt, leftAt = Infinity }) =>
    facts.stoodStill(server, begun, abortedAt) === 0 &&
    begun + seen < abortedAt &&
    start + seen < abortedAt &&
    answeredAt > abortedAt &&
    leftAt > abortedAt;
  if (here.some(isOpen)) say(`${push.id}: run ${number} was aborted while a delivery was open`);
  const isOver =
    abortedAt - start >= facts.plan.replyWindow - EARLY ||
    here.some(({ answer, answeredAt }) => answeredAt <= abortedAt && answer.record === '') ||
    push.deliveries.filter(({ begun }) => begun <= abortedAt).length >= 3;
  if (!isOver) say(`${push.id}: run ${number} was aborted before the window had ended`);
}

/** When all has come to rest, no process has timers or runs left. */
function nothingIsLeft({ lives }, say) {
  for (const { name, diedAt, loop, runs } of lives) {
    if (diedAt < Infinity) continue;
    if (loop.timers.size > 0) say(`${name} has ${loop.timers.size} timers left`);
    if (runs.size > 0) say(`${name} has ${runs.size} runs left`);
  }
}

function hasReturned({ outcome, end }, now) {
  return outcome === 'returned' && end <= now;
}

function hasReply({ outcome, value }) {
  return outcome === 'returned' && value !== undefined;
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

const PUSH_PROMISES = [runsOnce];
const DELIVERY_PROMISES = [
  getsItsOwnReply,
  isAnsweredInTime,
  isNoSuccessForNobody,
  isAskedAgainForAReason,
  isRefusedAsReplay,
];
const RUN_PROMISES = [isCarried, isToldOnce, isFailureTold, isCountedRight, isAbortedInTime];

module.exports = { brokenPromises };
