'use strict';

const { execFileSync } = require('node:child_process');
const path = require('node:path');

/** What the Rust core takes without JavaScript, in ns per call, by name. */
function floor() {
  const args = ['bench', '--quiet', '--locked', '--package', 'wechat-push-core'];
  const cwd = path.join(__dirname, '..');
  const output = execFileSync('cargo', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = [...output.matchAll(/^(\S+) ([\d.]+)$/gm)];
  return Object.fromEntries(lines.map(([, name, ns]) => [name, Number(ns)]));
}

module.exports = { floor };
