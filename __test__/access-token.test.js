'use strict';

// The access token, and calls with it, against a real server.

const { spawnSync } = require('node:child_process');
const http = require('node:http');
const { join } = require('node:path');
const { memoryStore } = require('..');
const { ApiError, accessToken } = require('../api.js');
const { openApi, request } = require('../lib/api/request.js');
const { createApiServer } = require('../testing.js');
const { fastClock } = require('./support/api.js');

const APP = { appId: 'wx1', appSecret: 'the-secret' };
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let server;
beforeEach(async () => {
  server = await createApiServer({ secrets: { wx1: 'the-secret', ww1: 'corp-secret' } });
});
afterEach(() => server.close());

const open = (more) => accessToken({ ...APP, fetch: server.fetch, ...more });
const asks = () => server.calls.filter(({ path }) => /stable_token|gettoken/.test(path));
const forced = () => asks().filter(({ body }) => body.force_refresh);

/** What a promise rejects with. */
async function errorOf(promise) {
  const error = await promise.then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  return error;
}

/** Everything that a log could show of an error. */
function everything(error) {
  const shown = require('node:util').inspect(error, { depth: 10, showHidden: true });
  return shown + JSON.stringify(error) + error.stack;
}

describe('getting it', () => {
  test('a hundred who need it at once cost one call', async () => {
    const { get } = open();
    const all = await Promise.all(Array.from({ length: 100 }, get));
    expect(new Set(all).size).toBe(1);
    expect(asks()).toHaveLength(1);
    await get();
    expect(asks()).toHaveLength(1);
  });

  test('those who share a store share it', async () => {
    const store = memoryStore();
    const all = Array.from({ length: 10 }, () => open({ store }).get());
    expect(new Set(await Promise.all(all)).size).toBe(1);
    expect(asks()).toHaveLength(1);
  });

  test('of two secrets each has its own record: who does not know the secret gets no token', async () => {
    const store = memoryStore();
    await open({ store }).get();
    const stranger = open({ store, appSecret: 'guessed' });
    expect(await errorOf(stranger.get())).toMatchObject({ errcode: 40125 });
  });

  test('it is renewed before its end, and is good all the time', async () => {
    const short = await createApiServer({ tokenLifetime: 2 });
    const { call } = accessToken({ ...APP, fetch: short.fetch });
    const end = performance.now() + 4500;
    while (performance.now() < end) {
      expect(await call('cgi-bin/getcallbackip')).toEqual({ ip_list: ['127.0.0.1'] });
      await sleep(20);
    }
    const errors = short.calls.filter(({ answer }) => answer.errcode);
    expect(errors).toEqual([]);
    expect(short.calls.filter(({ path }) => path.endsWith('stable_token')).length).toBeLessThan(10);
    await short.close();
  });

  test.each([
    [7200, 6960],
    [3600, 3360],
    [301, 180.6],
    [2, 1.2],
  ])(
    'one that lives %s seconds is kept for %s: before WeChat gives the next one it is no use to ask',
    async (lives, keeps) => {
      const store = memoryStore();
      const set = jest.spyOn(store.records, 'set');
      server.answer('cgi-bin/stable_token', { access_token: 'x', expires_in: lives });
      await open({ store }).get();
      const [, , { ttl }] = set.mock.calls.find(([, value]) => value?.includes('"token"'));
      expect(ttl).toBe(keeps * 1000);
    },
  );

  test('a record that cannot be read is written anew', async () => {
    const store = memoryStore();
    const { get } = store.records;
    await open({ store }).get();
    for (const value of ['wx1-secret', '{"v":2,"token":"x"}', 'null']) {
      jest.spyOn(store.records, 'get').mockImplementation(async (key) => {
        const record = await get(key);
        return record && !key.endsWith(':lock') ? { ...record, value } : record;
      });
      expect(await open({ store }).get()).toMatch(/^wx1-[\w-]{50}/);
    }
  });

  test('when the one who got it has died, another gets it', async () => {
    const store = memoryStore();
    const { set } = store.records;
    const lock = jest.spyOn(store.records, 'set').mockImplementation(async (key, ...rest) => {
      // The lock of the dead, which lasts ten seconds there.
      if (key.endsWith(':lock') && rest[0] !== null) return set(key, rest[0], { ttl: 200, version: null });
      return set(key, ...rest);
    });
    let name;
    lock.mockImplementationOnce(async (key) => {
      name = key;
      return set(key, 'of a dead process', { ttl: 200, version: null }).then(() => false);
    });
    expect(await open({ store }).get()).toMatch(/^wx1-/);
    expect(name).toMatch(/^wx1:token:[\w-]{22}:lock$/);
    expect(await store.records.get(name)).toBeUndefined();
  });

  test('of a WeCom application', async () => {
    const { get, call } = accessToken({ corpId: 'ww1', corpSecret: 'corp-secret', fetch: server.fetch });
    expect(await Promise.all([get(), get()])).toEqual([
      expect.stringMatching(/^ww1-/),
      expect.stringMatching(/^ww1-/),
    ]);
    const body = { touser: 'a', agentid: 1, msgtype: 'text', text: { content: 'hi' } };
    for (const end of [server.expireTokens, server.replaceTokens]) {
      end();
      expect(await call('cgi-bin/message/send', body)).toMatchObject({ errcode: 0 });
    }
    expect(asks()).toHaveLength(3);
  });
});

describe('a token that is rejected', () => {
  test.each([
    ['has ended (42001)', () => server.expireTokens()],
    ['was replaced (40001)', () => server.replaceTokens()],
  ])('that %s is replaced, without force', async (_, end) => {
    const { call } = open();
    await call('cgi-bin/getcallbackip');
    end();
    expect(await Promise.all(Array.from({ length: 20 }, () => call('cgi-bin/getcallbackip')))).toHaveLength(
      20,
    );
    expect(asks()).toHaveLength(2);
    expect(forced()).toEqual([]);
  });

  test('the store is read first: another process may have a new one', async () => {
    const store = memoryStore();
    const [one, other] = [open({ store }), open({ store })];
    const stale = await one.get();
    server.replaceTokens();
    await other.call('cgi-bin/getcallbackip');
    const before = asks().length;
    // Reads the old one, as a process does whose call was on its way.
    jest
      .spyOn(store.records, 'get')
      .mockImplementationOnce(async () => ({ value: JSON.stringify({ v: 1, token: stale }), version: '1' }));
    await one.call('cgi-bin/getcallbackip');
    expect(asks()).toHaveLength(before);
  });

  test('what stable_token gives again is renewed by force, once in 30 seconds for all', async () => {
    const store = memoryStore();
    const reject = () =>
      server.answer('cgi-bin/getcallbackip', { errcode: 40001, errmsg: 'invalid credential' });
    reject();
    await open({ store }).call('cgi-bin/getcallbackip');
    expect(forced()).toHaveLength(1);
    reject();
    const error = await errorOf(open({ store }).call('cgi-bin/getcallbackip'));
    expect(error).toMatchObject({ code: 'ERR_WECHAT_PUSH_API', errcode: 40001 });
    expect(forced()).toHaveLength(1);
  });

  test('ten times a day', async () => {
    // Thirty seconds of the server are 3 ms.
    const quick = await createApiServer({ timeScale: 1e-4, tokenLifetime: 1e6 });
    const store = memoryStore();
    const { set } = store.records;
    // Those of the store are over at once, the day is not.
    jest
      .spyOn(store.records, 'set')
      .mockImplementation((key, value, options) =>
        set(key, value, key.endsWith(':forced') ? { ...options, ttl: 1 } : options),
      );
    const errors = [];
    for (let i = 0; i < 14; i++) {
      quick.answer('cgi-bin/getcallbackip', { errcode: 40001 });
      const { call } = open({ store, fetch: quick.fetch });
      await call('cgi-bin/getcallbackip').catch(({ errcode }) => errors.push(errcode));
      await sleep(5);
    }
    expect(quick.calls.filter(({ body }) => body.force_refresh)).toHaveLength(10);
    expect(errors).toEqual([40001, 40001, 40001, 40001]);
    await quick.close();
  });

  test('rejected twice is an error, after two calls', async () => {
    server.answer('cgi-bin/getcallbackip', { errcode: 42001, errmsg: 'access_token expired' }, { times: 9 });
    const error = await errorOf(open().call('cgi-bin/getcallbackip'));
    expect(error).toMatchObject({ errcode: 42001, detail: expect.stringContaining('expired') });
    expect(server.calls.filter(({ path }) => path.endsWith('getcallbackip'))).toHaveLength(2);
  });

  test('while the store is away nothing is forced, and tokens are had all the same', async () => {
    const gone = () => Promise.reject(new Error('redis://user:password@host is gone'));
    const store = { ...memoryStore(), records: { get: gone, set: gone, claimDue: gone } };
    const { get, call } = open({ store });
    await Promise.all([get(), get(), get()]);
    expect(asks()).toHaveLength(1);
    await get();
    expect(asks()).toHaveLength(1);
    server.answer('cgi-bin/getcallbackip', { errcode: 40001 });
    expect(await errorOf(call('cgi-bin/getcallbackip'))).toMatchObject({ errcode: 40001 });
    expect(forced()).toEqual([]);
  });

  test('a store that hangs counts as one that is away', async () => {
    const hang = () => new Promise(() => {});
    const store = { ...memoryStore(), records: { get: hang, set: hang, claimDue: hang } };
    expect(await open({ store }).get()).toMatch(/^wx1-/);
  });
});

describe('calls', () => {
  test('send JSON in raw UTF-8, and halves of characters as U+FFFD', async () => {
    const seen = [];
    const raw = http.createServer((req, res) => {
      const chunks = [];
      req.on('data', (chunk) => chunks.push(chunk));
      req.on('end', () => {
        seen.push([req.method, req.url, req.headers['content-type'], Buffer.concat(chunks).toString()]);
        res.end(
          '{"errcode":0,"msgid":9223372036854775807,"list":[-9007199254740993,12],"text":"a 9223372036854775807 \\" b"}',
        );
      });
    });
    await new Promise((resolve) => raw.listen(0, '127.0.0.1', resolve));
    const api = { ...openApi(), base: new URL(`http://127.0.0.1:${raw.address().port}`) };
    const answer = await request(api, 'cgi-bin/x?y=1', {
      query: { access_token: 't' },
      body: { text: '你好\u{1f600}\ud800', n: 1 },
    });
    await request(api, '/cgi-bin/x', {});
    raw.close();
    raw.closeAllConnections();
    expect(seen).toEqual([
      [
        'POST',
        '/cgi-bin/x?y=1&access_token=t',
        'application/json; charset=utf-8',
        '{"text":"你好😀\ufffd","n":1}',
      ],
      ['GET', '/cgi-bin/x', undefined, ''],
    ]);
    expect(answer).toEqual({
      errcode: 0,
      msgid: '9223372036854775807',
      list: ['-9007199254740993', 12],
      text: 'a 9223372036854775807 " b',
    });
  });

  test.each([
    ['undefined', undefined],
    ['another host', 'https://example.com/cgi-bin/x'],
    ['another host by two slashes', '//example.com/cgi-bin/x'],
    ['another host by backslashes', '\\\\example.com/cgi-bin/x'],
    ['nothing', ''],
    ['a token of its own', 'cgi-bin/x?access_token=1'],
  ])('the path cannot be %s', async (_, path) => {
    const error = await errorOf(open().call(path));
    expect(error).toMatchObject({ code: 'ERR_WECHAT_PUSH_OPTIONS', option: 'path' });
    expect(server.calls.filter((one) => !one.path.endsWith('stable_token'))).toEqual([]);
  });

  test.each([
    ['a text', 'hi'],
    ['a number', 1],
    ['null', null],
    ['a BigInt', { id: 1n }],
    [
      'a circle',
      (() => {
        const body = {};
        body.body = body;
        return body;
      })(),
    ],
    [
      'a getter that throws',
      {
        get text() {
          throw new Error('password');
        },
      },
    ],
  ])('the body cannot be %s', async (_, body) => {
    const error = await errorOf(open().call('cgi-bin/x', body));
    expect(error).toMatchObject({ code: 'ERR_WECHAT_PUSH_OPTIONS', option: 'body' });
    expect(everything(error)).not.toContain('password');
  });

  test('errors are words, in both languages', async () => {
    server.answer('cgi-bin/getcallbackip', {
      errcode: 40164,
      errmsg: 'invalid ip 1.2.3.4, not in whitelist',
    });
    const error = await errorOf(open().call('cgi-bin/getcallbackip'));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      name: 'ApiError',
      code: 'ERR_WECHAT_PUSH_API',
      reason: 'refused',
      path: '/cgi-bin/getcallbackip',
      errcode: 40164,
      errmsg: 'invalid ip 1.2.3.4, not in whitelist',
      rid: expect.stringMatching(/^[\da-f-]{20,}$/),
      temporary: false,
      detail: expect.stringContaining('whitelist'),
      zh: expect.stringContaining('白名单'),
    });
    expect(error.message).toBe(`wechat-push: /cgi-bin/getcallbackip: ${error.detail}`);
  });

  test.each([
    [
      'hints',
      'invalid credential hint: [abc] rid: 5f0-a-b',
      { errmsg: 'invalid credential hint: [abc]', rid: '5f0-a-b' },
    ],
    ['a comma', 'api unauthorized, rid: 5f0', { errmsg: 'api unauthorized', rid: '5f0' }],
    ['several lines', 'a\nb rid: 1', { errmsg: 'a\nb', rid: '1' }],
    ['neither', '', { errmsg: '', rid: undefined }],
  ])('errmsg with %s', async (_, errmsg, told) => {
    const answers = async () => Response.json({ errcode: 48001, errmsg });
    const error = await errorOf(request(openApi({ fetch: answers }), 'cgi-bin/x', {}));
    expect(error).toMatchObject(told);
  });

  test.each([
    ['down', 'down', {}, { reason: 'unreachable', temporary: true }],
    ['answering HTML', 'html', {}, { reason: 'not_json', temporary: true }],
    [
      'a gateway without it',
      'html',
      { status: 502 },
      { reason: 'http_status', status: 502, temporary: true },
    ],
    ['not for us', 'html', { status: 403 }, { reason: 'http_status', status: 403, temporary: false }],
    ['leading elsewhere', {}, { status: 302 }, { reason: 'http_status', status: 302, temporary: false }],
    ['busy', { errcode: -1 }, {}, { reason: 'refused', errcode: -1, temporary: true }],
  ])('an API that is %s', async (_, answer, options, told) => {
    const { get, call } = open();
    await get();
    server.answer('cgi-bin/getcallbackip', answer, options);
    expect(await errorOf(call('cgi-bin/getcallbackip'))).toMatchObject({
      code: 'ERR_WECHAT_PUSH_API',
      ...told,
    });
    server.answer('cgi-bin/stable_token', answer, options);
    expect(await errorOf(open().get())).toMatchObject({ ...told, path: '/cgi-bin/stable_token' });
  });

  test('an API that is not there', async () => {
    const { get } = open();
    await server.close();
    expect(await errorOf(get())).toMatchObject({
      reason: 'unreachable',
      detail: expect.stringMatching(/: [A-Z_]+$/),
    });
  });

  test('an API that never answers, or never ends its answer', async () => {
    const api = openApi({ fetch: server.fetch, clock: fastClock });
    server.answer('*', 'hang');
    expect(await errorOf(request(api, 'cgi-bin/x', {}))).toMatchObject({
      reason: 'timeout',
      temporary: true,
    });
    const endless = async () => new Response(new ReadableStream({ pull: () => new Promise(() => {}) }));
    expect(
      await errorOf(request(openApi({ fetch: endless, clock: fastClock }), 'cgi-bin/x', {})),
    ).toMatchObject({ reason: 'timeout' });
    const deaf = () => new Promise(() => {});
    expect(await errorOf(request(openApi({ fetch: deaf, clock: fastClock }), 'cgi-bin/x', {}))).toMatchObject(
      { reason: 'timeout' },
    );
  });

  test.each([
    ['0.12345678901234567890', 0.12345678901234568],
    ['-1.2345678901234567890e5', Number('-1.2345678901234567890e5')],
    ['12345678901234567890.5', Number('12345678901234567890.5')],
    ['1e20', 1e20],
    ['9007199254740991', 9007199254740991],
    ['12345678901234567890', '12345678901234567890'],
    ['"\\"12345678901234567890"', '"12345678901234567890'],
  ])('a number is %s', async (json, value) => {
    const answers = async () => new Response(`{"errcode":"0","value":[${json},${json}]}`);
    expect((await request(openApi({ fetch: answers }), 'cgi-bin/x', {})).value).toEqual([value, value]);
  });

  test('an answer that leads elsewhere is not followed: the token would go along', async () => {
    const elsewhere = await createApiServer();
    const leading = http.createServer((req, res) => {
      res.writeHead(307, { location: `${elsewhere.url}${req.url}` }).end();
    });
    await new Promise((resolve) => leading.listen(0, '127.0.0.1', resolve));
    const api = { ...openApi(), base: new URL(`http://127.0.0.1:${leading.address().port}`) };
    const sent = { query: { access_token: 't' }, body: { secret: 's' } };
    expect(await errorOf(request(api, 'cgi-bin/x', sent))).toMatchObject({
      reason: 'http_status',
      status: 307,
    });
    expect(elsewhere.calls).toEqual([]);
    leading.close();
    leading.closeAllConnections();
    await elsewhere.close();
  });

  test('a long answer is read', async () => {
    const text = '\\"字'.repeat(500_000);
    const answers = async () => Response.json({ errcode: 0, text });
    expect((await request(openApi({ fetch: answers }), 'cgi-bin/x', {})).text).toBe(text);
  });

  test('by a fetch whose bodies are others', async () => {
    const text = async () => '{"errcode":0,"ok":1}';
    const fetching = async () => ({ ok: true, status: 200, headers: new Headers(), body: {}, text });
    expect(await request(openApi({ fetch: fetching }), 'cgi-bin/x', {})).toMatchObject({ ok: 1 });
  });

  test('an answer without end is left', async () => {
    let chunks = 0;
    const pull = (controller) => (chunks++, controller.enqueue(new Uint8Array(1024 * 1024).fill(97)));
    const fetching = async () => new Response(new ReadableStream({ pull }));
    expect(await errorOf(request(openApi({ fetch: fetching }), 'cgi-bin/x', {}))).toMatchObject({
      reason: 'too_large',
    });
    await sleep(20);
    expect(chunks).toBeLessThan(20);
  });

  test.each([
    ['no object', 'null'],
    ['cut off', '{"errcode":0'],
    ['nothing', ''],
  ])('an answer that is %s', async (_, text) => {
    const error = await errorOf(request(openApi({ fetch: async () => new Response(text) }), 'cgi-bin/x', {}));
    expect(error).toMatchObject({ reason: 'not_json' });
  });

  test.each([
    ['is empty', { access_token: '', expires_in: 7200 }],
    ['is not there', { expires_in: 7200 }],
    ['never lived', { access_token: 'x', expires_in: 0 }],
    ['lives until who knows when', { access_token: 'x' }],
  ])('a token that %s', async (_, answer) => {
    server.answer('cgi-bin/stable_token', answer);
    expect(await errorOf(open().get())).toMatchObject({ reason: 'no_token' });
  });

  test('a signal ends one, before and during it', async () => {
    const { call } = open();
    const signal = AbortSignal.abort();
    expect(await errorOf(call('cgi-bin/getcallbackip', undefined, { signal }))).toMatchObject({
      reason: 'aborted',
      temporary: false,
    });
    server.answer('cgi-bin/getcallbackip', 'hang');
    const ending = new AbortController();
    const waiting = errorOf(call('cgi-bin/getcallbackip', undefined, ending));
    while (!server.calls.some(({ answer }) => answer === 'hang')) await sleep(5);
    ending.abort();
    expect(await waiting).toMatchObject({ reason: 'aborted' });
  });
});

test('no token, secret or URL with one is in an error, whoever made it', async () => {
  const { get, call } = open();
  const token = await get();
  const errors = [];
  for (const errmsg of [`invalid access_token=${token} rid: 1`, `bad ${token}`]) {
    server.answer('cgi-bin/getcallbackip', { errcode: 48001, errmsg });
    errors.push(await errorOf(call('cgi-bin/getcallbackip')));
  }
  server.answer('cgi-bin/stable_token', { errcode: 40125, errmsg: 'invalid appsecret the-secret' });
  errors.push(await errorOf(open().get()));
  const leaks = [
    (url) => {
      throw new TypeError(`Failed to parse URL from ${url}`);
    },
    async (url, { body }) => {
      throw Object.assign(new Error(url), { cause: { code: body, url } });
    },
    async (url, { body }) => new Response(url + body, { headers: { 'content-type': 'text/plain' } }),
    async (url) => Promise.reject(url),
    async () => Promise.reject(null),
    async () => undefined,
  ];
  for (const fetching of leaks) {
    errors.push(await errorOf(open({ fetch: fetching }).get()));
    const sent = { query: { access_token: token } };
    errors.push(await errorOf(request(openApi({ fetch: fetching }), 'cgi-bin/x', sent)));
  }
  for (const error of errors) {
    expect(error).toMatchObject({ code: 'ERR_WECHAT_PUSH_API' });
    expect(everything(error)).not.toContain(token);
    expect(everything(error)).not.toContain('the-secret');
  }
});

describe('WECHAT_PUSH_API_URL', () => {
  afterEach(() => delete process.env.WECHAT_PUSH_API_URL);

  test('leads calls to a server of this machine', async () => {
    process.env.WECHAT_PUSH_API_URL = server.url;
    expect(await accessToken(APP).get()).toMatch(/^wx1-/);
    const corp = accessToken({ corpId: 'ww1', corpSecret: 'corp-secret' });
    expect(await corp.get()).toMatch(/^ww1-/);
  });

  test.each([
    'http://example.com',
    'http://127.0.0.1.example.com',
    'http://10.0.0.1',
    'file:///tmp',
    'localhost',
    'x',
  ])('cannot be %s', (url) => {
    process.env.WECHAT_PUSH_API_URL = url;
    expect(() => accessToken(APP)).toThrow(/WECHAT_PUSH_API_URL must be a server of this machine/);
  });

  test.each(['http://127.0.0.1:1', 'http://localhost:1', 'http://[::1]:1', 'https://127.9.9.9'])(
    'can be %s',
    (url) => {
      process.env.WECHAT_PUSH_API_URL = url;
      expect(() => accessToken(APP)).not.toThrow();
    },
  );
});

test.each([
  ['appSecret', { appId: 'wx1' }],
  ['appId', { appSecret: 's' }],
  ['appId', {}],
  ['corpSecret', { corpId: 'ww1', appSecret: 's' }],
  ['appSecret', { appId: 'wx1', appSecret: '' }],
  ['store', { ...APP, store: {} }],
  ['store', { ...APP, store: { ...memoryStore(), records: undefined } }],
  ['fetch', { ...APP, fetch: 'node-fetch' }],
  ['secret', { appId: 'wx1', secret: 's' }],
])('a wrong option is refused: %s', (option, options) => {
  const error = (() => {
    try {
      accessToken(options);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toMatchObject({ code: 'ERR_WECHAT_PUSH_OPTIONS', option });
});

test('the types hold', () => {
  const options = '--noEmit --ignoreConfig --strict --module nodenext --target es2022 --types node';
  const tsc = require.resolve('typescript/package.json').replace('package.json', 'bin/tsc');
  const args = [tsc, ...options.split(' '), join(__dirname, 'types', 'api.test-d.ts')];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, '']);
});
