'use strict';

const { spawn } = require('node:child_process');
const path = require('node:path');
const { Readable } = require('node:stream');
const { run } = require('../../cli/main.js');

const bin = path.join(__dirname, '..', '..', 'cli', 'wechat-push.js');
const NODE_OPTIONS = `--require ${path.join(__dirname, 'resolver.js')}`;

/** Runs the command in this process. */
async function cli(args, { env = {}, tty = false, stdin = '' } = {}) {
  const written = { stdout: '', stderr: '' };
  const stream = (name) => ({ isTTY: tty, write: (text) => (written[name] += text) });
  const io = { stdout: stream('stdout'), stderr: stream('stderr'), stdin: Readable.from([stdin]) };
  const status = await run(args, { ...io, env: { LANG: 'en_US.UTF-8', ...env } });
  return { status, ...written };
}

/** Starts the command as a user does; `ended` resolves to its status and what it wrote. */
function start(args, { env = {}, stdio = 'pipe' } = {}) {
  const child = spawn(process.execPath, [bin, ...args], {
    env: { ...process.env, WECHAT_PUSH_TOKEN: '', LC_ALL: 'en_US.UTF-8', NODE_OPTIONS, ...env },
    stdio,
  });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name]?.on('data', (chunk) => (written[name] += chunk));
  const ended = new Promise((resolve) => {
    child.once('close', (status, signal) => resolve({ status, signal, ...written }));
  });
  return { child, ended };
}

module.exports = { cli, start };
