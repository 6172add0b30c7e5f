'use strict';

// Installs the frameworks and runtimes of a folder like this one, and runs the conformance suite on each in a process
// of its own.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const TEN_MINUTES = 600_000;

/** @param {string} folder */
function allHosts(folder) {
  return fs.readdirSync(path.join(folder, 'hosts')).sort();
}

/** What the lock file says, of these. @param {string} folder @param {string[]} names */
function installHosts(folder, names) {
  const workspaces = names.filter((name) => fs.existsSync(manifestOf(folder, name)));
  const each = workspaces.flatMap((name) => ['--workspace', path.join('hosts', name)]);
  // Nothing of a stranger runs here that does not have to.
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--include-workspace-root'];
  const { status } = spawnSync('npm', ['ci', ...options, ...each], { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error('npm ci failed');
}

/**
 * What became of the suite: how many passed and which did not, by adapter; or why it was not run.
 * @param {string} folder
 * @param {string} name
 * @param {{ command?: string, args?: string[], env?: NodeJS.ProcessEnv }} [runtime] Node, unless the host has its own
 */
function runHost(folder, name, runtime = {}) {
  const own = path.join(folder, 'hosts', name, 'start.js');
  const { skip, ...start } = { ...runtime, ...(fs.existsSync(own) ? require(own)() : {}) };
  if (skip) return { skip };
  const { command = process.execPath, args = [], env } = start;
  const { stdout, stderr, status, signal } = spawnSync(
    command,
    [...args, path.join(folder, 'run-host.js'), name],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ...env },
      timeout: TEN_MINUTES,
      maxBuffer: 2 ** 28,
    },
  );
  const [, result] = stdout.match(/^result (.*)$/m) ?? [];
  const [count] = stdout.match(/^passed \d+ failed \d+$/m) ?? [];
  const failed = status !== 0 || !count;
  if (failed) process.stdout.write(`${stdout}${stderr.slice(-5000)}\n`);
  const words = count ?? `ended early, with ${signal ?? status}`;
  return { failed, words, ...(result ? JSON.parse(result) : { adapters: {} }) };
}

/** Of what a host depends on. @param {string} folder @param {string} name @returns {Record<string, string>} */
function versionsOf(folder, name) {
  if (!fs.existsSync(manifestOf(folder, name))) return {};
  const { dependencies } = read(manifestOf(folder, name));
  const places = [path.join(folder, 'hosts', name, 'node_modules'), path.join(folder, 'node_modules')];
  return Object.fromEntries(Object.keys(dependencies).map((one) => [one, versionIn(places, one)]));
}

/** @param {string[]} places @param {string} dependency */
function versionIn(places, dependency) {
  const file = places.map((place) => path.join(place, dependency, 'package.json')).find(fs.existsSync);
  return file ? read(file).version : 'is not there';
}

/** @param {string} folder @param {string} name */
function manifestOf(folder, name) {
  return path.join(folder, 'hosts', name, 'package.json');
}

function read(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

module.exports = { allHosts, installHosts, runHost, versionsOf };
