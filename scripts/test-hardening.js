'use strict';

// What is too long for every `npm test`: the same properties with many more values. Each step prints its
// figures; the first that fails ends the run.

const { spawnSync } = require('node:child_process');
const path = require('node:path');

const root = path.join(__dirname, '..');

/** How much more than in `npm test`; say another by WECHAT_PUSH_RUNS. */
const WECHAT_PUSH_RUNS = process.env.WECHAT_PUSH_RUNS ?? '20';

const jest = require.resolve('jest/bin/jest');

/** What it is, and how it is run. @type {[string, string, string[]][]} */
const steps = [
  [`properties, ${WECHAT_PUSH_RUNS} times`, process.execPath, [jest, '--verbose', '__test__/properties']],
  ['limits of the core', 'cargo', ['test', '--locked', '-p', 'wechat-push-core', '--test', 'limits']],
];

for (const [name, command, args] of steps) {
  console.log(`\n== ${name}`);
  const begun = performance.now();
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, WECHAT_PUSH_RUNS },
  });
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  if (status !== 0) {
    console.error(`${name}: failed after ${seconds} s${error ? `: ${error.message}` : ''}`);
    process.exit(1);
  }
  console.log(`${name}: ${seconds} s`);
}
