'use strict';

const { subscribe, unsubscribe } = require('node:diagnostics_channel');
const { gzipSync } = require('node:zlib');
const express = require('express');
const { explainPush, messagePush } = require('..');
const { closeServers, serve, signedQuery } = require('./support/servers.js');
const { account, post, push } = require('./support/wechat.js');

const wrong = `/?${signedQuery('MyToken', { echostr: '1' })}`;

/** What was printed, and the clock. */
let lines;
let clock;

const { LC_ALL, NODE_ENV } = process.env;

beforeEach(() => {
  process.env.LC_ALL = 'en_US.UTF-8';
  lines = [];
  clock = 1_714_036_504_000;
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    if (text.startsWith('wechat-push: ')) lines.push(text);
  });
  for (const source of [Date, performance]) jest.spyOn(source, 'now').mockImplementation(() => clock);
});

afterEach(async () => {
  Object.assign(process.env, { LC_ALL: LC_ALL ?? '', NODE_ENV });
  jest.restoreAllMocks();
  await closeServers();
});

async function get(origin, url = wrong) {
  expect((await fetch(origin + url)).status).toBe(400);
}

test('prints the reason and the best hint, once in ten seconds, and how many were left out', async () => {
  const origin = await serve(messagePush('mytoken'));
  for (let i = 0; i < 4; i++) await get(origin);
  expect(lines).toEqual([
    expect.stringMatching(
      /^wechat-push: refused, signature_mismatch: The signature was made with this Token/,
    ),
  ]);
  expect(lines[0]).toMatch(/^[^\n]*\n$/);

  clock += 9999;
  await get(origin);
  expect(lines).toHaveLength(1);
  clock += 1;
  await get(origin);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toBe(lines[0].replace('\n', ' (4 more like this before)\n'));
  clock += 10_000;
  await get(origin);
  expect(lines[2]).toBe(lines[0]);
});

test('each reason has its own line', async () => {
  const origin = await serve(messagePush('mytoken'));
  await get(origin);
  await get(origin, '/');
  await get(origin, `${wrong}&nonce=1`);
  expect(lines.map((line) => line.match(/refused, (\w+): /)[1])).toEqual([
    'signature_mismatch',
    'missing_parameter',
    'repeated_parameter',
  ]);
});

test('looks into the body, whichever parser had it', async () => {
  const options = { ...account, token: account.token.toUpperCase(), tolerance: 0 };
  for (const before of [[], [express.text({ type: '*/*' })]]) {
    const origin = await serve(
      express().use(
        ...before,
        messagePush(options, () => {}),
      ),
    );
    await post(origin, push({ encrypted: true }));
    expect(lines.pop()).toMatch(/refused, msg_signature_mismatch: The signature was made with this Token in/);
  }
});

test('says what only the server saw', async () => {
  const origin = await serve(
    express().use(
      express.json({ type: '*/*' }),
      messagePush('MyToken', () => {}),
    ),
  );
  await post(origin, { url: wrong, body: '{}' });
  expect(lines).toEqual([expect.stringMatching(/refused, body_consumed: Mount `messagePush` before/)]);
});

test('prints nothing that a sender wrote, and no secret', async () => {
  const origin = await serve(messagePush({ ...account, token: ' sesame' }));
  const timestamp = '1714036504';
  const urls = [
    wrong,
    `/?signature=%1b[2J%0aforged&timestamp=${timestamp}&nonce=1&%1b[2J=1`,
    '/?NONCE%0aforged=1',
  ];
  for (const url of urls) await get(origin, url);
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) {
    for (const text of ['forged', '\u001b', 'sesame', 'PushKey']) expect(line).not.toContain(text);
    expect(line.trim().split('\n')).toHaveLength(1);
  }
});

test('tells onReject and the channel what to do, once they ask', async () => {
  const heard = [];
  const hear = (rejection) => heard.push(rejection);
  const onMessage = ({ rejection }) => hear(rejection);
  subscribe('wechat-push:rejected', onMessage);
  const options = { ...account, token: account.token.toUpperCase(), tolerance: 300, onReject: hear };
  const origin = await serve(
    express().use(
      '/wx',
      messagePush(options, () => {}),
    ),
  );
  const sent = push({ encrypted: true, timestamp: String(clock / 1000) });
  await post(`${origin}/wx`, sent);
  unsubscribe('wechat-push:rejected', onMessage);
  // However late.
  clock += 1_000_000;

  expect(heard).toHaveLength(2);
  for (const rejection of heard) {
    for (const lang of ['en', 'zh']) {
      const { reason, hints } = explainPush({ ...sent, now: clock / 1000 - 1000 }, options, { lang });
      expect([rejection.reason, rejection.hints(lang)]).toEqual([reason, hints]);
    }
    expect(rejection.hints()[0]).toMatch(/^The signature was made with this Token in/);
    expect(() => rejection.hints('fr')).toThrow(/option lang/);
    expect(Object.keys(rejection)).toEqual(['type', 'reason', 'code', 'status', 'detail', 'account']);
  }
});

test('tells onReject what to do about what only the server saw', async () => {
  const onReject = jest.fn();
  const wechatPush = messagePush({ token: 'MyToken', onReject }, () => {});
  const origin = await serve(express().use(express.json({ type: '*/*' }), wechatPush));
  await post(origin, { url: wrong, body: '{}' });
  const [[rejection]] = onReject.mock.calls;
  expect(rejection.hints()).toEqual([expect.stringMatching(/^Mount `messagePush` before/)]);
  expect(rejection.hints('zh')).toEqual([expect.stringMatching(/\p{Script=Han}/u)]);
});

test('is silent where there is an onReject', async () => {
  const heard = [];
  const onMessage = ({ rejection }) => heard.push(rejection.reason);
  subscribe('wechat-push:rejected', onMessage);
  const onReject = jest.fn();
  await get(await serve(messagePush({ token: 'mytoken', onReject })));
  unsubscribe('wechat-push:rejected', onMessage);

  expect(lines).toEqual([]);
  expect(onReject).toHaveBeenCalledTimes(1);
  expect(heard).toEqual(['signature_mismatch']);
});

describe('in production', () => {
  beforeEach(() => {
    process.env.NODE_ENV = 'production';
  });

  test('prints the first refusal of each reason, then one in ten minutes', async () => {
    const origin = await serve(messagePush('mytoken'));
    await get(origin);
    await get(origin, '/');
    expect(lines.map((line) => line.match(/refused, (\w+): /)[1])).toEqual([
      'signature_mismatch',
      'missing_parameter',
    ]);
    clock += 599_999;
    for (let i = 0; i < 50; i++) await get(origin);
    expect(lines).toHaveLength(2);
    clock += 1;
    await get(origin);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toBe(lines[0].replace('\n', ' (50 more like this before)\n'));
  });

  test('a flood of all kinds costs a line for each reason', async () => {
    const origin = await serve(messagePush({ ...account, tolerance: 300 }, () => {}));
    const bodies = [
      '',
      '<',
      '{',
      'x',
      '<!DOCTYPE a>',
      '<a>\u0001</a>',
      JSON.stringify({ a: '\n'.repeat(999) }),
    ];
    for (let i = 0; i < 5; i++) {
      for (const body of bodies) await fetch(origin + push().url, { method: 'POST', body });
      await fetch(`${origin}/?nonce=${i}`);
      await fetch(origin, { method: 'PUT' });
      await get(origin, `/?signature=${i}&timestamp=${i}&nonce=${'%0a'.repeat(99)}${i}`);
    }
    const reasons = lines.map((line) => line.match(/refused, (\w+): /)[1]);
    expect(reasons).toEqual([...new Set(reasons)]);
    expect(reasons.length).toBeGreaterThan(4);
    for (const line of lines) {
      expect(line.length).toBeLessThan(1000);
      // oxlint-disable-next-line no-control-regex -- those are what must not be there
      expect(line).toMatch(/^[^\x00-\x1f\x7f-\x9f]*\n$/);
    }
  });
});

describe('speaks the language of the owner', () => {
  const CHINESE =
    /^wechat-push: 拒绝请求，signature_mismatch：.*大小写.*（signature is not the SHA-1 .*）\n$/;
  const ENGLISH = /^wechat-push: refused, signature_mismatch: .* \(signature is not the SHA-1 .*\)\n$/;

  test.each([
    ['LANG', { LC_ALL: '', LC_MESSAGES: '', LANG: 'zh_CN.UTF-8' }, undefined, CHINESE],
    ['LC_MESSAGES before LANG', { LC_ALL: '', LC_MESSAGES: 'zh_TW', LANG: 'en_US' }, undefined, CHINESE],
    ['LC_ALL before all', { LC_ALL: 'C.UTF-8', LC_MESSAGES: 'zh_CN', LANG: 'zh_CN' }, undefined, ENGLISH],
    ['the option before the locale', { LC_ALL: 'zh_CN.UTF-8' }, 'en', ENGLISH],
    ['the option', { LC_ALL: 'C' }, 'zh', CHINESE],
  ])('by %s', async (_, env, lang, line) => {
    const before = { LC_MESSAGES: process.env.LC_MESSAGES ?? '', LANG: process.env.LANG ?? '' };
    Object.assign(process.env, env);
    const onReject = jest.fn();
    const [printing, telling] = [{}, { onReject }].map((more) =>
      messagePush({ token: 'mytoken', lang, ...more }),
    );
    Object.assign(process.env, before);
    const origin = await serve(printing);
    await get(origin);
    await get(origin);
    expect(lines).toEqual([expect.stringMatching(line)]);
    clock += 10_000;
    await get(origin);
    expect(lines[1]).toMatch(line === CHINESE ? /（此前还有 1 次）\n$/ : / \(1 more like this before\)\n$/);

    await get(await serve(telling));
    const [[rejection]] = onReject.mock.calls;
    expect(rejection.hints()).toEqual(rejection.hints(line === CHINESE ? 'zh' : 'en'));
    expect(rejection.hints('zh')).not.toEqual(rejection.hints('en'));
  });

  test('which is one of two', () => {
    const french = () => messagePush({ token: 'mytoken', lang: 'fr' });
    expect(french).toThrow(expect.objectContaining({ code: 'ERR_WECHAT_PUSH_OPTIONS', option: 'lang' }));
  });
});

test('what onReject gets can be taken apart', async () => {
  const told = [];
  const onReject = ({ reason, hints }) => told.push([reason, hints('zh'), hints('en')]);
  await get(await serve(messagePush({ token: 'mytoken', onReject })));
  const [[reason, [chinese], [english]]] = told;
  expect([reason, english]).toEqual(['signature_mismatch', expect.stringMatching(/^The signature was made/)]);
  expect(chinese).toMatch(/大小写/);
});

test.each([
  ['base64', (body) => Buffer.from(body).toString('base64'), /base64/],
  ['a JSON string', (body) => JSON.stringify(body), /quotes/],
  ['HTML', (body) => body.replaceAll('<', '&lt;'), /&lt;xml&gt;/],
  ['percent-encoding', encodeURIComponent, /%3Cxml%3E/],
  ['a form', (body) => `xml=${encodeURIComponent(body)}`, /form/],
  ['[object Object]', String.bind(null, {}), /`\[object Object\]`/],
  ['a Buffer as JSON', (body) => JSON.stringify(Buffer.from(body)), /Buffer\.from/],
  ['gzip', gzipSync, /gzip/],
  ['half of it', (body) => body.slice(0, body.length / 2), /ends in the middle/],
  [
    'a multipart form',
    (body) => `--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n${body}\r\n--x--`,
    /multipart/,
  ],
])('names what wraps a body: %s', async (_, wrap, hint) => {
  const origin = await serve(messagePush(account, () => {}));
  const { url, body } = push({ encrypted: true, timestamp: String(clock / 1000) });
  await fetch(origin + url, { method: 'POST', body: wrap(body) });
  expect(lines).toEqual([expect.stringMatching(hint)]);
  expect(lines[0]).toMatch(/ \(the (body|message|push) is .*\)\n$/);
});
