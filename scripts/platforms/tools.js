'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { fail, root } = require('../cargo.js');
const { GLIBC } = require('./targets.js');

/** What is installed for other platforms, and what is built there. */
const folder = path.join(root, 'target', 'platforms');
const bin = path.join(folder, 'python', 'bin');
const python = path.join(bin, 'python');

/** Python with Zig, which links for every platform, and with what looks into addons; in a folder of its own. */
function installTools() {
  const requirements = path.join(__dirname, 'requirements.txt');
  const installed = path.join(path.dirname(bin), 'requirements.txt');
  if (fs.existsSync(installed) && readText(installed) === readText(requirements)) return;
  run('python3', ['-m', 'venv', path.dirname(bin)]);
  run(python, ['-m', 'pip', 'install', '--quiet', '--no-deps', '--requirement', requirements]);
  // cargo-zigbuild looks for a command of that name.
  fs.writeFileSync(path.join(bin, 'zig'), `#!/bin/sh\nexec '${python}' -m ziglang "$@"\n`, { mode: 0o755 });
  fs.copyFileSync(requirements, installed);
}

/** What cannot be run here is at least looked into. @param {string[]} files */
function inspect(files) {
  runScript('inspect-addons.py', [GLIBC, ...files]);
}

/** @param {string} name @param {string[]} args */
function runScript(name, args) {
  run(python, [path.join(__dirname, name), ...args]);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
function run(command, args, env = process.env) {
  const { error, status } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
  if (error || status !== 0) fail(`${command} ${args[0]} failed${error ? `: ${error.message}` : ''}`);
}

/** @param {string} file */
function readText(file) {
  return fs.readFileSync(file, 'utf8');
}

module.exports = { bin, folder, inspect, installTools, python, run, runScript };
