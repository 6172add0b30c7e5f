'use strict';

// Runs the tests of one host, on whatever runtime this is started with:
//   node __test__/frameworks/run-host.js koa2 [only tests whose name has this]

const path = require('node:path');
const { install, results } = require('./harness.js');

const [, , name, only = ''] = process.argv;

main();

async function main() {
  install();
  await require(path.join(__dirname, 'hosts', name, 'host.js'))();
  let passed = 0;
  const failed = [];
  for await (const { title, error } of results(new RegExp(only))) {
    if (error === undefined) passed++;
    else failed.push(`● ${title}\n\n${error}\n`);
  }
  for (const failure of failed) process.stdout.write(`${failure}\n`);
  process.stdout.write(`passed ${passed} failed ${failed.length}\n`);
  process.exit(failed.length === 0 && passed > 0 ? 0 : 1);
}
