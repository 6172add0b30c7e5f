'use strict';

const { HOUR } = require('./time.js');

const FAULTS = ['refuses', 'stands still', 'swallows commands', 'swallows answers', 'fails', 'is slow'];

/** Who carries what no delivery does; `none` only where turns are looked at. */
const CARRIERS = [['api'], ['nextMessage'], ['api', 'nextMessage']];

/**
 * What a world of answers is like: who carries them, how many processes there are, and what goes wrong.
 * @param {import('./random.js').Random} random
 * @param {{ count: number, kind?: 'answers' | 'turns' }} of
 */
function planAnswers(random, { count, kind = random.pick(['answers', 'turns']) }) {
  const processes = random.whole(1, 3);
  const lasts = Math.min(300_000, Math.max(20_000, count * (kind === 'turns' ? 1500 : 300)));
  const rough = random.chance(0.75);
  // Not of every kind, as one excuses what another must not do.
  const isSome = () => rough && random.chance(0.6);
  const some = (most) =>
    Array.from({ length: isSome() ? random.whole(1, random.pick([most, 4 * most])) : 0 });
  const when = () => random.between(1000, lasts + 30_000);
  const place = () => random.whole(0, processes - 1);
  const isInTurn = kind === 'turns';
  return {
    isInTurn,
    /** Milliseconds, of turns. */
    merge: random.pick([0, 0, 800, 2000]),
    carriers: isInTurn ? CARRIERS[0] : random.pick(CARRIERS),
    /** How often a question follows another one of its user within seconds. */
    follows: isInTurn ? 0.7 : random.pick([0, 0.2, 0.6]),
    /** How often a handler throws. */
    throws: isInTurn ? random.pick([0, 0, 0.2]) : 0,
    streams: random.pick([0, 0.3]),
    /** Of answers, in milliseconds, and in sentences of a hundred bytes. */
    lengths: isInTurn ? [0, 6000] : [3000, 40_000],
    sentences: isInTurn
      ? [1, 5]
      : random.pick([
          [1, 15],
          [10, 150],
          [10, 150],
        ]),
    /** How often an answer is ready in the moment in which WeChat hangs up. */
    meetsHangUp: isInTurn ? 0 : random.pick([0, 0, 0.5]),
    /** For how long a message of the API is on its way, and its confirmation. */
    api: random.pick([
      [15, 150],
      [300, 1500],
      [300, 1500],
    ]),
    /** How often the API refuses a message, where no other carrier follows. */
    apiFails: random.pick([0, 0, 0.05]),
    /** For how long a delivery is on its way. */
    network: random.pick([
      [1, 20],
      [1, 900],
    ]),
    /** How a user asks for more. */
    asksOn: random.pick([0.5, 0.95, 1]),
    asksTwice: random.pick([0, 0, 0.3]),
    processes,
    lasts,
    replyWindow: random.pick([5000, 15_000]),
    latency: random.pick([
      [0.2, 2],
      [5, 30],
    ]),
    crashes: some(3).map(() => ({ at: when(), place: place(), down: random.between(100, 20_000) })),
    pauses: some(4).map(() => ({
      at: when(),
      place: place(),
      ms: random.pick([2000, 20_000, 45_000, 60_000]),
    })),
    jumps: isSome() ? [{ at: when(), by: random.pick([-HOUR, HOUR]) }] : [],
    storeFaults: some(2).map(() => {
      const from = when();
      const low = random.between(20, 300);
      const ms = random.pick([400, 3000, 12_000, 50_000]);
      return { kind: random.pick(FAULTS), from, to: from + ms, latency: [low, 2 * low] };
    }),
  };
}

module.exports = { planAnswers };
