'use strict';

// What docs/delivery.md promises of answers that no delivery carries.
//
// A part may come twice, and a whole answer from another run of its handler, where a process died, stood still for as
// long as a lease, or the store was away.

/** Most of what a process is silent for that lives. */
const LEASE = 30_000;
const AFTERWARDS = 1500;
const GIVEN_UP = 3;

/** @param {import('./answers-world.js').AnswersWorld} world */
function brokenAnswers(world) {
  const broken = [];
  const say = (text) => broken.push(text);
  for (const answer of world.answers) {
    if (!isLostWithProcess(answer, world)) isWhole(answer, say);
    isInOrder(answer, !isCalm(world), say);
    if (!isExcused(answer, world)) isOnce(answer, say);
  }
  if (isCalm(world)) usersGetThemInOrder(world, say);
  for (const { name, diedAt, loop } of world.lives)
    if (diedAt === Infinity && loop.timers.size > 0) say(`${name} has ${loop.timers.size} timers left`);
  return broken;
}

/** Nothing is lost of what WeChat was told to be well. */
function isWhole({ id, isAccepted, parts, got, runs }, say) {
  // What three processes did not survive is given up, and told.
  if (!isAccepted || runs.length >= GIVEN_UP) return;
  const numbers = new Set(got.map(({ text }) => numberOf(text)));
  if (numbers.size !== parts) say(`${id} has ${parts} parts, and its user got ${numbers.size}`);
}

/**
 * The parts of one run of a handler are in order, as far as each comes for the first time; but for the beginning, where
 * WeChat hung up in the moment in which it was to go.
 */
function isInOrder({ id, got }, wasDisturbed, say) {
  const last = new Map();
  const seen = new Set();
  for (const { text } of got) {
    if (seen.has(text)) continue;
    seen.add(text);
    const [run] = text.split(':');
    const isLate = wasDisturbed && numberOf(text) === 1;
    if (numberOf(text) < (last.get(run) ?? 0) && !isLate)
      say(`${id}: ${text} came after part ${last.get(run)}`);
    last.set(run, numberOf(text));
  }
}

/** Each part once. */
function isOnce({ id, got }, say) {
  const numbers = got.map(({ text }) => numberOf(text));
  if (new Set(numbers).size !== numbers.length) say(`${id}: ${got.map(({ text }) => text).join(' ')}`);
}

/** One answer after the other, in the order in which they were ready, of those that no further delivery is waited for. */
function usersGetThemInOrder({ answers }, say) {
  const late = answers.filter(({ got, runs }) => got.length > 0 && runs[0].end - runs[0].start > 17_000);
  for (const one of late)
    for (const other of late) {
      if (one.user !== other.user || !(one.runs[0].end + 2000 < other.runs[0].end)) continue;
      const isAfter = one.got.at(-1).at > other.got[0].at;
      if (isAfter) say(`${one.user} got the end of ${one.id} after the beginning of ${other.id}`);
    }
}

/** Whether something went wrong while it was in hand. */
function isExcused({ at, got }, { lives, plan }) {
  const end = Math.max(at, ...got.map((one) => one.at));
  return (
    lives.some(
      ({ diedAt, pauses, troubles }) =>
        (diedAt >= at && diedAt <= end) ||
        pauses.some(({ from, to }) => from <= end && to >= at && to - from > 1000) ||
        troubles.some(({ from, to }) => from <= end && to + AFTERWARDS + LEASE >= at),
    ) || plan.storeFaults.some(({ from, to }) => from <= end && to + AFTERWARDS + LEASE >= at)
  );
}

/** Whether its process died while it could record nothing, or before it tried again. */
function isLostWithProcess({ runs }, { plan }) {
  return runs.some(({ server: { diedAt, troubles }, start }) =>
    [...plan.storeFaults, ...troubles].some(
      ({ from, to }) => start <= diedAt && from <= diedAt && diedAt <= to + LEASE / 2,
    ),
  );
}

function isCalm({ plan: { crashes, pauses, storeFaults } }) {
  return crashes.length + pauses.length + storeFaults.length === 0;
}

function numberOf(text) {
  return Number(text.split(':')[1]);
}

module.exports = { brokenAnswers };
