'use strict';

// node __test__/simulator/replay.js SEED: simulates one world, and says all that happens in it.

const { inspect } = require('node:util');
const { World } = require('./world.js');

async function main(seed) {
  const world = new World(seed, console.log);
  console.log(inspect(world.plan, { depth: 4 }));
  const broken = await world.run();
  console.log(
    broken.length === 0 ? 'every promise was kept' : broken.map((text) => `BROKEN: ${text}`).join('\n'),
  );
  process.exitCode = broken.length === 0 ? 0 : 1;
}

main(Number(process.argv[2]));
