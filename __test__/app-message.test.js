'use strict';

// appMessage as a carrier: real sockets to a server that plays WeCom's API.

const { reply } = require('..');
const { appMessage } = require('../api.js');
const { systemClock } = require('../lib/clock.js');
const { openAppMessage } = require('../lib/api/app-message.js');
const { createApiServer } = require('../testing.js');
const { fastClock, undelivered } = require('./support/api.js');

const SEND = 'cgi-bin/message/send';
const account = { id: 'ww1', appId: 'ww1' };

let server;
beforeEach(async () => {
  server = await createApiServer({ secrets: { ww1: 'c1' } });
});
afterEach(() => server.close());

const open = (more, clock = systemClock) =>
  openAppMessage({ corpSecret: 'c1', agentId: 1000002, fetch: server.fetch, ...more }, clock);
const sends = () => server.calls.filter(({ path }) => path === `/${SEND}`);
const answer = (more) => undelivered({ account, user: 'zhangsan', message: undefined, ...more });

test('a text is sent in parts that WeCom does not cut', async () => {
  const value = Array.from({ length: 900 }, (_, i) => `第${i}句。`).join('');
  expect(await open().carry(answer({ value }))).toBeUndefined();
  expect(server.messages.length).toBeGreaterThan(5);
  expect(server.messages.map(({ text }) => text).join('')).toBe(value);
  for (const { account: id, user, kind } of server.messages) {
    expect([id, user, kind]).toEqual(['ww1', 'zhangsan', 'text']);
  }
  expect(sends()[0].body).toMatchObject({ agentid: 1000002, touser: 'zhangsan' });
});

test.each([
  [reply.image('M1'), 'image', { media_id: 'M1' }],
  [reply.voice('M1'), 'voice', { media_id: 'M1' }],
  [
    reply.video({ mediaId: 'M1', title: 't', description: 'd' }),
    'video',
    { media_id: 'M1', title: 't', description: 'd' },
  ],
  [
    reply.news([
      { title: 'a', url: 'u' },
      { title: 'b', picUrl: 'p' },
    ]),
    'news',
    {
      articles: [
        { title: 'a', url: 'u' },
        { title: 'b', picurl: 'p' },
      ],
    },
  ],
  [{ MsgType: 'markdown', markdown: { content: '**x**' } }, 'markdown', { content: '**x**' }],
])('%j', async (value, kind, content) => {
  expect(await open().carry(answer({ value }))).toBeUndefined();
  expect(server.messages).toEqual([{ account: 'ww1', user: 'zhangsan', kind, content }]);
});

test('nine articles are two messages', async () => {
  const articles = Array.from({ length: 9 }, (_, i) => ({ title: `t${i}` }));
  await open().carry(answer({ value: reply.news(articles) }));
  expect(server.messages.map(({ content }) => content.articles.length)).toEqual([8, 1]);
});

test.each([
  reply.music({ thumbMediaId: 'M1' }),
  reply.transferCustomerService(),
  { MsgType: 'update_button', Button: {} },
])('has no message for %j', async (value) => {
  await expect(open().carry(answer({ value }))).rejects.toMatchObject({ reason: 'not_taken' });
  expect(server.calls).toEqual([]);
});

test.each([
  ['was replaced', () => server.replaceTokens()],
  ['has ended', () => server.expireTokens()],
])('a token that %s is had again', async (_, end) => {
  const { records } = answer();
  await open().carry(answer({ records }));
  end();
  await open().carry(answer({ records }));
  expect(server.messages).toHaveLength(2);
});

test('whom WeCom does not know is an error, though it says ok', async () => {
  server.answer(SEND, { errcode: 0, errmsg: 'ok', invaliduser: 'zhangsan' });
  await expect(open().carry(answer())).rejects.toMatchObject({
    errcode: 81013,
    zh: expect.stringContaining('可见范围'),
  });
});

test('codes mean what they mean in WeCom', async () => {
  server.answer(SEND, { errcode: 60020, errmsg: 'not allow to access from your ip' });
  await expect(open().carry(answer())).rejects.toMatchObject({
    errcode: 60020,
    zh: expect.stringContaining('企业可信IP'),
  });
  await expect(open({ corpSecret: 'wrong' }).carry(answer())).rejects.toMatchObject({
    errcode: 40001,
    path: '/cgi-bin/gettoken',
    detail: expect.stringContaining('secret'),
  });
});

test('while the API is down it is tried three times', async () => {
  server.answer(SEND, 'down', { times: 2 });
  await open({}, fastClock).carry(answer());
  expect(server.messages).toHaveLength(1);
  server.answer(SEND, 'down', { times: Infinity });
  await expect(open({}, fastClock).carry(answer())).rejects.toMatchObject({ reason: 'unreachable' });
  expect(sends()).toHaveLength(6);
});

test('the token can come from elsewhere', async () => {
  const { access_token: token } = await (
    await fetch(`${server.url}/cgi-bin/gettoken?corpid=ww1&corpsecret=c1`)
  ).json();
  const carrier = open({
    corpSecret: undefined,
    accessToken: async ({ account: { id } }) => id === 'ww1' && token,
  });
  expect(await carrier.carry(answer())).toBeUndefined();
});

test('needs a CorpID', async () => {
  await expect(open().carry(answer({ account: { id: 'x' } }))).rejects.toMatchObject({ option: 'corpId' });
  expect(await open({ corpId: 'ww1' }).carry(answer({ account: { id: 'x' } }))).toBeUndefined();
});

test.each([
  ['agentId', { corpSecret: 's' }],
  ['agentId', { corpSecret: 's', agentId: 'x' }],
  ['agentId', { corpSecret: 's', agentId: 1.5 }],
  ['corpSecret', { agentId: 1 }],
  ['corpSecret', { agentId: 1, corpSecret: 's', accessToken() {} }],
  ['agentid', { agentId: 1, corpSecret: 's', agentid: 1 }],
])('a wrong option is refused: %s', (option, options) => {
  expect(() => appMessage(options)).toThrow(
    expect.objectContaining({ code: 'ERR_WECHAT_PUSH_OPTIONS', option }),
  );
});
