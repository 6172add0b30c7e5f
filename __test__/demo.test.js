'use strict';

const { spawn } = require('node:child_process');
const path = require('node:path');
const { tab } = require('./support/play.js');
const { closeLater, closeServers, serve } = require('./support/servers.js');

const demo = path.join(__dirname, '..', 'examples', 'express', 'server.js');

afterEach(closeServers);

test('the demo verifies itself and ends cleanly', async () => {
  const child = start({ PORT: '0' });
  await child.printed('Ctrl-C ends it.');
  const [, echostr] = child.output.match(/GET \/checkPushMsg\?signature=[0-9a-f]{40}&echostr=(\d{17,20})&/);
  expect(child.output).toContain(`200 text/plain; charset=utf-8: ${echostr}\n`);

  expect(child.output).toMatch(/POST \/checkPushMsg\?.*&msg_signature=[0-9a-f]{40}\n<xml>.*<Encrypt>/);
  expect(child.output).toContain("Content: '你好'");
  expect(child.output).toMatch(/200 application\/xml; charset=utf-8: <xml><Encrypt>/);
  expect(child.output).toMatch(/which the user sees as .*Content: '你说：你好'/s);

  const [good, bad] = [...child.output.matchAll(/curl '([^']+)'/g)].map((match) => match[1]);
  expect((await fetch(good)).status).toBe(200);
  expect((await fetch(bad)).status).toBe(400);
  child.kill('SIGINT');
  expect(await child.ended).toBe(0);
  expect(child.output).toContain('wechat-push: refused, signature_mismatch: ');
});

test('the line that the demo prints opens a page that talks to it', async () => {
  const child = start({ PORT: '0' });
  await child.printed('Ctrl-C ends it.');
  const [, line] = child.output.match(/^ {2}node (.* play .*)$/m);
  const { page } = await playOf(line.split(' '));
  const to = await tab(page);
  const { id } = await to.act('push', { message: { MsgType: 'text', Content: '你好' } });
  expect((await to.done(id)).sees).toEqual({ kind: 'text', text: '你说：你好' });
  child.kill('SIGINT');
  await child.ended;
});

/** What the line starts, until the test ends. */
async function playOf(words) {
  const child = spawn(process.execPath, [...words, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  closeLater(() => child.kill('SIGINT'));
  let output = '';
  for await (const chunk of child.stdout) {
    output += chunk;
    const [page] = output.match(/http:\/\/127\.0\.0\.1:\d+\/[\w-]{20,}\/(?=\n)/) ?? [];
    if (page) return { page };
  }
  throw new Error(`ended early: ${output}`);
}

test('the demo takes the Token that everything else takes', async () => {
  const child = start({ PORT: '0', WECHAT_PUSH_TOKEN: 'another1' });
  await child.printed('Ctrl-C ends it.');
  expect(child.output).toContain('Token another1,');
  child.kill('SIGINT');
  await child.ended;
});

test.each([
  [
    'a taken port',
    async () => ({ PORT: new URL(await serve(() => {})).port }),
    /^port \d+ is taken; choose another/,
  ],
  ['a port that is none', () => ({ PORT: 'web' }), /^PORT must be a number .* not web/],
  [
    'an empty token',
    () => ({ PORT: '0', WECHAT_PUSH_TOKEN: '' }),
    /option token must be .* from WECHAT_PUSH_TOKEN/,
  ],
])('the demo ends with one line on %s', async (_, environment, line) => {
  const child = start(await environment());
  expect(await child.ended).toBe(1);
  expect(child.output).toMatch(line);
  expect(child.output.trim().split('\n')).toHaveLength(1);
});

function start(environment) {
  const { WECHAT_PUSH_TOKEN: _, ...usual } = process.env;
  const child = spawn(process.execPath, [demo], { env: { ...usual, LC_ALL: 'en_US.UTF-8', ...environment } });
  child.output = '';
  child.ended = new Promise((resolve) => child.once('close', resolve));
  child.printed = (text) =>
    new Promise((resolve, reject) => {
      const look = () => child.output.includes(text) && resolve();
      child.stdout.on('data', look);
      child.ended.then(() => reject(new Error(`ended early: ${child.output}`)));
    });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (child.output += chunk));
  return child;
}
