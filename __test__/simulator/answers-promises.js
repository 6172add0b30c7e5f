'use strict';

// What docs/delivery.md and docs/slow-answers.md promise of answers that no delivery carries, of those that are kept for a
// user's next message, and of turns.
//
// A part may come twice, and a whole answer from another run of its handler, where a process died, stood still for as
// long as a lease, or the store was away.

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

/** @param {import('./answers-world.js').AnswersWorld} world */
function brokenAnswers(world) {
  const broken = [];
  const say = (text) => broken.push(text);
  const { isInTurn, carriers } = world.plan;
  const onlyApi = carriers.length === 1 && carriers[0] === 'api';
  for (const answer of world.answers) {
    isOfItsUser(answer, say);
    isInOrder(answer, world, say);
    if (onlyApi && !isLostWithProcess(answer, world)) isWhole(answer, say);
    if (!isExcused(answer, world)) isOnce(answer, say);
  }
  for (const person of world.people.values()) isSaidInWholeSentences(person, say);
  for (const message of world.messages.values())
    for (const delivery of message.deliveries) isAnsweredInTime(message, delivery, world, say);
  if (isCalm(world)) {
    for (const person of world.people.values()) getsWhatIsKept(person, world, say);
    if (!isInTurn && onlyApi) usersGetThemInOrder(world, say);
  }
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

/** Nothing is lost of what WeChat was told to be well. */
function isWhole({ text, acceptedAt, sentences, got, runs }, say) {
  // What three processes did not survive is given up, and told; as is what a handler throws.
  if (!acceptedAt || runs.length >= GIVEN_UP || runs.length === 0) return;
  if (runs.at(-1).outcome === 'threw') return;
  const numbers = new Set(got.map(({ number }) => number));
  if (numbers.size !== sentences) say(`${text} has ${sentences} sentences, and its user got ${numbers.size}`);
}

/**
 * The sentences of one run of a handler come in order and none is passed over, as far as each comes for the first time;
 * but for the beginning, where WeChat hung up in the moment in which it was to go.
 */
function isInOrder(answer, world, say) {
  const { text, got } = answer;
  const wasDisturbed = !isCalm(world);
  const next = new Map();
  const seen = new Set();
  for (const { run, number } of got) {
    const name = `${run}-${number}`;
    if (seen.has(name)) continue;
    seen.add(name);
    const expected = next.get(run) ?? 1;
    if (number < expected && !wasDisturbed)
      say(`${text}: sentence ${name} came after ${run}-${expected - 1}`);
    const isPassedOver = number > expected && !isExcused(answer, world);
    if (isPassedOver) say(`${text}: sentence ${name} came, but ${run}-${expected} did not`);
    next.set(run, Math.max(expected, number + 1));
  }
}

/** Each sentence once, whoever asked for it. */
function isOnce({ text, got }, say) {
  const twice = got.find((one, i) => got.some((other, j) => j < i && other.number === one.number));
  if (twice)
    say(
      `${text}: sentence ${twice.number} came twice, by ${got
        .filter(({ number }) => number === twice.number)
        .map(({ by, run }) => `${by} (run ${run})`)
        .join(' and ')}`,
    );
}

/** One answer after the other, in the order in which they were ready, of those that no further delivery is waited for. */
function usersGetThemInOrder({ answers }, say) {
  const late = answers.filter(
    ({ got, runs, streams }) => !streams && got.length > 0 && runs[0].end - runs[0].start > 17_000,
  );
  for (const one of late)
    for (const other of late) {
      if (one.person !== other.person || !(one.runs[0].end + 2000 < other.runs[0].end)) continue;
      const isAfter = one.got.findLast(isByApi)?.at > other.got.find(isByApi)?.at;
      if (isAfter) say(`${one.person.name} got the end of ${one.text} after the beginning of ${other.text}`);
    }
}

function isByApi({ by }) {
  return by === 'api';
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
  const attempt = deliveries.filter((other) => other.begun <= begun).length;
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

/** Whether something went wrong while it was in hand. */
function isExcused({ said = 0, got }, world) {
  return isAnyDisturbed(world, said - LEASE, Math.max(said, ...got.map((one) => one.at)));
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
