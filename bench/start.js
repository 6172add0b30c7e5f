'use strict';

// In a process of its own: milliseconds of a first `require`, whole or of its parts, as JSON.

const { createRequire } = require('node:module');
const path = require('node:path');

console.log(JSON.stringify(process.argv[2] === 'whole' ? whole() : parts()));

/** As an app has it, with what Node itself loads for it; then its first endpoint. */
function whole() {
  return {
    whole: timed(() => require('..')),
    endpoint: timed(() => require('..').messagePush({ token: 'sesame', mode: 'plain' }, () => {})),
  };
}

function parts() {
  // What Node itself loads only once it is asked for, by whichever part comes first: modules, and what finds a package
  // by its name, as an app has done that got here.
  const node = timed(() => {
    createRequire(path.join(__dirname, '..', 'index.js')).resolve('wechat-push');
    for (const name of ['buffer', 'crypto', 'fs', 'path', 'stream', 'util']) require(`node:${name}`);
  });
  // They know no engine, but every engine needs them.
  const before = timed(() => [require('../lib/errors.js'), require('../lib/engine/machine.js')]);
  const engine = timed(() => {
    const { checker } = require('../lib/engine/index.js');
    checker('token')('signature', '1', 'nonce');
  });
  const after = timed(() => require('..'));

  return { node, engine, rest: before + after };
}

function timed(run) {
  const from = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - from) / 1e6;
}
