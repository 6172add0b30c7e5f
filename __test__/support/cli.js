'use strict';

// The command as a test runs it, and servers for it to ask.

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { Readable } = require('node:stream');
const express = require('express');
const { checkPush, messagePush } = require('../..');
const { run } = require('../../cli/main.js');
const { closeServers, serve } = require('./servers.js');
const { account } = require('./wechat.js');

const bin = path.join(__dirname, '..', '..', 'cli', 'wechat-push.js');
const NODE_OPTIONS = `--require ${path.join(__dirname, 'resolver.js')}`;

/** The options of an account with a key, and without. */
const ACCOUNT = [
  `--token=${account.token}`,
  `--app-id=${account.appId}`,
  `--encoding-aes-key=${account.encodingAESKey}`,
];
const TOKEN = ['--token', account.token];

/** What ends with the test. */
const open = [];
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wechat-push-cli-'));

/** Runs the command in this process. */
async function cli(args, { env = {}, tty = false, stdin = '', pause = 20 } = {}) {
  const written = { stdout: '', stderr: '' };
  const stream = (name) => ({ isTTY: tty, write: (text) => (written[name] += text) });
  const io = { stdout: stream('stdout'), stderr: stream('stderr'), stdin: Readable.from([stdin]), pause };
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

/** For `afterEach`: ends all servers. */
async function closeAll() {
  for (const close of open.splice(0)) close();
  await closeServers();
}

/** For `afterAll`: removes the files. */
function removeFiles() {
  fs.rmSync(folder, { recursive: true });
}

/** Listens on loopback; resolves to the port. */
async function listen(server) {
  const sockets = new Set();
  server.on('connection', (socket) => {
    sockets.add(socket.on('error', () => {}));
  });
  open.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server.address().port;
}

/** A server that answers sockets as it likes. */
const raw = async (onSocket) => `http://127.0.0.1:${await listen(net.createServer(onSocket))}/wx`;

/** An Express server; resolves to the URL of its path /wx. */
const app = async (...middleware) => `${await serve(express().use('/wx', ...middleware))}/wx`;

const right = (more, handler = (message) => message.MsgType === 'text' && `You said: ${message.Content}`) =>
  messagePush({ ...account, onReject: () => {}, ...more }, handler);

function file(name, text) {
  const at = path.join(folder, name);
  fs.writeFileSync(at, text);
  return at;
}

/** A right answer to GET, and any to POST. */
function lenient() {
  const echoed = (req, res, next) => {
    if (req.method !== 'GET') return next();
    if (checkPush(req.query, account.token)) return res.type('text').send(req.query.echostr);
    res.status(400).end();
  };
  const push = (body) => (req, res) => {
    req.resume().once('end', () => res.type('text').send(body()));
  };
  return { echoed, push };
}

module.exports = {
  ACCOUNT,
  TOKEN,
  app,
  cli,
  closeAll,
  file,
  folder,
  lenient,
  listen,
  open,
  raw,
  removeFiles,
  right,
  start,
};
