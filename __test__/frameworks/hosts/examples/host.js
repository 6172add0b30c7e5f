'use strict';

// Every example, started by its one command, and asked by `npx wechat-push doctor`.

const { execFile, spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const http2 = require('node:http2');
const net = require('node:net');
const path = require('node:path');
const { promisify } = require('node:util');
const { Miniflare } = require('miniflare');
const { closeLater, closeServers, serve } = require('../../../support/servers.js');
const { installed: hasRedis, ownRedis } = require('../../../support/redis-server.js');
const { folder } = require('../../../support/under-test.js');
const bun = require('../bun/start.js');
const deno = require('../deno/start.js');
const { bundle } = require('../workerd/bundle.js');

/** Where `npx` finds the command. */
const app = path.join(__dirname, '../../../..');
const copies = path.join(__dirname, 'copies');
const WITH_ENV = '--env-file=../demo.env';
const node = (file) => () => [process.execPath, WITH_ENV, file];
const npm = () => ['npm', 'start'];

/**
 * By folder, and what of it: the command that starts it there, or what else does; the path that it has; what it needs.
 * @typedef {object} Example
 * @property {(port: string) => string[]} [command]
 * @property {(port: string) => Promise<string>} [start] resolves to the URL
 * @property {string} [path]
 * @property {() => Promise<NodeJS.ProcessEnv>} [needs]
 * @property {(port: string) => Promise<string>} [before] what stands before it; resolves to its URL
 */
/** @type {Record<string, Example>} */
const examples = {
  express: { command: node('server.js') },
  connect: { command: node('server.js') },
  'node-http': { command: node('server.js') },
  koa: { command: node('server.js') },
  'koa, without a handler': { command: node('without-handler.js') },
  fastify: { command: node('server.js') },
  'fastify, without a handler': { command: node('without-handler.js') },
  serverless: { command: node('local.js') },
  hono: { command: npm },
  nestjs: { command: npm },
  'nestjs, on Fastify': { command: node('on-fastify.mjs') },
  midway: { command: npm },
  egg: { command: npm },
  nextjs: { command: npm },
  'fetch, on Bun': { command: (port) => [bun().command, WITH_ENV, '--port', port, 'server.mjs'] },
  'fetch, on Deno': {
    command: (port) => [deno().command, 'serve', WITH_ENV, '--allow-all', '--port', port, 'server.mjs'],
  },
  'fetch, on workerd': { start: onWorkerd },
  'own-adapter': { command: node('server.js'), path: '/', before: proxy },
  ...(hasRedis && { queue: { command: npm, path: '/push', needs: withRedis } }),
};

module.exports = () => {
  // Next to what npm installed for them.
  fs.rmSync(copies, { recursive: true, force: true });
  fs.cpSync(path.join(folder, 'examples'), copies, { recursive: true });
  checkFolders();
  afterEach(closeServers);

  for (const [name, example] of Object.entries(examples))
    describe(name, () => {
      test('passes doctor', async () => {
        const url = await started(name, example);
        const { stdout } = await doctor(url).catch((error) => error);
        expect(stdout).toContain('Nothing failed.');
      });
    });

  describe('slow-answer', () => {
    test('gets both of its answers to the user', async () => {
      const { stdout } = await promisify(execFile)(process.execPath, ['slow-answer/server.js'], {
        cwd: copies,
      });
      expect(stdout.match(/the user sees: 想好了/g)).toHaveLength(2);
      expect(stdout.match(/the handler ran: 1 time/g)).toHaveLength(2);
    });
  });

  describe('ai-bot', () => {
    test('gets its answers to all users', async () => {
      const { stdout } = await aiBot();
      expect(stdout.match(/bot: /g)).toHaveLength(11);
    });
  });
};

/** What examples/ai-bot prints, by its one command. */
function aiBot() {
  return promisify(execFile)('npm', ['start', '--silent'], {
    cwd: path.join(copies, 'ai-bot'),
    env: { ...process.env, LC_ALL: 'en_US.UTF-8' },
  });
}

/** Every folder is started, and what its package.json asks for is here. */
function checkFolders() {
  const names = fs.readdirSync(copies).filter((one) => fs.statSync(path.join(copies, one)).isDirectory());
  const known = Object.keys(examples).map(folderOf);
  expect([...known, 'slow-answer', 'ai-bot', 'third-party', 'queue']).toEqual(expect.arrayContaining(names));
  const { dependencies } = require('./package.json');
  for (const name of names) {
    const manifest = path.join(copies, name, 'package.json');
    if (!fs.existsSync(manifest)) continue;
    const { 'wechat-push': _, ...needed } = JSON.parse(fs.readFileSync(manifest)).dependencies;
    expect(dependencies).toMatchObject(needed);
  }
}

/** Starts an example; resolves to its URL once it refuses what is no request of WeChat. */
async function started(name, { command, start, path: at = '/checkPushMsg', needs, before }) {
  const port = await freePort();
  if (start) return start(port);
  const env = { PORT: port, NEXT_TELEMETRY_DISABLED: '1', ...(await needs?.()) };
  const server = run(command(port), path.join(copies, folderOf(name)), env);
  const url = (await before?.(port)) ?? `http://127.0.0.1:${port}${at}`;
  await server.listening(url);
  return url;
}

/** A program and those that it starts, until the test is over. */
function run([command, ...args], cwd, more) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...more }, detached: true });
  const exited = once(child, 'exit');
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  closeLater(async () => {
    if (child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    await exited;
  });
  return {
    async listening(url) {
      while ((await fetch(url).catch(() => {}))?.status !== 400) {
        if (child.exitCode !== null) throw new Error(`it ended:\n${said}`);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
  };
}

function doctor(url) {
  const env = { ...process.env, ...demo() };
  const args = ['--no-install', 'wechat-push', 'doctor', url, '--lang', 'en'];
  return promisify(execFile)('npx', args, { cwd: app, env });
}

/** The example for Bun and Deno, as the tool that deploys to Cloudflare would take it. */
async function onWorkerd() {
  const workerd = new Miniflare({
    modules: await bundle(path.join(copies, 'fetch/server.mjs')),
    compatibilityDate: '2026-07-01',
    compatibilityFlags: ['nodejs_compat', 'enable_request_signal'],
    bindings: demo(),
  });
  closeLater(() => workerd.dispose());
  const { origin } = await workerd.ready;
  return `${origin}/checkPushMsg`;
}

/** To HTTP/2, which is all that `own-adapter` speaks. */
function proxy(port) {
  return serve((req, res) => {
    const client = http2.connect(`http://127.0.0.1:${port}`).on('error', () => res.destroy());
    const { method, url, headers } = req;
    const names = ['content-type', 'content-length'].filter((name) => name in headers);
    const given = Object.fromEntries(names.map((name) => [name, headers[name]]));
    const stream = client.request({ ':method': method, ':path': url, ...given });
    stream.on('error', () => res.destroy()).on('close', () => client.close());
    stream.on('response', ({ ':status': status, 'content-type': type }) => {
      res.writeHead(status, type && { 'Content-Type': type });
      stream.pipe(res);
    });
    req.pipe(stream);
  });
}

async function withRedis() {
  const redis = await ownRedis();
  closeLater(() => redis.stop());
  return { REDIS_URL: redis.url };
}

/** The account of the examples. */
function demo() {
  const text = fs.readFileSync(path.join(copies, 'demo.env'), 'utf8');
  return Object.fromEntries(Array.from(text.matchAll(/^(\w+)=(.*)$/gm), ([, name, value]) => [name, value]));
}

/** @param {string} name */
function folderOf(name) {
  return name.split(',')[0];
}

async function freePort() {
  const server = net.createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
