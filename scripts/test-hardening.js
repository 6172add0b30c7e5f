'use strict';

// `npm run test:hardening`: what takes too long for every change. Each step prints its figures;
// `npm run test:hardening -- soak` runs the steps whose name contains “soak”.

const { spawnSync } = require('node:child_process');
const path = require('node:path');

/** How much more the properties try than in `npm test`. */
const { WECHAT_PUSH_RUNS = '20', WORLDS = '20000', FIRST_SEED = '0' } = process.env;
const jest = require.resolve('jest/bin/jest');

/** What it is, and how it is run. @type {[name: string, command: string, args: string[]][]} */
const steps = [
  ['supply chain', 'npm', ['run', '--silent', 'test:supply']],
  ['deliveries in simulated worlds', 'node', ['__test__/simulator/run.js', WORLDS, FIRST_SEED]],
  [
    'answers in simulated worlds',
    'node',
    ['__test__/simulator/answers-run.js', '2000', '30', '6', FIRST_SEED],
  ],
  [`properties, ${WECHAT_PUSH_RUNS} times`, 'node', [jest, '--verbose', '__test__/properties']],
  ['limits of the core', 'cargo', ['test', '--locked', '-p', 'wechat-push-core', '--test', 'limits']],
  ['constant time', 'npm', ['run', '--silent', 'test:timing']],
  ['fuzzing', 'npm', ['run', '--silent', 'fuzz', '--', '60']],
  ['AddressSanitizer', 'npm', ['run', '--silent', 'test:asan']],
  ['Miri', 'npm', ['run', '--silent', 'test:miri']],
  ['soak', 'npm', ['run', '--silent', 'soak']],
];

const asked = process.argv[2] ?? '';
const failed = steps.filter(([name]) => name.includes(asked)).filter((step) => !passes(step));
for (const [name] of failed) console.error(`test:hardening: ${name} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** @param {[name: string, command: string, args: string[]]} step */
function passes([name, command, args]) {
  console.log(`\ntest:hardening: ${name}`);
  const env = { ...process.env, WECHAT_PUSH_RUNS };
  return spawnSync(command, args, { cwd: path.join(__dirname, '..'), env, stdio: 'inherit' }).status === 0;
}
