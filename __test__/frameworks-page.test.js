'use strict';

// The pages on frameworks show the examples, whole, in both languages. Those that need no other framework than the
// package's own tests are started here; `npm run test:frameworks` starts all of them.

const { spawn, spawnSync } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { createGateway } = require('../testing.js');
const { FRAMEWORK_PAGES } = require('./support/snippets.js');

const root = path.join(__dirname, '..');
const examples = path.join(root, 'examples');
const FRAMEWORKS = [
  'connect',
  'node-http',
  'koa',
  'fastify',
  'hono',
  'nextjs',
  'fetch',
  'serverless',
  'nestjs',
  'egg',
  'midway',
];
const LANGUAGES = ['.md', '.zh-CN.md'];

/** Files that stand beside what a page shows. */
const NOT_SHOWN = new Set(['serverless/local.js']);

const account = {
  token: 'mytoken',
  appId: 'wx0123456789abcdef',
  encodingAESKey: 'ThisKeyIsForTheDemoOnlyPleaseMakeYourOwn123',
};

test.each(LANGUAGES)('the pages %s show every example, once, and nothing else', (language) => {
  const shown = blocks(language).map(shape);
  const there = files().map((file) => shape(fs.readFileSync(path.join(examples, file), 'utf8')));
  expect(shown.toSorted()).toEqual(there.toSorted());
});

test('the English pages show them as they are', () => {
  const texts = files().map((file) => fs.readFileSync(path.join(examples, file), 'utf8'));
  for (const block of blocks(LANGUAGES[0])) expect(texts.some((text) => text.endsWith(block))).toBe(true);
});

test.each([
  'connect/server.js',
  'node-http/server.js',
  'koa/server.js',
  'koa/without-handler.js',
  'fastify/server.js',
  'fastify/without-handler.js',
  'serverless/local.js',
])('examples/%s passes the check and answers', async (file) => {
  const port = await freePort();
  const program = ['--env-file', path.join(examples, 'demo.env'), path.join(examples, file)];
  const child = spawn(process.execPath, program, { env: { ...process.env, PORT: port } });
  try {
    const gateway = createGateway(account);
    const url = `http://127.0.0.1:${port}/checkPushMsg`;
    await listening(port);
    expect(await gateway.handshake(url)).toMatchObject({ ok: true });
    const { reply, error } = await gateway.push(url, { MsgType: 'text', Content: 'hi' });
    expect([reply?.Content, error]).toEqual(['You said: hi', null]);
    expect((await gateway.push(url, { Event: 'subscribe', EventKey: '' })).delivered).toBe(true);
  } finally {
    child.kill();
    await once(child, 'exit');
  }
});

test('the types of the adapters fit their frameworks', () => {
  const options =
    '--noEmit --ignoreConfig --allowJs --checkJs --strict --noImplicitAny false --module nodenext';
  const more = '--target es2024 --types node --skipLibCheck'.split(' ');
  const typed = ['koa', 'fastify', 'fetch', 'serverless'].flatMap((name) =>
    files().filter((file) => file.startsWith(`${name}/`)),
  );
  const tsc = require.resolve('typescript/package.json').replace('package.json', 'bin/tsc');
  const { stdout, status } = spawnSync(
    process.execPath,
    [
      tsc,
      ...options.split(' '),
      ...more,
      ...typed.map((file) => path.join('examples', file)),
      '__test__/types/adapters.test-d.ts',
    ],
    { cwd: root, encoding: 'utf8' },
  );
  expect([stdout, status]).toEqual(['', 0]);
});

/** The files of the examples that pages show. */
function files() {
  return FRAMEWORKS.flatMap((name) =>
    fs
      .readdirSync(path.join(examples, name), { recursive: true })
      .map((file) => path.join(name, file))
      .filter((file) => /\.m?js$/.test(file) && !NOT_SHOWN.has(file) && !/node_modules|\.next/.test(file)),
  );
}

/** Of all pages on frameworks. @param {string} language what their names end in */
function blocks(language) {
  const texts = FRAMEWORK_PAGES.map((name) =>
    fs.readFileSync(path.join(root, 'docs', name + language), 'utf8'),
  );
  return Array.from(texts.join('\n').matchAll(/^```js\n(.*?)^```$/gms), ([, code]) => code);
}

/** Code without its texts and comments, and without the commas that the length of texts makes. */
function shape(code) {
  const bare = code.replaceAll(/'use strict';|\/\*[^]*?\*\/|\/\/.*|'[^'\n]*'|`[^`\n]*`|\s+/g, '');
  return bare.replaceAll(/,(?=[\])}])/g, '');
}

async function freePort() {
  const server = net.createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

async function listening(port) {
  for (let i = 0; i < 100; i++) {
    if (await fetch(`http://127.0.0.1:${port}/`).catch(() => {})) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
