'use strict';

// What the page of the package `co-wechat` promises, kept by wechat-push/compat/co-wechat on Koa 2 and 3.

const Koa3 = require('koa');
const Koa2 = require('koa2');
const wechat = require('wechat-push/compat/co-wechat');
const WXBizMsgCrypt = require('wechat-push/compat/wechat-crypto');
const { article, say, secureConfig, song, songFields } = require('../support/old-bots.js');
const { closeServers, serve, signedQuery } = require('../support/servers.js');
const { account } = require('../support/wechat.js');

const { token } = account;

afterEach(closeServers);

/** What a handler returns, and what the user gets. */
const replies = [
  ['a text', 'hehe', { MsgType: 'text', Content: 'hehe' }],
  [
    'a text with its type',
    { type: 'text', content: 'text object' },
    { MsgType: 'text', Content: 'text object' },
  ],
  ['an image', { type: 'image', content: { mediaId: 'm1' } }, { MsgType: 'image', MediaId: 'm1' }],
  ['a voice', { type: 'voice', content: { mediaId: 'm2' } }, { MsgType: 'voice', MediaId: 'm2' }],
  [
    'a video',
    { type: 'video', content: { mediaId: 'm3', thumbMediaId: 't' } },
    { MsgType: 'video', MediaId: 'm3' },
  ],
  ['music with its type', { type: 'music', content: song }, songFields],
  ['music without a type', song, songFields],
  ['articles', [article], { MsgType: 'news', ArticleCount: '1', PicUrl: article.picurl, Url: article.url }],
  ['an article with thumb_url', [{ title: 't', thumb_url: 'http://a/t' }], { PicUrl: 'http://a/t' }],
  [
    'customerService',
    { type: 'customerService' },
    { MsgType: 'transfer_customer_service', KfAccount: undefined },
  ],
  [
    'customerService with an account',
    { type: 'customerService', kfAccount: 'test1@test' },
    { MsgType: 'transfer_customer_service', KfAccount: 'test1@test' },
  ],
];

describe.each([
  ['Koa 2', Koa2],
  ['Koa 3', Koa3],
])('on %s', (name, Koa) => {
  const bot = (middleware, ...before) => {
    const app = new Koa().on('error', () => {});
    for (const one of before) app.use(one);
    return serve(app.use(middleware).callback());
  };

  test.each([
    ['a Token alone', token],
    ['a config object', { token, appid: '', encodingAESKey: '' }],
    ['a config object with a key', secureConfig],
  ])('the handshake of %s is answered', async (what, config) => {
    const origin = await bot(wechat(config).middleware(async () => 'hi'));
    const timestamp = String(Math.floor(Date.now() / 1000));
    const response = await fetch(`${origin}/?${signedQuery(token, { echostr: '8712034' }, timestamp)}`);
    expect([response.status, await response.text()]).toEqual([200, '8712034']);
  });

  test('a handshake that another Token has signed is refused', async () => {
    const origin = await bot(wechat({ token, onReject() {} }).middleware(async () => 'hi'));
    const response = await fetch(`${origin}/?${signedQuery('other', { echostr: 'hi' })}`);
    expect(response.status).toBeGreaterThanOrEqual(400);
  });

  test('the handler is given the message, every value a text, and ctx', async () => {
    const seen = [];
    const origin = await bot(
      wechat(token).middleware(async (message, ctx) => {
        seen.push(message, ctx.path, ctx.weixin_xml);
        return '';
      }),
    );
    const { sent } = await say(origin, 'hi');
    expect(seen).toEqual([
      { ...sent, CreateTime: String(sent.CreateTime) },
      '/',
      expect.stringMatching(/^<xml>.*hi.*<\/xml>$/),
    ]);
  });

  test('a message in secure mode is opened, and its reply sealed', async () => {
    const origin = await bot(wechat(secureConfig).middleware(async ({ Content }) => `got ${Content}`));
    expect(await say(origin, '你好', { encrypted: true })).toMatchObject({
      isSealed: true,
      Content: 'got 你好',
    });
  });

  test('a body that ctx.request.body has as text is received', async () => {
    const origin = await bot(
      wechat(token).middleware(async ({ Content }) => Content),
      async (ctx, next) => {
        ctx.request.body = Buffer.concat(await ctx.req.toArray()).toString();
        await next();
      },
    );
    expect(await say(origin, 'read')).toMatchObject({ Content: 'read' });
  });

  test.each(replies)('a handler that returns %s', async (what, content, fields) => {
    const origin = await bot(wechat(token).middleware(async () => content));
    const answer = await say(origin, 'hi');
    const { FromUserName, ToUserName } = answer.sent;
    expect(answer).toMatchObject({ status: 200, ToUserName: FromUserName, FromUserName: ToUserName });
    for (const [field, value] of Object.entries(fields))
      expect([field, answer[field]]).toEqual([field, value]);
  });

  test("a handler that returns '' gives no reply", async () => {
    const origin = await bot(wechat(token).middleware(async () => ''));
    expect(await say(origin, 'hi')).toMatchObject({ status: 200, MsgType: undefined });
  });

  test("a handler's error is the app's", async () => {
    const app = new Koa();
    const errors = [];
    app.on('error', (error) => errors.push(error.message));
    app.use(
      wechat(token).middleware(async () => {
        throw new Error('no luck');
      }),
    );
    expect((await say(await serve(app.callback()), 'hi')).status).toBe(500);
    expect(errors).toEqual(['no luck']);
  });

  describe('accounts that a middleware before has named, without any in the config', () => {
    const other = {
      token: 'othertoken',
      encodingAESKey: account.encodingAESKey.replace('P', 'Q'),
      appId: 'wx2',
    };
    const accounts = { one: { ...account }, other };
    const origin = (name_) =>
      bot(
        wechat({ onReject() {} }).middleware(async (message, ctx) => `${ctx.path} ${message.Content}`),
        name_,
      );

    test('by ctx.wx_token', async () => {
      const to = await origin(async (ctx, next) => {
        ctx.wx_token = accounts[ctx.path.slice(1)]?.token;
        await next();
      });
      expect(await say(to, 'a', { url: '/one' })).toMatchObject({ Content: '/one a' });
      expect(await say(to, 'a', { url: '/other', by: other })).toMatchObject({ Content: '/other a' });
      expect(await say(to, 'a', { url: '/other' })).toMatchObject({ status: 400 });
      expect(await say(to, 'a', { url: '/nobody' })).toMatchObject({ status: 400 });
    });

    test('by ctx.wx_cryptor', async () => {
      const to = await origin(async (ctx, next) => {
        const { token: its, encodingAESKey, appId } = accounts[ctx.path.slice(1)];
        ctx.wx_cryptor = new WXBizMsgCrypt(its, encodingAESKey, appId);
        await next();
      });
      const encrypted = { encrypted: true };
      expect(await say(to, 'a', { url: '/one', ...encrypted })).toMatchObject({
        isSealed: true,
        Content: '/one a',
      });
      expect(await say(to, 'a', { url: '/other', by: other, ...encrypted })).toMatchObject({
        Content: '/other a',
      });
      expect(await say(to, 'a', { url: '/other', ...encrypted })).toMatchObject({ status: 400 });
    });
  });
});
