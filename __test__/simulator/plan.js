'use strict';

const { HOUR } = require('./time.js');

const STORE_FAULTS = [
  'refuses',
  'stands still',
  'swallows commands',
  'swallows answers',
  'fails',
  'is cut off',
  'is slow',
  'loses its data',
];

/** Faults come while the first deliveries are on their way. */
const FAULTS_WITHIN = 25_000;

/**
 * What a world is like: how many processes and pushes it has, and what goes wrong.
 * @param {import('./random.js').Random} random
 */
function planWorld(random) {
  const shared = random.chance(0.75);
  const processes = shared ? random.whole(1, 3) : 1;
  // Some worlds are without faults, so that nothing excuses a broken promise there.
  const rough = random.chance(0.6);
  const often = (probability) => (rough && random.chance(probability) ? random.whole(1, 4) : 0);
  const plan = {
    shared,
    processes,
    replyWindow: random.pick([5000, 15000]),
    lease: random.chance(0.7) ? 3000 : random.whole(5, 40) * 100,
    remember: HOUR,
    latency: random.pick([
      [0.2, 2],
      [1, 10],
      [5, 40],
    ]),
    network: random.pick([
      [1, 20],
      [20, 200],
      [20, 900],
    ]),
    plaintext: random.chance(0.4),
    neverReturns: random.chance(0.2),
    throws: random.pick([0, 0.15, 0.5]),
    hangsUp: random.pick([0, 0, 0.3, 0.6]),
    isSilent: random.pick([0, 0, 0, 0.3]),
    isLost: random.pick([0, 0, 0.3]),
    duplicates: random.pick([0, 0, 0.3, 0.8]),
    copiesAtEnd: random.pick([0, 0, 0.3]),
    retryAfter: random.pick([
      [0, 0],
      [0, 900],
      [0, 4000],
      [0, 30_000],
      [0, 600_000],
    ]),
    pushes: random.whole(2, 12),
    /** @type {{ at: number, place: number, down: number }[]} */
    crashes: [],
    /** @type {{ at: number, place: number, ms: number }[]} */
    pauses: [],
    /** @type {{ at: number, by: number }[]} */
    jumps: [],
    /** @type {import('./network.js').StoreFault[]} */
    storeFaults: [],
  };
  const when = () => random.between(0, FAULTS_WITHIN);
  const place = () => random.whole(0, processes - 1);
  repeat(often(0.4), () =>
    plan.crashes.push({ at: when() / 2, place: place(), down: random.between(100, 10_000) }),
  );
  repeat(often(0.4), () =>
    plan.pauses.push({ at: when(), place: place(), ms: random.pick([700, 2500, 8000]) * random.next() }),
  );
  if (shared) repeat(often(0.6), () => plan.storeFaults.push(storeFault(random, when(), place())));
  if (rough && shared && random.chance(0.4)) random.pick([doubleBlow, hiccups])(plan, random);
  // They have no effect, so they belong to worlds without faults, too.
  repeat(random.chance(0.4) ? 2 : 0, () => plan.jumps.push({ at: when(), by: random.pick([-HOUR, HOUR]) }));
  return plan;
}

/** The store is gone soon after a process, so that nobody can know what became of its handlers. */
function doubleBlow(plan, random) {
  plan.processes = random.whole(2, 3);
  plan.duplicates = 0.8;
  plan.throws = 0;
  for (let i = 0; i < 3; i++) {
    const at = random.between(2000, 12_000);
    const from = at + random.between(300, 2500);
    plan.crashes.push({ at, place: random.whole(0, plan.processes - 1), down: 8000 });
    const kind = random.pick(['refuses', 'swallows commands', 'fails']);
    plan.storeFaults.push({ kind, from, to: from + 8000 });
  }
}

/** The store is away for moments, again and again, while copies of a delivery come in. */
function hiccups(plan, random) {
  plan.duplicates = 0.8;
  plan.copiesAtEnd = 0.8;
  plan.pushes = 24;
  plan.processes = random.whole(1, 2);
  for (let at = 0; at < FAULTS_WITHIN; at += random.between(300, 1500)) {
    const kind = random.pick(['refuses', 'swallows commands', 'swallows answers', 'fails']);
    plan.storeFaults.push({ kind, from: at, to: at + random.between(20, 600) });
  }
}

function storeFault(random, from, place) {
  const kind = random.pick(STORE_FAULTS);
  const ms =
    kind === 'loses its data' ? 0 : random.pick([50, 400, 3000, 12_000, 40_000]) * random.between(0.5, 1.5);
  const low = random.between(20, 300);
  return {
    kind,
    from,
    to: from + ms,
    latency: /** @type {[number, number]} */ ([low, low * random.between(1, 3)]),
    place: kind !== 'loses its data' && random.chance(0.4) ? place : undefined,
  };
}

function repeat(times, act) {
  for (let i = 0; i < times; i++) act();
}

module.exports = { planWorld };
