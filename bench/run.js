'use strict';

// Every comparison runs side by side in this one process; read the ratios, not the nanoseconds.

const os = require('node:os');
const { floor } = require('./floor.js');
const { printTable } = require('./table.js');

const groups = { checkPush: './check-push.js', handshake: './handshake.js' };

main();

async function main() {
  console.log(`${new Date().toISOString().slice(0, 10)}, ${machine()}`);
  const core = floor();
  const wanted = process.argv.slice(2);
  for (const [name, file] of Object.entries(groups)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    printTable(await require(file).run(core));
  }
}

function machine() {
  const [cpu] = os.cpus();
  return `${cpu.model}, ${os.cpus().length} cores, Node ${process.versions.node}, ${os.platform()} ${os.arch()}`;
}
