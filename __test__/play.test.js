'use strict';

// The playground without a browser: who may ask, what an app's answers look like, what goes into files and copies.

const { execFile } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const path = require('node:path');
const { promisify } = require('node:util');
const { accessToken, responseUrl } = require('../api.js');
const { FAULTS } = require('../cli/play/user-view.js');
const { kindsFor, nameOf, takesReply } = require('../cli/play/kinds.js');
const { FILES } = require('../cli/play/web-server.js');
const { console: consoleTexts } = require('../core/hints.json');
const { messagePush, reply } = require('..');
const { readRows } = require('../scripts/messages/table.js');
const { platforms } = require('../lib/platforms.js');
const testing = require('../testing.js');
const { ACCOUNT, app, cli, closeAll, file, raw, removeFiles, right } = require('./support/cli.js');
const { goOn, play, tab } = require('./support/play.js');
const { serve } = require('./support/servers.js');
const { account } = require('./support/wechat.js');

afterEach(closeAll);
afterAll(removeFiles);

const OWN_FAULT = FAULTS['official-account'];
const text = (Content) => ({ MsgType: 'text', Content, FromUserName: 'oPlayUser000000000000000000A' });

/** A playground for an app, and a tab of it. */
async function open(handlerOrUrl, { args = [], more = {} } = {}) {
  const url = typeof handlerOrUrl === 'string' ? handlerOrUrl : await app(right(more, handlerOrUrl));
  const { page, ...rest } = await play(url, [...ACCOUNT, ...args]);
  return { url, page, ...rest, ...(await tab(page)) };
}

/** One push that is over. */
async function pushed(to, message, way) {
  const { id, ...failed } = await to.act('push', { message, way });
  expect(failed).toEqual({ status: 200 });
  return to.done(id);
}

/** A request as nobody's browser would make it. */
function ask(page, { path: asked = new URL(page).pathname, ...options }) {
  const { port } = new URL(page);
  return new Promise((resolve, reject) => {
    const sent = http.request({ host: '127.0.0.1', port, path: asked, ...options }, (response) => {
      response.resume().once('end', () => resolve(response));
    });
    sent.once('error', reject).end();
  });
}

describe('who may ask', () => {
  let page;
  beforeEach(async () => ({ page } = await open(() => 'hi')));

  test('the page that was opened by its URL', async () => {
    const response = await fetch(page);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect((await fetch(`${page}recording.json`)).status).toBe(200);
  });

  test.each([
    ['another token', (it) => ({ path: it.pathname.replace(/.\/$/, '-/') })],
    ['none', () => ({ path: '/' })],
    ['a part of it', (it) => ({ path: `${it.pathname.slice(0, 9)}/` })],
    ['another host, as DNS rebinding sends it', (it) => ({ headers: { Host: `evil.example:${it.port}` } })],
    ['another port in Host', () => ({ headers: { Host: '127.0.0.1:1' } })],
    ['a page of another site', () => ({ headers: { Origin: 'https://evil.example' } })],
    ['a page of no site', () => ({ headers: { Origin: 'null' } })],
    [
      'a script of another site',
      () => ({ headers: { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors' } }),
    ],
    [
      'a POST that does not say from where',
      () => ({ method: 'POST', headers: { 'Content-Type': 'application/json' } }),
    ],
  ])('not one with %s', async (_, made) => {
    const { statusCode } = await ask(page, made(new URL(page)));
    expect(statusCode).toBe(404);
  });

  test('a link may be followed from a page', async () => {
    const headers = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
    expect((await ask(page, { headers })).statusCode).toBe(200);
  });

  test('nobody from another machine', async () => {
    const { port } = new URL(page);
    const others = Object.values(require('node:os').networkInterfaces())
      .flat()
      .filter((one) => !one.internal);
    for (const { address } of others) {
      const refused = new Promise((resolve) => {
        net
          .connect(port, address)
          .once('error', () => resolve(true))
          .once('connect', () => resolve(false));
      });
      expect(await refused).toBe(true);
    }
  });

  test('every answer has a strict policy, and nothing else than the page is served', async () => {
    for (const asked of ['', 'main.mjs', 'page.css', 'words/zh', 'nothing', '../package.json', 'toString']) {
      const { headers, status } = await fetch(page + asked);
      expect([asked, status]).toEqual([asked, /^(nothing|\.\.|toS)/.test(asked) ? 404 : 200]);
      const policy = headers.get('content-security-policy');
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; /);
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
    }
  });

  test.each([
    ['push', { message: { MsgType: 'text' }, way: null }],
    ['push', { message: { MsgType: 'text' }, way: {} }],
    ['push', { message: 'text', user: {} }],
    ['push', { message: { MsgType: 'text' }, way: { platform: 'toString', mode: 'plain', format: 'xml' } }],
    ['text', {}],
    ['text', { user: 'a', text: 7 }],
    ['again', { push: 'x' }],
    ['way', { way: 7 }],
    ['way', {}],
    ['recording', {}],
    ['nothing', {}],
  ])('an action that makes no sense is refused: %s %j', async (name, body) => {
    const { origin } = new URL(page);
    const headers = { Origin: origin, 'Content-Type': 'application/json' };
    const answer = await fetch(page + name, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(answer.status).toBe(name === 'nothing' ? 404 : 400);
    expect((await fetch(page)).status).toBe(200);
  });

  test('a page that leaves in the middle of an action changes nothing', async () => {
    const { port, origin, pathname, host } = new URL(page);
    const head = `POST ${pathname}push HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\n`;
    const socket = net.connect(port, '127.0.0.1', () => socket.write(`${head}Content-Length: 100\r\n\r\n{`));
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await fetch(page)).status).toBe(200);
  });

  test.each([
    ['text', 'text/plain', '{}'],
    ['no JSON', 'application/json', '{'],
    ['no object', 'application/json', '1'],
  ])('an action takes JSON: %s', async (_, type, body) => {
    const { origin } = new URL(page);
    const answer = await fetch(`${page}push`, {
      method: 'POST',
      headers: { Origin: origin, 'Content-Type': type },
      body,
    });
    expect(await answer.json()).toMatchObject({ error: { en: expect.stringContaining('no JSON') } });
  });
});

test('the page is small, and asks nobody else', () => {
  const bytes = [...FILES.values()].reduce((sum, { body }) => sum + body.length, 0);
  expect(bytes).toBeLessThan(100_000);
  for (const [name, { body }] of FILES) {
    const links = String(body).match(/(?:src|href|import|url)\W{1,3}(https?:)?\/\/[^']*/g);
    expect([name, links]).toEqual([name, null]);
    expect(String(body)).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(/);
  }
});

test('secrets are never sent to the page, even where the app says them', async () => {
  const { token, encodingAESKey } = account;
  const to = await open(() => `${token} and ${encodingAESKey}`);
  const { sees } = await pushed(to, text('hi'));
  expect(sees.text).toBe('*** and ***');
  const fresh = await tab(to.page);
  await fresh.told(({ state }) => state);
  const recording = await (await fetch(`${to.page}recording.json`)).text();
  const all = JSON.stringify([to.changes, fresh.changes, recording]);
  expect(all).not.toContain(token);
  expect(all).not.toContain(encodingAESKey);
});

test.each(['test', 'push', 'text', 'message', '200', 'user'])(
  'a Token may be a word of the page: %s',
  async (token) => {
    const url = await app(messagePush({ token, mode: 'plain', onReject: () => {} }, () => 'hi'));
    const { page } = await play(url, ['--token', token]);
    const to = await tab(page);
    const { id } = await to.act('text', { user: 'oPlayUser000000000000000000A', text: 'hello' });
    const push = await to.done(id);
    expect(push).toMatchObject({
      name: 'text',
      sees: { kind: 'text', text: 'hi' },
      attempts: [{ status: 200 }],
    });
    const recording = JSON.parse(await (await fetch(`${page}recording.json`)).text());
    expect(recording.pushes[0]).toMatchObject({
      message: { FromUserName: push.user },
      attempts: [{ status: 200 }],
    });
  },
);

test('calls of the API that are refused are told, and open no chat', async () => {
  const to = await open(() => undefined);
  const { errcode } = await (await fetch(`${to.api}/cgi-bin/token?grant_type=client_credential`)).json();
  expect(errcode).toBe(40013);
  const entry = await to.told(({ entry: one }) => one?.from === 'api' && one);
  expect(entry.bubble.text).toContain('40013');
  const body = JSON.stringify({ touser: 'oStranger', msgtype: 'text', text: { content: 'hi' } });
  await fetch(`${to.api}/cgi-bin/message/custom/send?access_token=none`, { method: 'POST', body });
  const [{ id }] = (await to.told(({ state }) => state)).users;
  expect(await to.told(({ entry: one }) => one?.bubble.title.endsWith('/send') && one)).toMatchObject({
    user: id,
    bubble: { text: expect.stringContaining('40001') },
  });
  const fresh = await tab(to.page);
  expect((await fresh.told(({ state }) => state)).users).toHaveLength(1);
});

test('every user has a letter, whoever comes first, and no id is there twice', async () => {
  const to = await open(() => undefined);
  const own = (letter) => `oPlayUser000000000000000000${letter}`;
  for (const id of ['oStranger', own('C'), own('B')]) await pushed(to, { ...text('hi'), FromUserName: id });
  for (let n = 0; n < 8; n++) expect((await to.act('users')).status).toBe(200);
  expect((await to.act('users')).error.en).toMatch(/^There are 12 users/);
  const { users } = await (await tab(to.page)).told(({ state }) => state);
  expect(users.slice(0, 5).map(({ id, label }) => [id, label])).toEqual([
    [own('A'), 'A'],
    ['oStranger', 'B'],
    [own('C'), 'C'],
    [own('B'), 'D'],
    [own('D'), 'E'],
  ]);
  for (const name of ['id', 'label']) expect(new Set(users.map((user) => user[name])).size).toBe(12);
});

test('what is cleared away while it waits comes back as no reply of nobody', async () => {
  let told;
  const asked = new Promise((resolve) => (told = resolve));
  const late = () => new Promise((resolve) => told(() => resolve('late')));
  const to = await open(({ Content }) => (Content === 'hi' ? late() : undefined));
  await to.act('text', { user: (await to.told(({ state }) => state)).users[0].id, text: 'hi' });
  const answer = await asked;
  await to.act('clear');
  answer();
  await pushed(to, { MsgType: 'event', Event: 'VIEW' });
  const { entries, pushes } = await (await tab(to.page)).told(({ state }) => state);
  expect([pushes.length, entries.map(({ from }) => from)]).toEqual([1, ['user']]);
});

describe('a push', () => {
  test.each(['plain', 'compat', 'secure'].flatMap((mode) => ['xml', 'json'].map((format) => [mode, format])))(
    'in %s mode, %s, is shown sealed and opened',
    async (mode, format) => {
      const to = await open(({ Content }) => `You said: ${Content}`, { more: { mode } });
      const push = await pushed(to, text('你好'), { platform: null, mode, format });
      expect(push).toMatchObject({
        name: 'text',
        isTaken: true,
        sees: { kind: 'text', text: 'You said: 你好' },
      });
      const { request, attempts } = push;
      expect(request.line).toMatch(/^POST \/wx\?signature=\w+.* HTTP\/1\.1$/);
      const isSealed = mode !== 'plain';
      expect(request.body.includes('Encrypt')).toBe(isSealed);
      expect(isSealed ? request.opened : request.body).toContain('你好');
      const [{ status, duration, body, opened, reply: read }] = attempts;
      expect([status, duration >= 0, attempts.length]).toEqual([200, true, 1]);
      expect(isSealed ? opened : body).toContain('You said: 你好');
      expect(read.Content).toBe('You said: 你好');
    },
  );

  test('has the user that wrote it, and a message from an app that wrote by the API', async () => {
    const to = await open(() => undefined);
    await to.act('users');
    const users = await to.told(({ users: all }) => all?.length === 2 && all);
    await pushed(to, { ...text('hi'), FromUserName: users[1].id });
    const entry = await to.told(({ entry: one }) => one);
    expect(entry).toMatchObject({ user: users[1].id, from: 'user' });

    const { call } = accessToken({
      appId: account.appId,
      appSecret: 'any',
      fetch: (url, init) => fetch(url.replace('https://api.weixin.qq.com', to.api), init),
    });
    const message = { touser: users[1].id, msgtype: 'text', text: { content: 'Your order is on its way.' } };
    await call('cgi-bin/message/custom/send', message);
    const sent = await to.told(({ entry: one }) => one?.isSent && one);
    expect(sent).toMatchObject({
      user: users[1].id,
      bubble: { kind: 'text', text: 'Your order is on its way.' },
    });

    await call('cgi-bin/message/custom/typing', { touser: users[1].id, command: 'Typing' });
    await to.told(({ users: all }) => all?.[1]?.isTyping);
    const refused = { touser: users[0].id, msgtype: 'text', text: { content: 'unasked' } };
    await expect(call('cgi-bin/message/custom/send', refused)).rejects.toThrow(/45015/);
    const why = await to.told(({ entry: one }) => one?.from === 'api' && one);
    expect(why).toMatchObject({ user: users[0].id, bubble: { text: expect.stringContaining('45015') } });
  });

  test.each([
    [
      'news',
      reply.news([{ title: 'A', description: 'B', url: 'https://example.com/' }]),
      { kind: 'news', items: [{ title: 'A', about: 'B', url: 'https://example.com/' }] },
    ],
    ['an image', reply.image('m1'), { kind: 'image', media: 'm1' }],
    ['a voice', reply.voice('m1'), { kind: 'voice', media: 'm1' }],
    ['a video', reply.video({ mediaId: 'm1', title: 'T' }), { kind: 'video', media: 'm1', title: 'T' }],
    [
      'music',
      reply.music({ thumbMediaId: 'm1', title: 'T', musicUrl: 'https://example.com/a.mp3' }),
      { kind: 'music', title: 'T', url: 'https://example.com/a.mp3' },
    ],
    ['a transfer', reply.transferCustomerService('kf@a'), { kind: 'transfer', text: 'kf@a' }],
    ['nothing', undefined, null],
  ])('shows %s as its user sees it', async (_, value, expected) => {
    const to = await open(() => value);
    const { sees, isTaken } = await pushed(to, text('hi'));
    expect(isTaken).toBe(true);
    if (expected === null) expect(sees).toBeNull();
    else expect(sees).toMatchObject(expected);
  });

  test('by another platform is judged by it', async () => {
    const to = await open(() => 'hi', { more: { platform: 'mini-program' } });
    const push = await pushed(to, text('hi'), { platform: 'mini-program', mode: 'secure', format: 'json' });
    expect(push.attempts[0].status).toBe(200);
    const { error } = await to.act('push', {
      message: text('hi'),
      way: { platform: 'wecom', mode: 'secure', format: 'xml' },
    });
    expect(error.en).toBe('The account cannot push in this way.');
  });

  test('again is a push of its own', async () => {
    const to = await open(({ Content }) => Content);
    const first = await pushed(to, text('hi'));
    const { id } = await to.act('again', {
      push: first.id,
      way: { platform: null, mode: 'secure', format: 'json' },
    });
    const second = await to.done(id);
    expect(second.message).toMatchObject({ Content: 'hi', FromUserName: first.message.FromUserName });
    expect(second.message.MsgId).not.toBe(first.message.MsgId);
    expect(second.request.body.startsWith('{')).toBe(true);
    expect((await to.act('again', { push: 99 })).error.en).toMatch(/gone/);
  });

  test('that cannot be one is refused in both languages', async () => {
    const to = await open(() => 'hi');
    for (const message of [null, 7, {}, { MsgType: 'text', '1x': 1 }]) {
      const { status, error } = await to.act('push', { message });
      expect([message, status]).toEqual([message, 400]);
      expect(error).toEqual({
        en: expect.stringMatching(/^This cannot be pushed/),
        zh: expect.stringMatching(/^这条消息无法推送/),
      });
    }
  });
});

describe('what goes wrong', () => {
  const slow = (ms) => (req, res) => void setTimeout(() => res.end('success'), ms).unref();
  const answering =
    (body, status = 200) =>
    (req, res) =>
      req.resume().once('end', () => res.status(status).send(body));

  test.each([
    [
      'nothing listens',
      async () => `http://127.0.0.1:${await freePort()}/wx`,
      'connection_refused',
      3,
      /Nothing listens/,
    ],
    ['it is slow', () => app(slow(1000)), 'timeout', 3, /did not answer within 200 ms/],
    [
      'it answers garbage',
      () => app(answering('<html>what?</html>')),
      'malformed_reply',
      1,
      /an HTML page: <html>what/,
    ],
    [
      'it answers 10 MB',
      () => app(answering('x'.repeat(10_000_000))),
      'response_too_large',
      3,
      /longer than 1 MiB/,
    ],
    [
      'it answers no HTTP',
      () => raw((socket) => socket.end('what?\r\n\r\n')),
      'malformed_response',
      3,
      /HTTP/,
    ],
    ['it answers 500', () => app(answering('oops', 500)), 'unexpected_status', 3, /500/],
    [
      'its reply is blank',
      () =>
        app(
          right({}, () => undefined),
          answering(''),
        ),
      null,
      1,
      null,
    ],
  ])('%s: the user sees what WeChat shows', async (_, server, rule, count, cause) => {
    const to = await open(await server(), { args: rule === 'timeout' ? ['--timeout', '0.2'] : [] });
    const push = await pushed(to, text('hi'));
    expect(push.attempts).toHaveLength(count);
    const last = push.attempts.at(-1);
    expect(last.rule).toBe(rule);
    if (cause === null) return expect(push).toMatchObject({ isTaken: true, sees: null });
    expect(push).toMatchObject({ isTaken: false, sees: { kind: 'notice', text: OWN_FAULT } });
    expect(last.finding.en.cause).toMatch(cause);
    expect(last.finding.zh.next).toMatch(/\p{Script=Han}/u);
    expect(last.body.length).toBeLessThan(40_000);
  });

  test('a broken rule for replies is named', async () => {
    const long = `<xml><ToUserName>oPlayUser000000000000000000A</ToUserName><FromUserName>gh_0123456789ab</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>${'x'.repeat(3000)}</Content></xml>`;
    const to = await open(await app(answering(long)), { args: ['--mode', 'plain'] });
    const { attempts, sees } = await pushed(to, text('hi'));
    expect(attempts[0]).toMatchObject({
      rule: 'long_text',
      isAccepted: true,
      isTaken: false,
      finding: { en: { next: expect.stringContaining('3000') } },
    });
    expect(sees.text).toBe(OWN_FAULT);
  });

  test('a wrong Token is explained', async () => {
    const to = await open(() => 'hi', { more: { token: 'another' } });
    const { attempts, sees } = await pushed(to, text('hi'));
    expect(attempts).toHaveLength(3);
    expect(attempts[2].finding.en.cause).toMatch(/refused the message \(400\)/);
    expect(attempts[2].explained).toMatchObject({ en: { ok: true }, zh: { ok: true } });
    expect(sees.text).toBe(OWN_FAULT);
    const shaken = await to.told(({ handshake }) => handshake?.ok === false && handshake);
    expect(shaken.finding.en.next).toContain('its Token is another one than given here');
  });

  test('a user who is told nothing sees nothing', async () => {
    const to = await open(await app(answering('what?')));
    const left = await pushed(to, {
      MsgType: 'event',
      Event: 'unsubscribe',
      FromUserName: 'oPlayUser000000000000000000A',
    });
    expect(left).toMatchObject({ isTaken: false, sees: null });
    const program = await pushed(to, text('hi'), { platform: 'mini-program', mode: 'secure', format: 'xml' });
    expect(program.sees.text).toBe(FAULTS['mini-program']);
  });

  test('too many pushes at once are refused', async () => {
    const to = await open(await app(slow(3000)), { args: ['--timeout', '3'] });
    const all = await Promise.all(Array.from({ length: 21 }, () => to.act('push', { message: text('hi') })));
    expect(all.filter(({ status }) => status === 400)).toHaveLength(1);
  });

  test('a taken port is told, and the next one used', async () => {
    const taken = Number(new URL(await serve(() => {})).port);
    const { written } = await goOn(
      ['play', await app(right()), ...ACCOUNT, '--port', String(taken)],
      /WECHAT_PUSH_API_URL/,
    );
    const [, port] = /http:\/\/127\.0\.0\.1:(\d+)\/[\w-]{20,}/.exec(written.stdout);
    expect(Number(port)).toBeGreaterThan(taken);
    expect(written.stderr).toBe(`wechat-push: note: port ${taken} is taken; ${port} is used.\n`);
  });

  test('the last port will do', async () => {
    const args = ['play', await app(right()), ...ACCOUNT, '--port', '65535'];
    const { written } = await goOn(args, /WECHAT_PUSH_API_URL/);
    expect(written.stdout).toContain('http://127.0.0.1:65535/');
  });

  test.each([
    [['play'], 'play takes one URL'],
    [['play', 'http://127.0.0.1:1/', '--token', 'abc', '--mode', 'secure'], 'EncodingAESKey of 43'],
    [
      ['play', 'http://127.0.0.1:1/', '--token', 'abc', '--port', 'web'],
      '--port is a number from 0 to 65535.',
    ],
    [['play', 'http://127.0.0.1:1/', '--token', 'abc', '--json'], 'play takes no --json'],
  ])('wrong usage is told: %j', async (args, said) => {
    const { status, stderr } = await cli(args);
    expect(stderr).toContain(said);
    expect(status).toBe(2);
  });
});

test('two tabs stay in step', async () => {
  const to = await open(() => 'hi');
  const other = await tab(to.page);
  await to.act('way', { way: { platform: null, mode: 'plain', format: 'json' } });
  expect(await other.told(({ way }) => way)).toEqual({ platform: null, mode: 'plain', format: 'json' });
  const { id } = await other.act('push', {
    message: text('hi'),
    way: { platform: null, mode: 'secure', format: 'xml' },
  });
  expect(await to.done(id)).toEqual(await other.done(id));
  const late = await tab(to.page);
  const { pushes, entries } = await late.told(({ state }) => state);
  expect([pushes.length, entries.length]).toEqual([1, 2]);
  await late.act('clear');
  await to.told(({ cleared }) => cleared);
});

describe('a copy', () => {
  test('as curl is answered as the push was', async () => {
    const to = await open(({ Content }) => `it's ${Content}`, {
      more: { mode: 'plain' },
      args: ['--mode', 'plain'],
    });
    const { request, attempts } = await pushed(to, text("don't $HOME `x` 你好"));
    const { stdout } = await promisify(execFile)('sh', ['-c', request.curl]);
    const untimed = (body) => body.replace(/<CreateTime>\d+/, '<CreateTime>');
    expect(untimed(stdout)).toBe(untimed(attempts[0].body));
  });

  test.each(['plain', 'secure'])('as a test passes while the app answers alike, in %s mode', async (mode) => {
    let said = 'first';
    const to = await open(() => said, { more: { mode }, args: ['--mode', mode] });
    const { test: code } = await pushed(to, text('hi'));
    expect(code).not.toContain(account.token);
    const environment = {
      WECHAT_PUSH_TOKEN: account.token,
      WECHAT_PUSH_ENCODING_AES_KEY: account.encodingAESKey,
    };
    const runs = () => runCopied(code, environment);
    await runs();
    said = 'second';
    await expect(runs()).rejects.toThrow();
  });
});

describe('a recording', () => {
  const exported = async (to) => (await fetch(`${to.page}recording.json`)).text();

  test('has what was pushed and answered, and nothing that signs it', async () => {
    const to = await open(() => 'hi');
    await pushed(to, text('你好'));
    await pushed(to, { InfoType: 'component_verify_ticket', ComponentVerifyTicket: 'ticket@@@1' });
    const recording = JSON.parse(await exported(to));
    expect(recording).toMatchObject({
      'wechat-push': 'recording',
      version: 1,
      pushes: [
        {
          message: { Content: '你好' },
          mode: 'secure',
          format: 'xml',
          attempts: [{ status: 200, reply: { Content: 'hi' }, error: null }],
        },
        { message: { ComponentVerifyTicket: '***' } },
      ],
    });
    expect(JSON.stringify(recording)).not.toMatch(/signature|nonce|Encrypt|ticket@@@/);
  });

  test('is taken in by another playground, and can be sent again there', async () => {
    const to = await open(() => 'hi');
    await pushed(to, text('你好'));
    const whole = await exported(to);
    const other = await open(() => 'not hi');
    expect((await other.act('recording', { text: whole })).status).toBe(200);
    const past = await other.told(({ push }) => push);
    expect(past).toMatchObject({
      isRecorded: true,
      isTaken: true,
      sees: { text: 'hi' },
      message: { Content: '你好' },
    });
    const { id } = await other.act('again', { push: past.id });
    expect(await other.done(id)).toMatchObject({ sees: { text: 'not hi' } });
  });

  test('is sent again by send --file, signed anew', async () => {
    const to = await open(() => 'hi');
    for (const Content of ['one', 'two'])
      await pushed(to, text(Content), { platform: null, mode: 'secure', format: 'json' });
    const got = [];
    const url = await app(right({}, (message) => (got.push(message), 'thanks')));
    const args = ['send', url, ...ACCOUNT, '--file', file('recording.json', await exported(to))];
    const { status, stdout } = await cli([...args, '--json']);
    const { pushes, checks } = JSON.parse(stdout);
    expect([status, checks.length, pushes.map(({ reply: read }) => read.Content)]).toEqual([
      0,
      3,
      ['thanks', 'thanks'],
    ]);
    expect(got.map(({ Content }) => Content)).toEqual(['one', 'two']);
    expect(pushes[0].request.body.startsWith('{')).toBe(true);
    expect((await cli(args)).stdout).toMatch(/"Content": "one"[^]*"Content": "two"[^]*✓ {2}message/);
  });

  test.each([
    ['cut off', (whole) => whole.slice(0, -20), /^The recording is cut off or no JSON/],
    [
      'of another version',
      (whole) => whole.replace('"version": 1', '"version": 2'),
      /^The recording has version 2, and this program knows version 1/,
    ],
    ['something else', () => '{"MsgType":"text"}', /^This file is no recording/],
    [
      'without pushes',
      () => '{"wechat-push":"recording","version":1,"pushes":[]}',
      /^The recording has no pushes/,
    ],
    [
      'with a push that is none',
      () => '{"wechat-push":"recording","version":1,"pushes":[{"message":{"MsgType":"text"}},{}]}',
      /^Push 2 of the recording is none/,
    ],
    [
      'of a version that is none',
      () => '{"wechat-push":"recording","version":{"toString":1}}',
      /has version \{/,
    ],
    ['no object', () => '[]', /JSON object/],
  ])('%s is refused by a clear line', async (_, broken, said) => {
    const to = await open(() => 'hi');
    await pushed(to, text('hi'));
    const { status, error } = await to.act('recording', { text: broken(await exported(to)) });
    expect(status).toBe(400);
    expect(error.en).toMatch(said);
    expect(error.zh).toMatch(/\p{Script=Han}/u);
  });

  test.each([
    ['cut off', (whole) => whole.slice(0, -20), 'no_json'],
    ['of another version', (whole) => whole.replace('"version": 1', '"version": 2'), 'recording_version'],
    ['without pushes', (whole) => whole.replace(/"pushes": [^]*/, '"pushes": []}'), 'recording_empty'],
  ])('%s is refused by send --file, too', async (_, broken, reason) => {
    const to = await open(() => 'hi');
    await pushed(to, text('hi'));
    const args = [
      'send',
      to.url,
      ...ACCOUNT,
      '--json',
      '--file',
      file('broken.json', broken(await exported(to))),
    ];
    const { status, stdout } = await cli(args);
    expect(JSON.parse(stdout).error.reason).toBe(reason);
    expect(status).toBe(2);
  });

  const nested = (levels) => (levels === 0 ? 1 : { toString: nested(levels - 1) });
  test.each([
    ['no name', {}],
    ['a name that is no text', { MsgType: nested(1) }],
    ['too many levels', { MsgType: 'text', Content: nested(32) }],
    ['far too many levels', { MsgType: 'text', Content: nested(2000) }],
  ])('with a message of %s is refused, and nothing of it is kept', async (_, message) => {
    const to = await open(() => 'hi');
    const whole = recorded({ MsgType: 'text', Content: 'hi' }, message);
    expect((await to.act('recording', { text: whole })).error.en).toMatch(/^Push 2 of the recording is none/);
    expect(to.changes.filter(({ push }) => push)).toEqual([]);
  });

  test.each([
    ['event', { MsgType: 'event', Event: nested(1), EventKey: nested(2) }],
    ['text', { MsgType: 'text', Content: nested(31), FromUserName: nested(1) }],
    ['unknown', { MsgType: '__proto__', Label: nested(1) }],
  ])('with an odd message (%s) is taken in, and all of it can be exported', async (_, message) => {
    const to = await open(() => 'hi');
    const whole = recorded(message);
    expect(await to.act('recording', { text: whole })).toEqual({ status: 200 });
    await to.told(({ entry }) => entry);
    expect(JSON.parse(await exported(to)).pushes[0].message).toEqual(message);
  });

  const recorded = (...messages) =>
    JSON.stringify({
      'wechat-push': 'recording',
      version: 1,
      pushes: messages.map((message) => ({ message, attempts: [{ status: 200, reply: message }] })),
    });

  test('of a push that failed is taken in as one that failed', async () => {
    const to = await open(await app((req, res) => res.status(500).end()));
    await pushed(to, text('hi'));
    await to.act('recording', { text: await exported(to) });
    const past = await to.told(({ push }) => push?.isRecorded && push);
    expect(past).toMatchObject({ isTaken: false, sees: null });
    expect(past.attempts).toHaveLength(3);
  });

  test('that is too large is refused', async () => {
    const to = await open(() => 'hi');
    expect((await to.act('recording', { text: 'x'.repeat(9_000_000) })).error.en).toMatch(/too large: 8 MB/);
  });
});

describe('the kinds', () => {
  /** What the gateway fills in, of an event of a bot. */
  const filled = (sample) => (sample.event ? { msgtype: 'event', ...sample } : sample);

  test.each([
    [undefined, 'wechat'],
    ['wecom', 'wecom'],
    ['wecom-bot', 'bot'],
  ])('of %s are those of the table, each with its sample', (platform, family) => {
    const rows = readRows().filter((row) => row.family === family);
    for (const lang of ['en', 'zh']) {
      const kinds = kindsFor(platform, lang);
      expect(kinds).toHaveLength(rows.length);
      for (const { name, group, when, sample } of kinds) {
        expect([name, group, when].every((one) => typeof one === 'string' && one !== '')).toBe(true);
        expect(nameOf(filled(sample))).toBe(name);
      }
    }
    const kinds = new Map(kindsFor(platform, 'en').map((kind) => [kind.name, kind.sample]));
    for (const { kind, name, answer } of rows) {
      const route = { MsgType: '', Event: 'event.', InfoType: 'info.' }[kind] + name;
      expect([route, takesReply(filled(kinds.get(route)), platform)]).toEqual([route, answer === 'passive']);
    }
  });
});

test.each([
  [
    'an application of WeCom',
    { platform: 'wecom', ...withoutAppId(), receiveId: 'ww0123456789abcdef' },
    [
      '--platform=wecom',
      '--receive-id=ww0123456789abcdef',
      ...ACCOUNT.filter((one) => !one.startsWith('--app-id')),
    ],
    'UserA',
  ],
  ['微信云托管', { trust: 'cloudrun' }, ['--trust=cloudrun'], 'oPlayUser000000000000000000A'],
  [
    'an account in plain mode',
    { token: account.token },
    [`--token=${account.token}`],
    'oPlayUser000000000000000000A',
  ],
])('it speaks to %s', async (_, options, args, user) => {
  const url = await app(
    messagePush({ ...options, onReject: () => {} }, ({ Content }) => `You said: ${Content}`),
  );
  const { page } = await play(url, args);
  const to = await tab(page);
  expect(await to.told(({ handshake }) => handshake && !handshake.isWaiting && handshake)).toMatchObject({
    ok: true,
  });
  expect((await to.told(({ state }) => state)).users[0].id).toBe(user);
  const { id } = await to.act('text', { user, text: 'hi' });
  const push = await to.done(id);
  expect(push).toMatchObject({ user, isTaken: true, sees: { text: 'You said: hi' } });
  const environment = {
    WECHAT_PUSH_TOKEN: account.token,
    WECHAT_PUSH_ENCODING_AES_KEY: account.encodingAESKey,
  };
  await runCopied(push.test, environment);
});

function withoutAppId() {
  const { token, encodingAESKey } = account;
  return { token, encodingAESKey };
}

/** Runs the one test in a code that was copied. */
function runCopied(code, env) {
  const tests = [];
  const load = new Function('require', 'test', 'expect', 'process', code);
  load(
    (name) => name === 'wechat-push/testing' && testing,
    (_, run) => tests.push(run),
    expect,
    { env },
  );
  return tests[0]();
}

describe('a bot of WeCom', () => {
  const bot = { platform: 'wecom-bot', token: account.token, encodingAESKey: account.encodingAESKey };
  const OPTIONS = [
    '--platform=wecom-bot',
    `--token=${account.token}`,
    `--encoding-aes-key=${account.encodingAESKey}`,
  ];

  async function openBot(handler, carriers) {
    const url = await app(messagePush({ ...bot, carriers, onReject: () => {} }, handler));
    const { page, api } = await play(url, OPTIONS);
    return { api, page, ...(await tab(page)) };
  }

  test('is asked for more until its text is whole, and the text grows', async () => {
    let last;
    const to = await openBot(async function* answer() {
      yield 'first';
      await new Promise((resolve) => (last = resolve));
      yield ', last';
    });
    const { id } = await to.act('text', { user: 'UserA', text: 'hi' });
    const entry = await to.told(({ entry: one }) => one?.from === 'account' && one);
    expect(entry).toMatchObject({ user: 'UserA', bubble: { kind: 'text', text: 'first', isGrowing: true } });
    last();
    const whole = await to.told(({ entry: one }) => one?.id === entry.id && !one.bubble.isGrowing && one);
    expect(whole.bubble.text).toBe('first, last');
    const push = await to.told(({ push: one }) => one?.id === id && one.sees?.text === 'first, last' && one);
    expect(push.attempts.map(({ isMore = false, isTaken }) => [isMore, isTaken])).toEqual([
      [false, true],
      ...push.attempts.slice(1).map(() => [true, true]),
    ]);
    expect(push.message).toMatchObject({
      msgtype: 'text',
      text: { content: 'hi' },
      from: { userid: 'UserA' },
    });
  });

  test('whose text stops to come is not asked for ever', async () => {
    let calls = 0;
    let last;
    const stubborn = messagePush(bot, async function* answer() {
      yield 'first';
      await new Promise((resolve) => (last = resolve));
    });
    const url = await app((req, res) => {
      if (req.method === 'POST' && ++calls > 1) return res.status(500).end();
      return stubborn(req, res);
    });
    const { page } = await play(url, OPTIONS);
    const to = await tab(page);
    await to.act('text', { user: 'UserA', text: 'hi' });
    const { id } = await to.told(({ entry }) => entry?.bubble.isGrowing && entry);
    const end = await to.told(({ entry }) => entry?.id === id && !entry.bubble.isGrowing && entry);
    expect([end.bubble.text, calls]).toEqual(['first', 4]);
    last();
  });

  test('welcomes who enters, sends by response_url, and its pushes can be sent again', async () => {
    const fetchOf = (url, init) => fetch(url.replace('https://qyapi.weixin.qq.com', to.api), init);
    const to = await openBot(
      (message) => (message.event ? 'Welcome!' : 'x'.repeat(30_000)),
      [responseUrl({ fetch: (...args) => fetchOf(...args) })],
    );
    const message = { msgtype: 'event', event: { eventtype: 'enter_chat' } };
    const { id } = await to.act('push', { message, user: 'UserA' });
    const push = await to.done(id);
    expect(push).toMatchObject({
      name: 'event.enter_chat',
      user: 'UserA',
      sees: { kind: 'text', text: 'Welcome!' },
    });
    const again = await to.act('again', { push: id });
    expect((await to.done(again.id)).message.msgid).not.toBe(push.message.msgid);

    await to.act('text', { user: 'UserA', text: 'much' });
    const sent = await to.told(({ entry }) => entry?.isSent && entry);
    expect(sent).toMatchObject({ user: 'UserA', bubble: { kind: 'markdown' } });
    expect(await (await fetch(`${to.page}recording.json`)).text()).not.toContain('response_code');
  });
});

test('what WeChat tells its users is among what the troubleshooting page explains', () => {
  const known = consoleTexts.flatMap(({ messages }) => messages);
  for (const said of Object.values(FAULTS)) expect(known).toContain(said);
});

test('every word that the page asks for is there, and no other', () => {
  const folder = path.join(__dirname, '..', 'cli', 'play', 'page');
  const code = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => fs.readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');
  const words = [];
  const collect = (at, value) => {
    if (typeof value.en === 'string') words.push(at);
    else for (const [name, inner] of Object.entries(value)) collect(at ? `${at}.${name}` : name, inner);
  };
  collect('', require('../cli/play/texts.json'));
  const asked = [...code.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key]) => key);
  expect(asked.filter((key) => !words.includes(key))).toEqual([]);
  const prefixes = [...code.matchAll(/\bt\(`([^`$]+)\$/g)].map(([, prefix]) => prefix);
  const unused = words.filter(
    (word) =>
      !asked.includes(word) &&
      !prefixes.some((prefix) => word.startsWith(prefix)) &&
      !(word.includes('.') && code.includes(`'${word}'`)),
  );
  expect(unused).toEqual([]);
  const named = words.flatMap((word) => word.match(/^way\.platforms\.(.*)/)?.[1] ?? []);
  expect(named).toEqual([...platforms.keys()]);
});

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
