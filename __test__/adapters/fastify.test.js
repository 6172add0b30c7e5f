'use strict';

// What is Fastify's own: types of bodies, scopes, limits, and an app that gets the message.

const { PassThrough } = require('node:stream');
const Fastify = require('fastify');
const { messagePush } = require('../../fastify.js');
const { account, modes, openReply, push, textMessage } = require('../support/wechat.js');

let app;

beforeEach(() => (app = Fastify()));
afterEach(() => app.close());

/** Posts a push, as WeChat does. */
async function post({ url, body }, headers = { 'content-type': 'text/xml' }) {
  const { statusCode, body: text } = await app.inject({ method: 'POST', url, body, headers });
  return { status: statusCode, text };
}

test.each(['text/xml', 'application/json', 'application/octet-stream', 'text/plain', undefined])(
  'takes a body of type %s',
  async (type) => {
    app.register(
      messagePush(account, ({ Content }) => `you said ${Content}`),
      { prefix: '/wx' },
    );
    const headers = type ? { 'content-type': type } : {};
    const { status, text } = await post(push({ url: '/wx', encrypted: true }), headers);
    expect(status).toBe(200);
    expect(openReply(text, account)).toContain('you said 你好');
  },
);

test('the rest of the app keeps its parsers', async () => {
  app.register(
    messagePush(account, () => {}),
    { prefix: '/wx' },
  );
  app.post('/other', ({ body }) => body);
  const json = await post({ url: '/other', body: '{"a":1}' }, { 'content-type': 'application/json' });
  expect(json).toEqual({ status: 200, text: '{"a":1}' });
  expect((await post({ url: '/other', body: '<a/>' })).status).toBe(415);
});

test('two accounts are two plugins', async () => {
  for (const name of ['one', 'two'])
    app.register(
      messagePush(modes.plain, () => name),
      { prefix: `/${name}` },
    );
  for (const name of ['one', 'two'])
    expect((await post(push({ url: `/${name}` }))).text).toContain(`[CDATA[${name}]]`);
});

test.each([
  ['of the options', {}, { bodyLimit: 100 }],
  ['of the app', { bodyLimit: 100 }, {}],
  ['of the app, though the options have a higher one', { bodyLimit: 100 }, { bodyLimit: 1_000_000 }],
])('the limit %s counts', async (_, ofApp, ofOptions) => {
  await app.close();
  app = Fastify(ofApp);
  const onReject = jest.fn();
  const options = { ...modes.plain, ...ofOptions, onReject };
  app.register(
    messagePush(options, () => {}),
    { prefix: '/wx' },
  );
  expect((await post(push({ url: '/wx' }))).status).toBe(413);
  expect(onReject.mock.calls[0][0]).toMatchObject({
    reason: 'body_too_large',
    detail: expect.stringContaining('100'),
  });
});

test('a body that a hook consumed is refused at once: body_consumed', async () => {
  const onReject = jest.fn();
  app.addHook('onRequest', async ({ raw }) => void (await raw.toArray()));
  app.register(
    messagePush({ ...modes.plain, onReject }, () => {}),
    { prefix: '/wx' },
  );
  const started = performance.now();
  expect((await post(push({ url: '/wx' }))).status).toBe(400);
  expect(performance.now() - started).toBeLessThan(1000);
  expect(onReject.mock.calls.map(([{ reason }]) => reason)).toEqual(['body_consumed']);
});

test('a preParsing hook may replace the stream', async () => {
  app.addHook('preParsing', async (request, reply, payload) => payload.pipe(new PassThrough()));
  app.register(
    messagePush(modes.plain, () => 'hello'),
    { prefix: '/wx' },
  );
  expect((await post(push({ url: '/wx' }))).text).toContain('[CDATA[hello]]');
});

test("a handler's error gets to the error handler", async () => {
  app.setErrorHandler((error, request, reply) => reply.code(500).send(error.message));
  const fail = () => {
    throw new Error('no luck');
  };
  app.register(messagePush(modes.plain, fail), { prefix: '/wx' });
  expect(await post(push({ url: '/wx' }))).toEqual({ status: 500, text: 'no luck' });
});

describe('without a handler', () => {
  /** An app whose route for pushes is `route`. */
  function start(route) {
    app.register(async (scope) => {
      scope.register(messagePush(modes.plain));
      scope.route({ method: ['GET', 'POST'], url: '/wx', handler: route });
    });
    app.post('/other', ({ body, wechat }) => ({ body, wechat: typeof wechat }));
  }

  test.each([
    ['asynchronous', async ({ wechat }) => wechat.reply('hello')],
    ['asynchronous and slow', async ({ wechat }) => setTimeout(() => wechat.reply('hello'), 10) && wait(20)],
    ['one that returns nothing', ({ wechat }) => void setTimeout(() => wechat.reply('hello'), 10)],
  ])('the reply of a route that is %s is sent', async (_, route) => {
    start(route);
    const { status, text } = await post(push({ url: '/wx' }));
    expect(status).toBe(200);
    expect(text).toContain('<![CDATA[hello]]>');
  });

  test('request.wechat has the message, and the context whose request is the request', async () => {
    const seen = jest.fn();
    start(async (request) => {
      seen(request.wechat.message, request.wechat.context.request === request);
      request.wechat.reply();
    });
    expect(await post(push({ url: '/wx' }))).toEqual({ status: 200, text: 'success' });
    expect(seen.mock.calls).toEqual([[textMessage, true]]);
  });

  test('what an asynchronous route returns is its own answer', async () => {
    start(async () => 'its own');
    const sent = push({ url: '/wx' });
    expect(await post(sent)).toEqual({ status: 200, text: 'its own' });
    expect(await post(sent)).toEqual({ status: 200, text: 'success' });
  });

  test('only the scope that registers it gets messages', async () => {
    start(() => {});
    const { text } = await post({ url: '/other', body: '{}' }, { 'content-type': 'application/json' });
    expect(JSON.parse(text)).toEqual({ body: {}, wechat: 'undefined' });
  });
});

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
