'use strict';

// node __test__/simulator/answers-run.js [worlds] [questions] [users] [first seed] [answers | turns | any] [say]: simulates
// worlds of slow answers, over carriers or kept for the next message, and of turns; says which promises broke; with `say`,
// all that happens.

const { AnswersWorld } = require('./answers-world.js');

async function main(worlds, count, users, first, kind, say) {
  const totals = { events: 0, answers: 0, sentences: 0, runs: 0, crashes: 0, turns: 0, kept: 0 };
  let failed = 0;
  for (let seed = first; seed < first + worlds; seed++) {
    const world = new AnswersWorld(seed, { count, users, kind, write: say && console.log });
    const broken = await world.run();
    add(totals, world, count);
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
    `${worlds} worlds (${totals.kept} with kept answers, ${totals.turns} with turns), ${totals.events} events: ` +
      `${totals.answers} answers, ${totals.runs} runs of a handler, ${totals.sentences} sentences, ` +
      `${totals.crashes} crashes; ${failed} worlds with a broken promise`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
}

function add(totals, { time, plan, answers, calls }, count) {
  totals.events += time.events;
  totals.answers += count;
  totals.crashes += plan.crashes.length;
  totals.turns += plan.isInTurn ? 1 : 0;
  totals.kept += plan.carriers.includes('nextMessage') ? 1 : 0;
  totals.runs += calls.length;
  for (const { got } of answers) totals.sentences += got.length;
}

// Of what fails in a world there are warnings, as there are to be.
process.removeAllListeners('warning');
const [worlds = '40', count = '40', users = '8', first = '0', kind = 'any', say] = process.argv.slice(2);
main(Number(worlds), Number(count), Number(users), Number(first), kind === 'any' ? undefined : kind, say);
