'use strict';

// Opens so many accounts, so many times, each time collecting those before; prints the highest number that one got.

const engine = require('../../lib/engine/index.js');

const [rounds, accounts] = process.argv.slice(2).map(Number);

main();

async function main() {
  const given = [];
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < accounts; i++) given.push(open().number);
    await collect();
  }
  console.log(JSON.stringify({ opened: given.length, highest: Math.max(...given) }));
}

function open() {
  return engine.openAccount({ tokens: ['x12'], encodingAesKeys: [], tolerance: 0, bodyLimit: 1 });
}

/** What is forgotten is told in a later turn. */
async function collect() {
  for (let i = 0; i < 5; i++) {
    globalThis.gc();
    await new Promise(setImmediate);
  }
}
