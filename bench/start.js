'use strict';

// In a process of its own: milliseconds of the parts of a first `require`, as JSON.

// What Node itself loads only once it is asked for, by whichever part comes first.
const node = timed(() => {
  for (const name of ['buffer', 'crypto', 'fs', 'path', 'stream', 'util']) require(`node:${name}`);
});
// They know no engine, but every engine needs them.
const before = timed(() => [require('../lib/errors.js'), require('../lib/engine/machine.js')]);
const engine = timed(() => {
  const { checker } = require('../lib/engine/index.js');
  checker('token')('signature', '1', 'nonce');
});
const after = timed(() => require('..'));

console.log(JSON.stringify({ node, engine, rest: before + after }));

function timed(run) {
  const from = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - from) / 1e6;
}
