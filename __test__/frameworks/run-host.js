'use strict';

// Runs the tests of one host, on whatever runtime this is started with:
//   node __test__/frameworks/run-host.js koa2 [only tests whose name has this]

const path = require('node:path');
const { folder } = require('../support/under-test.js');
const { install, results } = require('./harness.js');

const [, , name, only = ''] = process.argv;

main();

async function main() {
  install();
  await require(path.join(__dirname, 'hosts', name, 'host.js'))();
  /** By adapter. @type {Record<string, { passed: number, failed: string[] }>} */
  const adapters = {};
  const failures = [];
  for await (const { title, error } of results(new RegExp(only))) {
    const [adapter, ...test] = title.split(' › ');
    const counts = (adapters[adapter] ??= { passed: 0, failed: [] });
    if (error === undefined) counts.passed++;
    else {
      counts.failed.push(test.join(' › '));
      failures.push(`● ${title}\n\n${error}\n`);
    }
  }
  for (const failure of failures) process.stdout.write(`${failure}\n`);
  const passed = Object.values(adapters).reduce((sum, one) => sum + one.passed, 0);
  process.stdout.write(`result ${JSON.stringify({ folder, adapters })}\n`);
  process.stdout.write(`passed ${passed} failed ${failures.length}\n`, () =>
    process.exit(failures.length === 0 && passed > 0 ? 0 : 1),
  );
}
