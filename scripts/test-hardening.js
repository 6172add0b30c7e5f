'use strict';

// `npm run test:hardening`: what takes too long for every change. Each step prints its figures;
// `npm run test:hardening -- soak` runs the steps whose name contains “soak”.

const { spawnSync } = require('node:child_process');
const path = require('node:path');

/** @type {[name: string, command: string, args: string[]][]} */
const steps = [
  ['supply chain', 'npm', ['run', '--silent', 'test:supply']],
  ['constant time', 'npm', ['run', '--silent', 'test:timing']],
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
  return spawnSync(command, args, { cwd: path.join(__dirname, '..'), stdio: 'inherit' }).status === 0;
}
