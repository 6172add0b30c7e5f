'use strict';

const { subscribe, unsubscribe } = require('node:diagnostics_channel');
const express = require('express');
const { explainPush, messagePush } = require('..');
const { closeServers, serve, signedQuery } = require('./support/servers.js');
const { account, post, push } = require('./support/wechat.js');

const wrong = `/?${signedQuery('MyToken', { echostr: '1' })}`;

/** What was printed, and the clock. */
let lines;
let clock;

beforeEach(() => {
  lines = [];
  clock = 1_714_036_504_000;
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    if (text.startsWith('wechat-push: refused')) lines.push(text);
  });
  for (const source of [Date, performance]) jest.spyOn(source, 'now').mockImplementation(() => clock);
});

afterEach(async () => {
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
    expect(Object.keys(rejection)).toEqual(['type', 'reason', 'code', 'status', 'detail']);
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

test('is silent where there is an onReject, and in production', async () => {
  const heard = [];
  const onMessage = ({ rejection }) => heard.push(rejection.reason);
  subscribe('wechat-push:rejected', onMessage);
  const onReject = jest.fn();
  await get(await serve(messagePush({ token: 'mytoken', onReject })));
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  const inProduction = messagePush('mytoken');
  process.env.NODE_ENV = before;
  await get(await serve(inProduction));
  unsubscribe('wechat-push:rejected', onMessage);

  expect(lines).toEqual([]);
  expect(onReject).toHaveBeenCalledTimes(1);
  expect(heard).toEqual(['signature_mismatch', 'signature_mismatch']);
});
