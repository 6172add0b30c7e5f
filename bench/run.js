'use strict';

// Every comparison runs side by side in this one process; read the ratios, not the nanoseconds.

const os = require('node:os');
const { installPeers } = require('./peers.js');

installPeers();

const { coreAlone } = require('./floor.js');
const { printTable } = require('./table.js');

const files = [
  'check-push',
  'handshake',
  'messages',
  'engines',
  'sealing',
  'growth',
  'http',
  'delivery',
  'accounts',
  'long-answers',
];

main();

async function main() {
  console.log(`${new Date().toISOString().slice(0, 10)}, ${machine()}`);
  let core;
  const wanted = process.argv.slice(2);
  for (const file of files) {
    if (wanted.length > 0 && !wanted.includes(file)) continue;
    for (const group of require(`./${file}.js`).groups) {
      // Those that take what the core takes want it measured.
      if (group.length > 0) core ??= coreAlone();
      printTable(await group(core));
    }
  }
}

function machine() {
  const [cpu] = os.cpus();
  return `${cpu.model}, ${os.cpus().length} cores, Node ${process.versions.node}, ${os.platform()} ${os.arch()}`;
}
