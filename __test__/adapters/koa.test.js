'use strict';

// What is Koa's own: body parsers on either side, and an app that gets the message.

const bodyParser = require('@koa/bodyparser').bodyParser;
const Koa = require('koa');
const { messagePush } = require('../../koa.js');
const { closeServers, serve } = require('../support/servers.js');
const { modes, post, push, textMessage } = require('../support/wechat.js');
const { besideParsers } = require('./koa-parsers.js');

afterEach(closeServers);

/** Each thing that may stand before or after the adapter. */
const parsers = {
  'no body parser': (ctx, next) => next(),
  '@koa/bodyparser': bodyParser(),
  '@koa/bodyparser of all types': bodyParser({
    enableTypes: ['json', 'form', 'text', 'xml'],
    extendTypes: { text: ['text/xml'] },
  }),
  'a middleware that sets ctx.request.rawBody': async (ctx, next) => {
    ctx.request.rawBody = Buffer.concat(await ctx.req.toArray());
    ctx.request.body = { MsgType: 'changed' };
    await next();
  },
  'a middleware that sets ctx.request.body to text': async (ctx, next) => {
    ctx.request.body = Buffer.concat(await ctx.req.toArray()).toString();
    await next();
  },
};

besideParsers(Koa, parsers);

test.each([
  ['drained', (ctx, next) => new Promise((end) => ctx.req.resume().once('end', end)).then(next)],
  ['begun to be read', (ctx, next) => new Promise((end) => ctx.req.once('data', end)).then(next)],
])('a body that was %s is refused at once: body_consumed', async (_, middleware) => {
  const onReject = jest.fn();
  const app = new Koa().use(middleware).use(messagePush({ ...modes.plain, onReject }, () => {}));
  const started = performance.now();
  expect((await post(await serve(app.callback()), push())).status).toBe(400);
  expect(performance.now() - started).toBeLessThan(1000);
  expect(onReject.mock.calls).toEqual([
    [expect.objectContaining({ reason: 'body_consumed' }), expect.anything()],
  ]);
});

test("a handler's error is the app's, which answers 500", async () => {
  const onError = jest.fn();
  const app = new Koa().use(
    messagePush(modes.plain, () => {
      throw new Error('no luck');
    }),
  );
  app.on('error', onError);
  expect((await post(await serve(app.callback()), push())).status).toBe(500);
  expect(onError.mock.calls[0][0].message).toBe('no luck');
});

describe('without a handler', () => {
  /** Serves an app; resolves to its origin. */
  function start(...middleware) {
    const app = new Koa();
    app.on('error', () => {});
    for (const one of [messagePush(modes.plain), ...middleware]) app.use(one);
    return serve(app.callback());
  }

  test('ctx.wechat has the message, and the context whose request is ctx', async () => {
    const seen = jest.fn();
    const origin = await start(async (ctx) => {
      seen(ctx.wechat.message, ctx.wechat.context.request === ctx);
      await new Promise((resolve) => setTimeout(resolve, 10));
      ctx.wechat.reply('hello');
    });
    expect((await post(origin, push())).text).toContain('<![CDATA[hello]]>');
    expect(seen.mock.calls).toEqual([[textMessage, true]]);
  });

  test('an app that does nothing with a push has not answered it: WeChat gets its 404, and tries again', async () => {
    const middleware = jest.fn();
    const origin = await start(middleware);
    const sent = push();
    for (let i = 0; i < 2; i++) expect((await post(origin, sent)).status).toBe(404);
    expect(middleware).toHaveBeenCalledTimes(2);
  });

  test('what the app throws is its error, and it gets the push again', async () => {
    let tries = 0;
    const origin = await start((ctx) => {
      if (++tries === 1) throw new Error('no luck');
      ctx.wechat.reply('better luck');
    });
    const sent = push();
    expect((await post(origin, sent)).status).toBe(500);
    expect((await post(origin, sent)).text).toContain('better luck');
  });

  test('a reply counts, whatever the app does to ctx.body afterwards', async () => {
    const origin = await start((ctx) => {
      ctx.wechat.reply('hello');
      ctx.body = 'its own';
    });
    expect((await post(origin, push())).text).toContain('<![CDATA[hello]]>');
  });
});
