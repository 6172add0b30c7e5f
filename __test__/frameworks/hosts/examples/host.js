'use strict';

// Every example of a framework, started as its first lines say, and asked by `wechat-push doctor`.

const { execFile, spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { promisify } = require('node:util');
const bun = require('../bun/start.js');
const deno = require('../deno/start.js');

const root = path.join(__dirname, '../../../..');
const copies = path.join(__dirname, 'copies');
const WITH_ENV = '--env-file=../demo.env';

/** What starts each, in its folder; `npm start` where nothing is said. */
const starts = {
  koa: () => [process.execPath, WITH_ENV, 'server.js'],
  'koa without a handler': () => [process.execPath, WITH_ENV, 'without-handler.js'],
  fastify: () => [process.execPath, WITH_ENV, 'server.js'],
  'fastify without a handler': () => [process.execPath, WITH_ENV, 'without-handler.js'],
  serverless: () => [process.execPath, WITH_ENV, 'local.js'],
  hono: () => ['npm', 'start'],
  nestjs: () => ['npm', 'start'],
  'nestjs on Fastify': () => [process.execPath, WITH_ENV, 'on-fastify.mjs'],
  midway: () => ['npm', 'start'],
  egg: () => ['npm', 'start'],
  nextjs: () => ['npm', 'start'],
  'fetch on Bun': (port) => [bun().command, WITH_ENV, '--port', port, 'server.mjs'],
  'fetch on Deno': (port) => [deno().command, 'serve', WITH_ENV, '--allow-all', '--port', port, 'server.mjs'],
};

module.exports = () => {
  // Next to what npm installed for them.
  fs.rmSync(copies, { recursive: true, force: true });
  fs.cpSync(path.join(root, 'examples'), copies, { recursive: true });
  const { dependencies } = require('./package.json');

  describe('the example', () => {
    test.each(Object.entries(starts))('%s passes doctor', async (name, start) => {
      const [folder] = name.split(' ');
      const port = await freePort();
      const server = run(start(port), path.join(copies, folder), {
        PORT: port,
        NEXT_TELEMETRY_DISABLED: '1',
      });
      try {
        await server.listening(port);
        const { stdout } = await doctor(port);
        expect(stdout).toContain('Nothing failed.');
      } finally {
        await server.end();
      }
    });

    test('each has here what its package.json asks for', () => {
      for (const name of fs.readdirSync(copies)) {
        const manifest = path.join(copies, name, 'package.json');
        // That one needs a Redis.
        if (name === 'queue' || !fs.existsSync(manifest)) continue;
        const { 'wechat-push': _, ...needed } = JSON.parse(fs.readFileSync(manifest)).dependencies;
        expect(dependencies).toMatchObject(needed);
      }
    });
  });
};

/** A program and those that it starts. */
function run([command, ...args], cwd, more) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...more }, detached: true });
  const exited = once(child, 'exit');
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  return {
    async listening(port) {
      for (;;) {
        if (await answers(port)) return;
        if (child.exitCode !== null) throw new Error(`it ended:\n${said}`);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
    async end() {
      if (child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      await exited;
    },
  };
}

async function answers(port) {
  const response = await fetch(`http://127.0.0.1:${port}/checkPushMsg`).catch(() => {});
  return response?.status === 400;
}

function doctor(port) {
  const cli = path.join(root, 'cli/wechat-push.js');
  const options = { ...process.env, ...demo(), LANG: 'en' };
  const url = `http://127.0.0.1:${port}/checkPushMsg`;
  return promisify(execFile)(process.execPath, [cli, 'doctor', url, '--lang', 'en'], { env: options });
}

/** The account of the examples. */
function demo() {
  const text = fs.readFileSync(path.join(copies, 'demo.env'), 'utf8');
  return Object.fromEntries(Array.from(text.matchAll(/^(\w+)=(.*)$/gm), ([, name, value]) => [name, value]));
}

async function freePort() {
  const server = net.createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
