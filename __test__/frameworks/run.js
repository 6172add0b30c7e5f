'use strict';

// npm run test:frameworks [-- name …]
//
// Installs the frameworks and runtimes of hosts/ (all, or those named), runs the conformance suite on each in a
// process of its own, and says for each what became of it. Exit code 1 when any failed.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { installOurs } = require('./own-package.js');

const modules = path.join(__dirname, 'node_modules');
const all = fs.readdirSync(path.join(__dirname, 'hosts')).sort();
const TEN_MINUTES = 600_000;

main(process.argv.slice(2));

/** @param {string[]} given */
function main(given) {
  const unknown = given.filter((name) => !all.includes(name));
  if (unknown.length > 0) return fail(`there is no ${unknown.join(', ')}; there are ${all.join(', ')}`);
  const names = given.length > 0 ? given : all;
  install(names);
  const results = names.map(resultOf);
  for (const { name, words } of results) say(`${name.padEnd(12)} ${words}`);
  process.exitCode = results.some(({ failed }) => failed) ? 1 : 0;
}

/** What the lock file says, of these. @param {string[]} names */
function install(names) {
  const workspaces = names.filter((name) => fs.existsSync(manifestOf(name)));
  const each = workspaces.flatMap((name) => ['--workspace', path.join('hosts', name)]);
  // Nothing of a stranger runs here that does not have to.
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--include-workspace-root'];
  const { status } = spawnSync('npm', ['ci', ...options, ...each], { cwd: __dirname, stdio: 'inherit' });
  if (status !== 0) process.exit(fail('npm ci failed'));
  installOurs();
}

/** @param {string} name */
function resultOf(name) {
  const { skip, command = process.execPath, args = [], env } = howToStart(name);
  if (skip) return { name, words: `not tested: ${skip}` };
  say(`\n${name}: ${versionsOf(name)}`);
  const { stdout, stderr, status, signal } = spawnSync(
    command,
    [...args, path.join(__dirname, 'run-host.js'), name],
    { cwd: __dirname, encoding: 'utf8', env: { ...process.env, ...env }, timeout: TEN_MINUTES },
  );
  const [count] = stdout.match(/^passed \d+ failed \d+$/m) ?? [];
  const failed = status !== 0 || !count;
  if (failed) process.stdout.write(`${stdout}${stderr.slice(-5000)}\n`);
  const ended = count ?? `ended early, with ${signal ?? status}`;
  say(`${name}: ${ended}`);
  return { name, failed, words: `${ended}   ${versionsOf(name)}` };
}

/** With Node, unless a host has a way of its own. @param {string} name */
function howToStart(name) {
  const own = path.join(__dirname, 'hosts', name, 'start.js');
  return fs.existsSync(own) ? require(own)() : {};
}

/** Of what a host depends on. @param {string} name */
function versionsOf(name) {
  if (!fs.existsSync(manifestOf(name))) return '';
  const { dependencies } = JSON.parse(fs.readFileSync(manifestOf(name), 'utf8'));
  return Object.keys(dependencies)
    .map((one) => `${one} ${versionOf(name, one)}`)
    .join(', ');
}

function versionOf(name, dependency) {
  const places = [path.join(__dirname, 'hosts', name, 'node_modules'), modules];
  const file = places.map((place) => path.join(place, dependency, 'package.json')).find(fs.existsSync);
  return file ? JSON.parse(fs.readFileSync(file, 'utf8')).version : 'is not there';
}

/** @param {string} name */
function manifestOf(name) {
  return path.join(__dirname, 'hosts', name, 'package.json');
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function fail(text) {
  process.stderr.write(`${text}\n`);
  return (process.exitCode = 1);
}
