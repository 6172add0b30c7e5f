'use strict';

// createApiServer of wechat-push/testing, asked by plain fetch, as any client would.

const { createApiServer } = require('../testing.js');
const { event, textMessage } = require('./support/api.js');

const OPENED = [];
async function open(options) {
  const server = await createApiServer(options);
  OPENED.push(server);
  return server;
}
afterEach(async () => {
  for (const server of OPENED.splice(0)) await server.close();
});

const json = (value) => ({ method: 'POST', body: JSON.stringify(value) });
const ask = async (server, path, init) => (await fetch(`${server.url}/cgi-bin/${path}`, init)).json();
const pair = { grant_type: 'client_credential', appid: 'wx1', secret: 's1' };
const stable = (server, more) => ask(server, 'stable_token', json({ ...pair, ...more }));
const tokenOf = async (server) => (await stable(server)).access_token;
const callback = (server, token) => ask(server, `getcallbackip?access_token=${token}`);
const send = async (server, body, token) =>
  ask(server, `message/custom/send?access_token=${token ?? (await tokenOf(server))}`, json(body));
const text = (content, touser = 'ouser') => ({ touser, msgtype: 'text', text: { content } });
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

describe('tokens', () => {
  test('stable_token gives the same one to all, 512 characters at most', async () => {
    const server = await open();
    const [one, other] = [await stable(server), await stable(server)];
    expect(one).toEqual({ access_token: expect.stringMatching(/^[\w-]{50,512}$/), expires_in: 7200 });
    expect(other.access_token).toBe(one.access_token);
    expect(await callback(server, one.access_token)).toEqual({ ip_list: ['127.0.0.1'] });
  });

  test('in the last five minutes it gives the next one, and both work', async () => {
    // Two hours are 2.4 seconds.
    const server = await open({ timeScale: 1 / 3000 });
    const first = await tokenOf(server);
    let left = 7200;
    let next = first;
    while (next === first) {
      await sleep(10);
      const given = await stable(server);
      next = given.access_token;
      if (next === first) {
        expect(given.expires_in).toBeGreaterThanOrEqual(300);
        expect(given.expires_in).toBeLessThanOrEqual(left);
        left = given.expires_in;
      }
    }
    expect((await callback(server, next)).errcode).toBeUndefined();
    await sleep(150);
    expect(await callback(server, first)).toMatchObject({ errcode: 42001 });
    expect((await callback(server, next)).errcode).toBeUndefined();
  });

  test('force_refresh replaces it at once, but not again within 30 seconds', async () => {
    const server = await open();
    const first = await tokenOf(server);
    const second = (await stable(server, { force_refresh: true })).access_token;
    expect(second).not.toBe(first);
    expect(await callback(server, first)).toMatchObject({
      errcode: 40001,
      errmsg: expect.stringMatching(/^invalid credential.* rid: [\da-f-]+$/),
    });
    expect((await stable(server, { force_refresh: true })).access_token).toBe(second);
    expect((await callback(server, second)).errcode).toBeUndefined();
  });

  test('force_refresh works 20 times a day', async () => {
    // 30 seconds are 30 ms, a day 86 s.
    const server = await open({ timeScale: 0.001 });
    const seen = new Set([await tokenOf(server)]);
    for (let i = 0; i < 25; i++) {
      await sleep(40);
      seen.add((await stable(server, { force_refresh: true })).access_token);
    }
    expect(seen.size).toBe(21);
  });

  test('token makes a new one with each call, apart from that of stable_token', async () => {
    const server = await open();
    const apart = await tokenOf(server);
    const query = 'token?grant_type=client_credential&appid=wx1&secret=s1';
    const [one, other] = [await ask(server, query), await ask(server, query)];
    expect(one.access_token).not.toBe(other.access_token);
    for (const token of [apart, one.access_token, other.access_token]) {
      expect((await callback(server, token)).errcode).toBeUndefined();
    }
  });

  test('gettoken of WeCom gives one until its end', async () => {
    const server = await open();
    const query = 'gettoken?corpid=ww1&corpsecret=c1';
    const one = await ask(server, query);
    expect(one).toMatchObject({ errcode: 0, errmsg: 'ok', expires_in: 7200 });
    expect((await ask(server, query)).access_token).toBe(one.access_token);
    server.expireTokens();
    expect((await ask(server, query)).access_token).not.toBe(one.access_token);
  });

  test.each([
    ['a wrong secret', { secret: 's2' }, 40125],
    ['no secret', { secret: undefined }, 40125],
    ['another AppID', { appid: 'wx2' }, 40013],
    ['another grant_type', { grant_type: 'code' }, 40002],
  ])('%s is refused', async (_, more, errcode) => {
    const server = await open({ secrets: { wx1: 's1' } });
    expect(await stable(server, more)).toMatchObject({ errcode, errmsg: expect.stringContaining(' rid: ') });
    expect(await stable(server)).toHaveProperty('access_token');
  });

  test('all of them can be ended, or replaced', async () => {
    const server = await open();
    const first = await tokenOf(server);
    server.expireTokens();
    expect(await callback(server, first)).toMatchObject({ errcode: 42001 });
    const second = await tokenOf(server);
    server.replaceTokens();
    expect(await callback(server, second)).toMatchObject({ errcode: 40001 });
    expect(await callback(server, '')).toMatchObject({ errcode: 41001 });
  });
});

describe('messages', () => {
  test('users see what was sent', async () => {
    const server = await open();
    server.pushed(textMessage());
    expect(await send(server, text('你好 \\ " \n😀'))).toEqual({ errcode: 0, errmsg: 'ok' });
    const page = { title: 't', pagepath: 'p', thumb_media_id: 'm' };
    await send(server, { touser: 'ouser', msgtype: 'miniprogrampage', miniprogrampage: page });
    expect(server.messages).toEqual([
      { account: 'wx1', user: 'ouser', kind: 'text', text: '你好 \\ " \n😀', content: expect.anything() },
      { account: 'wx1', user: 'ouser', kind: 'miniprogrampage', content: page },
    ]);
  });

  test('characters that came as \\uXXXX are shown so', async () => {
    const server = await open();
    server.pushed(textMessage());
    const body = JSON.stringify(text('HI\u0001\\u4f60')).replace('HI', '\\u4f60\\u597d');
    await ask(server, `message/custom/send?access_token=${await tokenOf(server)}`, { method: 'POST', body });
    expect(server.messages[0].text).toBe('\\u4f60\\u597d\u0001\\u4f60');
  });

  test.each([
    ['a message', textMessage(), 5],
    ['a menu', event('CLICK', { EventKey: 'a' }), 3],
    ['a tap in a message', textMessage({ bizmsgmenuid: '1' }), 3],
    ['a scan', event('SCAN'), 3],
    ['following', event('subscribe'), 3],
    ['entering', event('user_enter_tempsession'), 2],
    ['leaving', event('unsubscribe'), 0],
  ])('%s allows so many', async (_, message, count) => {
    const server = await open();
    server.pushed(message);
    for (let i = 0; i < count; i++) expect(await send(server, text('hi'))).toMatchObject({ errcode: 0 });
    expect(await send(server, text('hi'))).toMatchObject({ errcode: count ? 45047 : 45015 });
    expect(server.messages).toHaveLength(count);
    server.pushed(textMessage());
    expect(await send(server, text('hi'))).toMatchObject({ errcode: 0 });
  });

  test('for a minute after an event, for 48 hours after a message, and never without', async () => {
    // A minute is 60 ms.
    const server = await open({ timeScale: 0.001 });
    expect(await send(server, text('hi'))).toMatchObject({ errcode: 45015 });
    server.pushed(event('SCAN'));
    await sleep(80);
    expect(await send(server, text('hi'))).toMatchObject({ errcode: 45015 });
    server.pushed(textMessage());
    await sleep(80);
    expect(await send(server, text('hi'))).toMatchObject({ errcode: 0 });
  });

  test.each([
    ['a long text', text('x'.repeat(2049)), 45002],
    ['an empty one', text(''), 44004],
    ['another kind', { touser: 'ouser', msgtype: 'passive', passive: {} }, 40008],
    ['two articles', { touser: 'ouser', msgtype: 'news', news: { articles: [{}, {}] } }, 45008],
    ['nobody', text('hi', ''), 40003],
  ])('%s is refused, and costs nothing', async (_, body, errcode) => {
    const server = await open();
    server.pushed(textMessage());
    expect(await send(server, body)).toMatchObject({ errcode });
    for (let i = 0; i < 5; i++)
      expect(await send(server, text('x'.repeat(2048)))).toMatchObject({ errcode: 0 });
  });

  test('a member of a company sees the first 2,048 bytes', async () => {
    const server = await open();
    const { access_token: token } = await ask(server, 'gettoken?corpid=ww1&corpsecret=c1');
    const path = `message/send?access_token=${token}`;
    const body = { ...text('你'.repeat(1000), 'a|b'), agentid: 1 };
    expect(await ask(server, path, json(body))).toMatchObject({ errcode: 0, msgid: expect.any(String) });
    expect(server.messages.map(({ user, text: seen }) => [user, seen])).toEqual([
      ['a', '你'.repeat(682)],
      ['b', '你'.repeat(682)],
    ]);
    expect(await ask(server, path, json(text('hi')))).toMatchObject({ errcode: 40056 });
    const wrong = await ask(server, 'message/send?access_token=x', json(body));
    expect(wrong).toMatchObject({ errcode: 40014 });
  });
});

test('one is seen typing, within 30 seconds of a message', async () => {
  const server = await open({ timeScale: 0.01 });
  const type = async (command) =>
    (
      await ask(
        server,
        `message/custom/typing?access_token=${await tokenOf(server)}`,
        json({ touser: 'ouser', command }),
      )
    ).errcode;
  expect(await type('Typing')).toBe(45080);
  server.pushed(textMessage());
  expect(await type('typing')).toBe(45072);
  expect(await type('Typing')).toBe(0);
  expect(server.isTyping('ouser')).toBe(true);
  expect(await type('Typing')).toBe(45081);
  await send(server, text('hi'));
  expect(server.isTyping('ouser')).toBe(false);
  await sleep(350);
  expect(await type('Typing')).toBe(45080);
});

describe('answers that were ordered', () => {
  test('are given to so many calls of that interface', async () => {
    const server = await open();
    server.answer('cgi-bin/stable_token', { errcode: -1 }, { times: 2 });
    expect(await ask(server, 'token?appid=wx1&secret=s1')).toHaveProperty('access_token');
    for (let i = 0; i < 2; i++) {
      expect(await stable(server)).toEqual({
        errcode: -1,
        errmsg: expect.stringMatching(/^system error rid: /),
      });
    }
    expect(await stable(server)).toHaveProperty('access_token');
  });

  test('are a page, a status, a closed connection, one that hangs, or late ones', async () => {
    const server = await open();
    server.answer('*', 'html', { status: 502 });
    const page = await fetch(`${server.url}/cgi-bin/token`);
    expect([page.status, await page.text()]).toEqual([502, expect.stringContaining('<h1>')]);
    server.answer('*', 'down', { times: Infinity });
    await expect(stable(server)).rejects.toThrow('fetch failed');
    await expect(stable(server)).rejects.toThrow('fetch failed');
    server.recover();
    server.answer('*', 'hang');
    const ending = new AbortController();
    setTimeout(() => ending.abort(), 50);
    await expect(ask(server, 'token', { signal: ending.signal })).rejects.toThrow('aborted');
    server.answer('*', undefined, { delay: 60 });
    const before = performance.now();
    expect(await stable(server)).toHaveProperty('access_token');
    expect(performance.now() - before).toBeGreaterThan(50);
  });
});

test('what is no JSON, and an interface that is not there, are refused', async () => {
  const server = await open();
  const post = (body) => ask(server, 'stable_token', { method: 'POST', body });
  for (const body of ['{', '1', 'null', 'access_token=x'])
    expect(await post(body)).toMatchObject({ errcode: 47001 });
  expect(await ask(server, 'nothing')).toMatchObject({ errcode: 40066 });
  expect(await ask(server, 'toString')).toMatchObject({ errcode: 40066 });
});

test('every call is noted, without secrets', async () => {
  const server = await open();
  server.pushed(textMessage());
  const token = await tokenOf(server);
  await send(server, text('hi'), token);
  expect(server.calls).toEqual([
    {
      method: 'POST',
      path: '/cgi-bin/stable_token',
      body: { ...pair, secret: undefined },
      answer: { expires_in: 7200 },
    },
    {
      method: 'POST',
      path: '/cgi-bin/message/custom/send',
      body: text('hi'),
      answer: { errcode: 0, errmsg: 'ok' },
    },
  ]);
  const noted = JSON.stringify(server.calls);
  expect(noted).not.toContain(token);
  expect(noted).not.toContain('s1');
});

test('it tells of every call, and listens on the port that is wanted', async () => {
  const told = [];
  const { url } = await open();
  const { port } = new URL(url);
  const taken = createApiServer({ port: Number(port) });
  await expect(taken).rejects.toMatchObject({ code: 'EADDRINUSE' });
  for (const server of OPENED.splice(0)) await server.close();
  const server = await open({ port: Number(port), onCall: (call) => told.push(call) });
  expect(server.url).toBe(url);
  await tokenOf(server);
  expect(told).toEqual(server.calls);
  expect(told).toHaveLength(1);
});

test('its fetch leads every URL there', async () => {
  const server = await open();
  const url = 'https://api.weixin.qq.com/cgi-bin/stable_token?a=1';
  for (const given of [url, new URL(url)]) {
    expect(await (await server.fetch(given, json(pair))).json()).toHaveProperty('access_token');
  }
  expect(await (await server.fetch(new Request(url, json(pair)))).json()).toHaveProperty('access_token');
});

test('it closes while calls hang, and a second time', async () => {
  const server = await createApiServer();
  server.answer('*', 'hang');
  const hanging = stable(server);
  hanging.catch(() => {});
  while (server.calls.length === 0) await sleep(5);
  await server.close();
  await expect(hanging).rejects.toThrow('fetch failed');
  await expect(stable(server)).rejects.toThrow('fetch failed');
  await server.close();
});

test.each([
  ['secrets', { secrets: 'wx1' }],
  ['secrets', { secrets: { wx1: 1 } }],
  ['tokenLifetime', { tokenLifetime: 0 }],
  ['timeScale', { timeScale: 0 }],
  ['secret', { secret: {} }],
  ['port', { port: 65_536 }],
  ['port', { port: '80' }],
  ['onCall', { onCall: true }],
])('a wrong option is refused: %s', async (option, options) => {
  await expect(createApiServer(options)).rejects.toMatchObject({ code: 'ERR_WECHAT_PUSH_OPTIONS', option });
});
