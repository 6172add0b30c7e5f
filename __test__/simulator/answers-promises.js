'use strict';

// What docs/delivery.md and docs/slow-answers.md promise of answers that no delivery carries, of those that are kept for a
// user's next message, and of turns.
//
// Each part comes once and in order. Twice comes what was on its way when its process died, stood still or had no store,
// and what another run of the handler says, which began since the process of the one before did.

const { PROMPT } = require('./sentences.js');

/** Most of what a process is silent for that lives. */
const LEASE = 30_000;
const AFTERWARDS = 1500;
const GIVEN_UP = 3;
const ANSWER_WITHIN = 4500;
/** A process that stands still for so long is taken for dead by those that wait for their turn. */
const TURN_LEASE = 15_000;
/** So long a few calls to a store that is well take, and whoever looks again and again. */
const SOON = 600;
/** Answers that are ready so long after each other are recorded in this order. */
const ORDERED = 2000;

/** @param {import('./answers-world.js').AnswersWorld} world */
function brokenAnswers(world) {
  const broken = [];
  const say = (text) => broken.push(text);
  const { isInTurn, carriers } = world.plan;
  const onlyApi = carriers.length === 1 && carriers[0] === 'api';
  for (const answer of world.answers) {
    isOfItsUser(answer, say);
    isInOrder(answer, say);
    isOnce(answer, world, say);
    if (!isInTurn) isOfOneRun(answer, say);
    if (onlyApi && !isLostWithProcess(answer, world)) isWhole(answer, world, say);
  }
  for (const person of world.people.values()) isSaidInWholeSentences(person, say);
  for (const message of world.messages.values())
    for (const delivery of message.deliveries) isAnsweredInTime(message, delivery, world, say);
  if (isCalm(world)) for (const person of world.people.values()) getsWhatIsKept(person, world, say);
  if (!isInTurn) usersGetThemInOrder(world, say);
  if (isInTurn) turnsAreKept(world, say);
  for (const { name, diedAt, loop } of world.lives) {
    const left = Math.min(...world.timersLeft.map((of) => of.get(loop)));
    // One is for the next look for what dead ones left.
    if (diedAt === Infinity && left !== 1) say(`${name} has ${left} timers left`);
  }
  return broken;
}

/** Never another user's. */
function isOfItsUser({ text, person, got }, say) {
  const other = got.find((one) => one.person !== person);
  if (other) say(`${other.person.name} got a part of ${text}, which ${person.name} asked`);
}

/** A text is whole sentences, of one answer. */
function isSaidInWholeSentences({ name, seen }, say) {
  for (const { text, isWhole: isAll, sentences } of seen) {
    if (!isAll) say(`${name} got ${JSON.stringify(text)}, which is not whole sentences`);
    if (new Set(sentences.map(({ question }) => question)).size > 1) say(`${name} got two answers in one`);
  }
}

/** Nothing is lost of what WeChat was told to be well; what no carrier takes, the app is told. */
function isWhole(answer, world, say) {
  const { text, acceptedAt, sentences, got, told, runs } = answer;
  const last = world.calls.findLast(({ asked }) => asked.includes(answer));
  // Of those that are merged, the first is answered.
  if (!acceptedAt || last?.asked[0] !== answer) return;
  // What three processes did not survive is given up, and told; as is what a handler throws.
  const isGivenUp = runs.length >= GIVEN_UP && wasCutOff(last, answer, world);
  if (isGivenUp || last.outcome === 'threw') return;
  const numbers = new Set([...got, ...told].map(({ number }) => number));
  if (numbers.size !== sentences) say(`${text} has ${sentences} sentences, and its user got ${numbers.size}`);
}

/**
 * The sentences of each run of a handler come in order, as each comes for the first time, and none is passed over; but
 * for what was to go in the moment in which WeChat hung up: its rest was on its way already, and the next delivery has it.
 */
function isInOrder(answer, say) {
  const { text, acceptedAt, got } = answer;
  // Where WeChat was told nothing, the answer that had the beginning was lost.
  const isTold = acceptedAt && !hadNoStoreAtBegin(answer);
  const next = new Map();
  const had = new Set();
  const firsts = firstOnes(got);
  for (const one of firsts) {
    const { run, number } = one;
    const expected = next.get(run) ?? 1;
    if (number < expected && !isOfRetry(one))
      say(`${text}: sentence ${run}-${number} came after ${run}-${expected - 1}`);
    // Another run may have said what is before it.
    const isLate = firsts.some(
      (other) => other.run === run && other.number === number - 1 && isOfRetry(other),
    );
    const isPassedOver = number > expected && isTold && !had.has(number - 1) && !isLate;
    if (isPassedOver) say(`${text}: sentence ${run}-${number} came, but ${run}-${expected} did not`);
    next.set(run, Math.max(expected, number + 1));
    had.add(number);
  }
}

function isOfRetry({ by, part }) {
  return !isByApi({ by }) && part.number > 1;
}

/** What came, but for what had come before, of the same run. */
function firstOnes(got) {
  return got.filter((one, i) => got.findIndex((other) => isSame(other, one)) === i);
}

function isSame(one, other) {
  return one.run === other.run && one.number === other.number;
}

/** Each sentence once, whoever asked for it. */
function isOnce(answer, world, say) {
  const { text, got } = answer;
  const isTwice = (one, other) => one.number === other.number && !mayComeTwice(one, other, answer, world);
  for (const [i, one] of got.entries()) {
    const before = got.slice(0, i).find((other) => isTwice(one, other));
    if (!before) continue;
    const [first, second] = [before, one].map(({ by, run, at }) => `${by} (run ${run}, ${at / 1000} s)`);
    return say(`${text}: sentence ${one.number} came twice, by ${first} and ${second}`);
  }
}

function mayComeTwice(one, other, answer, world) {
  const sent = [one, other].filter(isByApi);
  if (one.run === other.run && sent.some((part) => isInDoubt(part, world))) return true;
  if (one.run === other.run && sent.length === 2) return false;
  if (hadNoStoreAtBegin(answer)) return true;
  // What is kept for the next message may be kept, or taken, without a confirmation; and so is its rest then.
  const { end } = answer.runs[one.run - 1];
  const until = Math.min(one.at, other.at);
  const hasTrouble = ({ troubles }) => troubles.some(({ from, to }) => from <= until && to >= end);
  if (one.run === other.run) return world.lives.some(hasTrouble);
  const [earlier, later] = [one.run, other.run].toSorted((a, b) => a - b).map((run) => answer.runs[run - 1]);
  if (wasCutOff(earlier, answer, world)) return true;
  // Who stood still while it waited does not know that another was quicker.
  return wasInterrupted(later.server, inHandSince(later.start, answer, world), later.start);
}

/** Whether nobody could know of a delivery that the push was in hand elsewhere. */
function hadNoStoreAtBegin({ deliveries }) {
  return deliveries.some(({ begun, server }) => begun !== undefined && hadNoStore(server, begun));
}

/** Whether it could not be known that a part had been sent, or could not be recorded. */
function isInDoubt({ at, part }, world) {
  const { server, begun, sentAt, isConfirmed } = part;
  return hadNoStore(server, begun) || (!isConfirmed && wasInterrupted(server, sentAt, at + onItsWay(world)));
}

/** Whether a run did not come to its end: its process died, stood still or had no store, or it threw. */
function wasCutOff({ server, start, end = Infinity, outcome }, answer, world) {
  const since = inHandSince(start, answer, world);
  return outcome === 'threw' || wasInterrupted(server, since, end + onItsWay(world));
}

/** It may have waited for its turn. */
function inHandSince(start, { deliveries }, { plan }) {
  return plan.isInTurn ? deliveries.find(({ begun }) => begun !== undefined).begun : start;
}
function isByApi({ by }) {
  return by === 'api';
}

/**
 * Of two runs at once only one is sent, where the first had kept the push, and the other took over what was kept: no
 * delivery had brought it there.
 */
function isOfOneRun({ text, acceptedAt, deliveries, got, runs: [first, second, ...others] }, say) {
  if (!second || others.length > 0 || !(acceptedAt < second.start && second.start < first.end)) return;
  const isKept = deliveries.some((one) => one.answeredAt === acceptedAt && one.server === first.server);
  const isBrought = deliveries.some(({ server }) => server === second.server);
  if (!isKept || isBrought || hadNoStore(first.server, acceptedAt)) return;
  const isSent = ({ server, end }, run) =>
    !hadNoStore(server, end) && got.some((one) => one.run === run && isByApi(one) && one.at > end);
  if (isSent(first, 1) && isSent(second, 2)) say(`${text}: two runs went on at once, and both were sent`);
}

/** One answer after the other, in the order in which they were ready, of those that no further delivery is waited for. */
function usersGetThemInOrder(world, say) {
  const { carriers, replyWindow } = world.plan;
  // The rest comes when it is asked for.
  const ofOne = (got) => (carriers.length === 1 ? firstOnes(got).findLast(isByApi) : got.find(isByApi));
  const late = world.answers.filter(({ got, runs: [run, ...others], streams }) => {
    const isLate = run?.end - run?.start > replyWindow + ORDERED && others.length === 0;
    const isSent = isLate && !streams && got.some(isByApi);
    return isSent && !wasInterrupted(run.server, run.start, run.end + ORDERED);
  });
  for (const one of late)
    for (const other of late) {
      if (one.person !== other.person || !(one.runs[0].end + ORDERED < other.runs[0].end)) continue;
      const isAfter = ofOne(one.got).at > other.got.find(isByApi).at;
      if (isAfter) say(`${one.person.name} got ${one.text} after the beginning of ${other.text}`);
    }
}

/**
 * Who asks for more gets what is kept: the handler is asked only where all was seen, or was replaced by a later answer,
 * which says so.
 */
function getsWhatIsKept(person, world, say) {
  const kept = keptAnswers(person, world);
  const isTold = (from, to) =>
    person.seen.some(({ at, saysReplaced }) => saysReplaced && at > from && at <= to);
  for (const { asked, start } of world.calls) {
    const [{ text, person: by }] = asked;
    if (by !== person || text !== '继续') continue;
    const promised = world.plan.carriers[0] === 'nextMessage' && promisedTo(person, start, world);
    if (promised) say(`${person.name} was promised ${promised.text}, asked for it, and the handler got it`);
    for (const { answer, at } of kept)
      if (
        at < start - AFTERWARDS &&
        !isComplete(answer, start) &&
        !isTold(at, start) &&
        !isWithApi(answer, at, world)
      )
        say(`${person.name} asked for more of ${answer.text}, and the handler got it`);
  }
  for (const [i, { answer, at }] of kept.entries()) {
    const isOver = kept.slice(i + 1).some((later) => isSeenAfter(later, at + AFTERWARDS));
    if (isOver && !isComplete(answer, Infinity) && !isTold(at, Infinity))
      say(`${person.name} was not told that another answer replaced ${answer.text}`);
  }
}

/** A question whose answer is still being made, as its user was told. */
function promisedTo({ seen }, now, { questions }) {
  const told = seen.filter(({ at, text }) => text === PROMPT.soon && at < now - AFTERWARDS);
  const asked = told.flatMap(({ by }) => questions.get(by) ?? []);
  return asked.find(({ runs, streams }) => !streams && runs[0].start < now && runs[0].end > now);
}

/** Whether it has been taken since, so that its rest may be with the API again. */
function isWithApi({ got }, at, { plan }) {
  return plan.carriers.length > 1 && got.some((one) => one.by === '继续' && one.at > at);
}

/** Whether an answer that was kept after a moment has been asked for. */
function isSeenAfter({ answer: { got }, at }, then) {
  return at > then && got.some((one) => one.by === '继续' && one.at > at);
}

/** The answers that were kept for somebody, for sure, in the order in which they were. */
function keptAnswers(person, { plan, answers, questions }) {
  const [first, second] = plan.carriers;
  if (first === 'nextMessage')
    return answers
      .filter((one) => one.person === person && one.runs.length > 0 && isCarried(one))
      .map((answer) => ({ answer, at: answer.runs[0].end }))
      .toSorted((a, b) => a.at - b.at);
  if (second !== 'nextMessage') return [];
  return person.handed.map(({ question, at }) => ({ answer: questions.get(question), at }));
}

/** Whether it is later or longer than what one delivery carries, for sure. */
function isCarried({ runs: [{ start, end }], sentences }) {
  return sentences > 30 || end - start > 17_000;
}

function isComplete({ got, sentences }, at) {
  return new Set(got.filter((one) => one.at <= at).map(({ number }) => number)).size === sentences;
}

/** Every delivery that reaches a process that is well is answered in time, but for those that are left on purpose. */
function isAnsweredInTime(
  { text, deliveries },
  { number, sentAt, begun, server, answeredAt, endedAt },
  world,
  say,
) {
  const { plan } = world;
  // WeChat hangs up before its time has come.
  if (begun - sentAt > 300) return;
  if (
    begun === undefined ||
    server.diedAt < begun + 6000 ||
    isDisturbed(server, begun - 5000, begun + 6000, plan)
  )
    return;
  // A process knows of those that have reached one.
  const isKnown = (other) =>
    other.begun <= begun && !wasInterrupted(other.server, other.begun, other.begun + SOON);
  const attempt = deliveries.filter(isKnown).length;
  const isLeft = plan.replyWindow === 15_000 && attempt < 3;
  const within = (answeredAt ?? endedAt) - begun;
  if (answeredAt === undefined && !isLeft && endedAt !== undefined)
    say(`delivery ${number} of ${text} was not answered`);
  if (answeredAt !== undefined && within > ANSWER_WITHIN + SOON && !isLeft)
    say(`delivery ${number} of ${text} was answered after ${Math.round(within)} ms`);
}

function turnsAreKept(world, say) {
  for (const person of world.people.values()) {
    const calls = world.calls.filter(({ asked }) => asked[0].person === person);
    oneAtATime(person, calls, world, say);
    for (const call of calls) isInOrderOfSending(call, calls, person, world, say);
  }
  for (const message of world.messages.values()) isHandledOnce(message, world, say);
  for (const { id, at } of world.handled) isHandled(id, at, world, say);
}

/** One call at a time, wherever. */
function oneAtATime({ name }, calls, { plan }, say) {
  for (const [i, later] of calls.entries())
    for (const one of calls.slice(0, i)) {
      const end = Math.min(one.end ?? Infinity, one.server.diedAt);
      if (end <= later.start) continue;
      // It was taken for dead, or could not say that it lives.
      const isTakenForDead =
        stoodStill(one.server, one.start - TURN_LEASE, later.start) >= TURN_LEASE / 2 ||
        isTroubled(one.server, one.start - TURN_LEASE, later.start, plan);
      if (!isTakenForDead) say(`${name} had two calls at once: ${namesOf(one)} and ${namesOf(later)}`);
    }
}

/** In the order in which they were sent, of all that had come; of those that are merged, all. */
function isInOrderOfSending(call, calls, person, world, say) {
  const { plan, messages } = world;
  const sorted = call.asked.toSorted(asSent);
  if (sorted.some((one, i) => one !== call.asked[i])) say(`${namesOf(call)} are not in order`);
  if (call.asked.length > 1 && plan.merge === 0) say(`${namesOf(call)} were merged`);
  if (isAnyDisturbed(world, call.start - 60_000, call.start + 1000)) return;
  const joins = 12 * plan.latency[1] + SOON;
  for (const message of messages.values()) {
    if (message.person !== person || call.asked.includes(message)) continue;
    const came = message.deliveries[0]?.begun;
    if (!(came + joins < call.start)) continue;
    const isOver = calls.some(({ asked, start }) => asked.includes(message) && start < call.start);
    const isBefore = plan.merge > 0 || asSent(message, call.asked[0]) < 0;
    // One whose deliveries have all been used up stands in line no more, where its turn failed.
    if (!isOver && isBefore && !hasFailed(message, world))
      say(`${namesOf(call)} began, though ${message.text} had come before`);
  }
}

/** Each message in one call that has returned; in another only where that cannot be known. */
function isHandledOnce(message, world, say) {
  const calls = world.calls.filter(({ asked }) => asked.includes(message));
  const returned = calls.filter(({ outcome }) => outcome === 'returned');
  const first = message.deliveries.find(({ begun }) => begun !== undefined)?.begun;
  if (first === undefined) return;
  const isKnown = !isAnyDisturbed(world, first - LEASE, (calls.at(-1)?.start ?? first) + 1000);
  if (returned.length > 1 && isKnown) say(`${message.text} was in ${returned.length} calls that returned`);
  if (returned.length > 0 || !message.acceptedAt || hasFailed(message, world)) return;
  const isLost = calls.length >= GIVEN_UP || isLostWithProcess({ runs: calls }, world);
  if (!isLost && !isAnyDisturbed(world, first - LEASE, Infinity))
    say(`${message.text} was in no call that returned`);
}

/** Recorded as handled only when a call that had it has returned; a stream, when its beginning was sent. */
function isHandled(id, at, world, say) {
  const message = world.message(id);
  if (!message) return say(`${id} was recorded as handled, and nobody sent it`);
  const calls = world.calls.filter(({ asked }) => asked.includes(message));
  const isDone = calls.some(
    ({ asked, outcome, start, end }) =>
      (outcome === 'returned' && end <= at) || (asked[0].streams && start <= at),
  );
  if (!isDone) say(`${message.text} was recorded as handled while no call had returned`);
}

function hasFailed(message, { calls }) {
  return calls.some(({ asked, outcome }) => asked.includes(message) && outcome === 'threw');
}

/** As WeChat says it. */
function asSent(one, other) {
  return one.createTime - other.createTime || Number(one.id) - Number(other.id);
}

function namesOf({ asked }) {
  return asked.map(({ text }) => text).join(', ');
}

/** For how long, at most, something is on its way by the API and is recorded after that, where the store is well. */
function onItsWay({ plan: { api } }) {
  return api[1] + SOON;
}

/** Whether a process died, stood still, or had no store between two moments. */
function wasInterrupted(server, from, to) {
  const isThen = (one) => one.from <= to && one.to >= from;
  return (
    (server.diedAt >= from && server.diedAt <= to) || [...server.pauses, ...server.troubles].some(isThen)
  );
}

/** Whether a process had no store in a moment, so that it records nothing. */
function hadNoStore({ troubles }, at) {
  return troubles.some(({ from, to }) => from <= at && at <= to + AFTERWARDS);
}

/** Whether anybody died, stood still or had no store between two moments. */
function isAnyDisturbed({ lives, plan }, from, to) {
  return lives.some(
    (life) => (life.diedAt >= from && life.diedAt <= to) || isDisturbed(life, from, to, plan),
  );
}

/** Whether a process stood still or had no store. */
function isDisturbed(server, from, to, plan) {
  return stoodStill(server, from, to) > 1000 || isTroubled(server, from, to, plan);
}

function isTroubled({ troubles }, from, to, { storeFaults }) {
  return [...storeFaults, ...troubles].some(
    (fault) => fault.from <= to && fault.to + AFTERWARDS + LEASE >= from,
  );
}

/** For how long, at most at a time, a process stood still between two moments. */
function stoodStill({ pauses }, from, to) {
  const ms = pauses.map((pause) => Math.min(to, pause.to) - Math.max(from, pause.from));
  return Math.max(0, ...ms);
}

/** Whether its process died while it could record nothing, or before it tried again. */
function isLostWithProcess({ runs }, { plan }) {
  return runs.some(({ server: { diedAt, troubles }, start }) =>
    [...plan.storeFaults, ...troubles].some(
      ({ from, to }) => start <= diedAt && from <= diedAt && diedAt <= to + LEASE / 2,
    ),
  );
}

function isCalm({ plan: { crashes, pauses, storeFaults, jumps } }) {
  return crashes.length + pauses.length + storeFaults.length + jumps.length === 0;
}

module.exports = { brokenAnswers };
