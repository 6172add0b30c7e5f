'use strict';

// The tarball that users install, for the scripts that try it: the one named on the command line, or a fresh one.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = path.join(__dirname, '..', '..');

/** A folder of its own for what a script tries, which goes when the process does. @param {string} name */
function workFolder(name) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `wechat-push-${name}-`));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/**
 * Unpacks the tarball into `work` and says where it is and what is in it.
 * @param {string} work
 * @param {string | undefined} given
 */
function tarball(work, given) {
  const file = given ? copy(given, work) : pack(work);
  run('tar', ['-xzf', path.basename(file)], work);
  const folder = path.join(work, 'package');
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  const size = fs.statSync(file).size;
  return { file, folder, files, size };
}

/** Into the folder that it is unpacked in: some `tar` take the drive of Windows for a host. @param {string} file @param {string} into */
function copy(file, into) {
  const copied = path.join(into, path.basename(file));
  fs.copyFileSync(file, copied);
  return copied;
}

/** @param {string} into */
function pack(into) {
  const { stdout } = run('npm', ['pack', '--json', '--pack-destination', into], root);
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[')));
  return path.join(into, filename);
}

/** The environment of a user who has no Rust: one that fails stands before any other. @param {string} work */
function withoutCargo(work) {
  const folder = path.join(work, 'no-rust');
  fs.mkdirSync(folder, { recursive: true });
  for (const name of ['cargo', 'rustc']) {
    fs.writeFileSync(path.join(folder, name), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    fs.writeFileSync(path.join(folder, `${name}.cmd`), '@exit /b 1\r\n');
  }
  return { ...process.env, PATH: `${folder}${path.delimiter}${process.env.PATH}` };
}

/**
 * Runs a command to its end; one that fails throws, with what it said.
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} [env]
 */
function run(command, args, cwd, env = process.env) {
  const done = runAnyhow(command, args, cwd, env);
  if (done.status === 0) return done;
  throw new Error(`${command} ${args.join(' ')} failed in ${cwd}\n${done.stdout}${done.stderr}`);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} [env]
 */
function runAnyhow(command, args, cwd, env = process.env) {
  // On Windows npm and npx are scripts of its shell.
  const shell = process.platform === 'win32' && /^np[mx]$/.test(command);
  const words = shell ? args.map((arg) => (/[\s&|<>^]/.test(arg) ? `"${arg}"` : arg)) : args;
  const done = spawnSync(command, words, { cwd, env, encoding: 'utf8', shell });
  if (done.error) throw done.error;
  return done;
}

module.exports = { root, run, runAnyhow, tarball, withoutCargo, workFolder };
