'use strict';

// node __test__/simulator/run.js [worlds] [first seed]: simulates worlds, and says which promises broke.

const { World } = require('./world.js');

/** So many failing seeds are enough to begin with. */
const MOST_FAILURES = Number(process.env.MOST ?? 10);

async function main(worlds, first) {
  const totals = { worlds: 0, events: 0, pushes: 0, deliveries: 0, runs: 0, shared: 0, faults: 0 };
  const failed = [];
  for (let seed = first; seed < first + worlds && failed.length < MOST_FAILURES; seed++) {
    const world = new World(seed);
    const broken = await world.run();
    count(totals, world);
    if (broken.length === 0) continue;
    failed.push(seed);
    console.log(`seed ${seed}:\n${broken.map((text) => `  ${text}`).join('\n')}`);
  }
  console.log(
    `${totals.worlds} worlds (${totals.shared} with a shared store, ${totals.faults} with faults), ` +
      `${totals.events} events: ${totals.pushes} pushes, ${totals.deliveries} deliveries, ` +
      `${totals.runs} runs of a handler; ${failed.length} worlds with a broken promise`,
  );
  if (failed.length === 0) return;
  console.log(`The first of them, again by node __test__/simulator/replay.js ${failed[0]}:`);
  await new World(failed[0], console.log).run();
  process.exitCode = 1;
}

function count(totals, { plan, time, pushes, lives }) {
  totals.worlds++;
  totals.events += time.events;
  totals.pushes += pushes.length;
  totals.shared += plan.shared ? 1 : 0;
  totals.faults += plan.crashes.length + plan.pauses.length + plan.storeFaults.length > 0 ? 1 : 0;
  for (const { deliveries } of lives) totals.deliveries += deliveries.length;
  for (const { runs } of pushes) totals.runs += runs.length;
}

main(Number(process.argv[2] ?? 300), Number(process.argv[3] ?? 0));
