'use strict';

// node __test__/simulator/answers-run.js [worlds] [answers] [users] [first seed] [say]: simulates worlds of slow answers, and
// says which promises broke; with `say`, all that happens.

const { AnswersWorld } = require('./answers-world.js');

async function main(worlds, count, users, first, say) {
  const totals = { events: 0, answers: 0, parts: 0, runs: 0, crashes: 0 };
  let failed = 0;
  for (let seed = first; seed < first + worlds; seed++) {
    const world = new AnswersWorld(seed, { count, users, write: say && console.log });
    const broken = await world.run();
    totals.events += world.time.events;
    totals.answers += count;
    totals.crashes += world.plan.crashes.length;
    for (const { runs, got } of world.answers) {
      totals.runs += runs.length;
      totals.parts += got.length;
    }
    if (broken.length === 0) continue;
    failed++;
    console.log(
      `seed ${seed}:\n${broken
        .slice(0, 10)
        .map((text) => `  ${text}`)
        .join('\n')}`,
    );
  }
  console.log(
    `${worlds} worlds, ${totals.events} events: ${totals.answers} answers, ${totals.runs} runs of a handler, ` +
      `${totals.parts} parts, ${totals.crashes} crashes; ${failed} worlds with a broken promise`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
}

const [worlds = '40', count = '40', users = '8', first = '0', say] = process.argv.slice(2);
main(Number(worlds), Number(count), Number(users), Number(first), say);
