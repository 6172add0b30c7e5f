'use strict';

// responseUrl as a carrier: real sockets to a server that plays WeCom's API.

const http = require('node:http');
const { once } = require('node:events');
const { ApiError, responseUrl } = require('../api.js');
const { systemClock } = require('../lib/clock.js');
const { openResponseUrl } = require('../lib/api/response-url.js');
const { createApiServer } = require('../testing.js');
const { fastClock, undelivered } = require('./support/api.js');
const { said } = require('./support/bot.js');

const PATH = '/cgi-bin/aibot/response';
const HOUR = 3_600_000;
const card = {
  card_type: 'text_notice',
  main_title: { title: 'Done' },
  card_action: { type: 1, url: 'https://e.c/' },
};

let server;
beforeEach(async () => {
  server = await createApiServer();
});
afterEach(() => server.close());

const open = (more, clock = systemClock) => openResponseUrl({ fetch: server.fetch, ...more }, clock);

/** An answer to a message of which the server knows; its `response_url` is as WeCom makes it. */
function answer(more, message = said('hi')) {
  server.pushed(message);
  const { msgid } = message;
  return undelivered({ id: `bot:${msgid}`, account: { id: 'bot' }, user: 'zhangsan', message, ...more });
}

test('a text goes as Markdown, unencrypted, to its user', async () => {
  expect(await open().carry(answer({ value: '**hello** 😀' }))).toBeUndefined();
  expect(server.messages).toEqual([
    {
      account: 'AIBOTID',
      user: 'zhangsan',
      kind: 'markdown',
      text: '**hello** 😀',
      content: { content: '**hello** 😀' },
    },
  ]);
  expect(server.calls).toEqual([
    expect.objectContaining({
      method: 'POST',
      path: PATH,
      body: { msgtype: 'markdown', markdown: { content: '**hello** 😀' } },
    }),
  ]);
});

test.each([
  [{ MsgType: 'text', Content: 'hi' }, 'markdown', { content: 'hi' }],
  [
    { msgtype: 'stream', stream: { content: 'hi', feedback: { id: 'f' } } },
    'markdown',
    { content: 'hi', feedback: { id: 'f' } },
  ],
  [{ msgtype: 'template_card', template_card: card }, 'template_card', card],
])('%j', async (value, kind, content) => {
  expect(await open().carry(answer({ value }))).toBeUndefined();
  expect(server.messages).toEqual([expect.objectContaining({ kind, content })]);
});

test('of more than 20,480 bytes the beginning is sent, and the rest goes to the next carrier', async () => {
  const value = Array.from({ length: 3000 }, (_, i) => `第${i}句。`).join('');
  const rest = await open().carry(answer({ value }));
  expect(server.messages).toHaveLength(1);
  const [{ text }] = server.messages;
  expect(text + rest).toBe(value);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(20_480);
  expect(Buffer.byteLength(text)).toBeGreaterThan(20_400);
});

test('it is used once: what follows goes to the next carrier without a call, in any process', async () => {
  const first = answer({ value: 'one' });
  await open().carry(first);
  expect(await open().carry({ ...first, value: 'two' })).toBe('two');
  expect(server.calls).toHaveLength(1);
  expect(await open().carry(answer({ value: 'another' }))).toBeUndefined();
});

test('when it was used elsewhere, WeCom says so, and the answer goes to the next carrier', async () => {
  const message = said('hi');
  await open().carry(answer({ value: 'one' }, message));
  const again = undelivered({ ...answer({ value: 'two' }), message });
  const error = await open()
    .carry(again)
    .catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ reason: 'refused', path: PATH, errcode: 40058, temporary: false });
});

test('after an hour nothing is sent', async () => {
  const at = (age) => ({ value: 'hi', pushedAt: Date.now() - age });
  expect(await open().carry(answer(at(HOUR)))).toBe('hi');
  expect(server.calls).toEqual([]);
  expect(await open().carry(answer(at(HOUR - 60_000)))).toBeUndefined();
});

test('a push without one leaves its answer to the next carrier', async () => {
  expect(await open().carry(answer({ value: 'hi' }, said('', { response_url: undefined })))).toBe('hi');
  expect(server.calls).toEqual([]);
});

test('in a group there are no cards', async () => {
  const message = said('hi', { chattype: 'group' });
  const value = { msgtype: 'template_card', template_card: card };
  const error = await open()
    .carry(answer({ value }, message))
    .catch((thrown) => thrown);
  expect([error.reason, error.path]).toEqual(['not_taken', PATH]);
  expect(server.calls).toEqual([]);
});

test.each([[{ MsgType: 'image', Image: { MediaId: 'x' } }], [{ ErrCode: 0 }], [''], ['  \n']])(
  '%j is no message, and goes to the next carrier',
  async (value) => {
    const error = await open()
      .carry(answer({ value }))
      .catch((thrown) => thrown);
    expect(error.reason).toBe('not_taken');
    expect(server.calls).toEqual([]);
  },
);

describe('it goes nowhere but to Tencent', () => {
  test.each([
    ['http://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=SECRET'],
    ['https://qyapi.weixin.qq.com.evil.example/cgi-bin/aibot/response?response_code=SECRET'],
    ['https://qyapi.weixin.qq.com:8443/cgi-bin/aibot/response?response_code=SECRET'],
    ['https://SECRET@evil.example/cgi-bin/aibot/response?response_code=SECRET'],
    ['http://127.0.0.1:6379/cgi-bin/aibot/response?response_code=SECRET'],
    ['http://[::1]/?SECRET'],
    ['file:///etc/SECRET'],
    ['//evil.example/?response_code=SECRET'],
    ['/cgi-bin/aibot/response?response_code=SECRET'],
    ['SECRET'],
    [''],
    [['https://qyapi.weixin.qq.com/?response_code=SECRET']],
    [{ href: 'SECRET' }],
    [42],
    [null],
  ])('not to %j', async (response_url) => {
    const send = jest.fn();
    const value = 'hi';
    const error = await open({ fetch: send })
      .carry(answer({ value }, said('hi', { response_url })))
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ reason: 'elsewhere', path: PATH, temporary: false });
    expect(JSON.stringify([error, error.message, error.stack, error.zh])).not.toContain('SECRET');
    expect(send).not.toHaveBeenCalled();
  });

  test('nor on where an answer points', async () => {
    let asked = 0;
    const elsewhere = http
      .createServer((_, response) => response.end(String(++asked)))
      .listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const url = `http://127.0.0.1:${elsewhere.address().port}/`;
    const fetch = async (_input, init) => globalThis.fetch(redirecting.url, init);
    const redirecting = await redirectTo(url);
    const error = await open({ fetch }, fastClock)
      .carry(answer({ value: 'hi' }))
      .catch((thrown) => thrown);
    expect(error.reason).toBe('http_status');
    expect(asked).toBe(0);
    elsewhere.close();
    redirecting.close();
  });

  test('but with WECHAT_PUSH_API_URL all of it to that server of this machine', async () => {
    process.env.WECHAT_PUSH_API_URL = server.url;
    try {
      const there = `${server.url}${PATH}?response_code=own`;
      expect(await responseUrl().carry(answer({ value: 'a' }))).toBeUndefined();
      expect(
        await responseUrl().carry(answer({ value: 'b' }, said('hi', { response_url: there }))),
      ).toBeUndefined();
      expect(server.messages.map(({ text }) => text)).toEqual(['a', 'b']);
      process.env.WECHAT_PUSH_API_URL = 'http://evil.example';
      expect(() => responseUrl()).toThrow('WECHAT_PUSH_API_URL must be a server of this machine');
    } finally {
      delete process.env.WECHAT_PUSH_API_URL;
    }
  });
});

test('no error holds the code of the URL', async () => {
  const message = said('hi');
  const code = new URL(message.response_url).searchParams.get('response_code');
  for (const told of [{ errcode: 1, errmsg: `bad ${code} there` }, 'html', 'down']) {
    server.answer(PATH, told, { times: 9, status: told === 'html' ? 502 : 200 });
    const error = await open({}, fastClock)
      .carry(answer({ value: 'hi' }, message))
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(JSON.stringify([error, error.message, error.stack, String(error.cause)])).not.toContain(code);
    server.recover();
  }
  const fetch = async (url) => {
    throw new TypeError(`cannot fetch ${url}`, {
      cause: Object.assign(new Error(url), { code: 'ENOTFOUND' }),
    });
  };
  const error = await open({ fetch }, fastClock)
    .carry(answer({ value: 'hi' }, message))
    .catch((thrown) => thrown);
  expect(JSON.stringify([error, error.message, error.stack, String(error.cause)])).not.toContain(code);
});

test('what it did while the API was down it does again', async () => {
  server.answer(PATH, 'down', { times: 2 });
  expect(await open({}, fastClock).carry(answer({ value: 'hi' }))).toBeUndefined();
  expect(server.messages.map(({ text }) => text)).toEqual(['hi']);
});

test('what it says of what is still to come can be other words', () => {
  expect(responseUrl().prompt).toEqual({
    rest: '（未完，后面的内容将另行发送）',
    soon: '正在准备回答，稍后将另行发送。',
  });
  expect(responseUrl({ prompt: 'More below.' }).prompt.rest).toBe('More below.');
  expect(responseUrl({ prompt: { soon: 'Soon.' } }).prompt.soon).toBe('Soon.');
  expect(() => responseUrl({ prompts: '' })).toThrow('option prompts is unknown; did you mean prompt?');
  expect(() => responseUrl({ prompt: 'x'.repeat(601) })).toThrow(
    'prompt.rest must be a string of at most 600 bytes',
  );
});

/** A server that answers every request with another place. */
async function redirectTo(location) {
  const redirecting = http
    .createServer((_, response) => response.writeHead(307, { location }).end())
    .listen(0, '127.0.0.1');
  await once(redirecting, 'listening');
  return { url: `http://127.0.0.1:${redirecting.address().port}/`, close: () => redirecting.close() };
}
