'use strict';

// What trust means beside the requests of the conformance suite: receivers, explanations, stores, and WeChat's side.

const { createEndpoint, createReceiver, explainPush, memoryStore } = require('..');
const { createGateway } = require('../testing.js');
const { textMessage, write } = require('./support/wechat.js');

const trust = /** @type {const} */ ('cloudrun');
const body = write(textMessage, 'json');
const unsigned = { method: 'POST', url: '/push', body };
const vouched = { ...unsigned, headers: { 'X-WX-SOURCE': 'wx_unknown' } };

describe('a receiver', () => {
  test.each([
    ['an object', { 'x-wx-source': 'wx_unknown' }],
    ['an object in any case', { 'X-Wx-Sources': 'wx_unknown' }],
    ['Headers', new Headers({ 'X-WX-SOURCE': 'wx_unknown' })],
    ['a list of one', { 'x-wx-source': ['wx_unknown'] }],
  ])('sees the header in %s', (_, headers) => {
    const receiver = createReceiver({ trust });
    const outcome = receiver.receive({ ...unsigned, headers });
    expect(outcome).toMatchObject({ type: 'message', message: textMessage, encrypted: false, query: {} });
    expect(JSON.parse(receiver.respond(outcome, 'hi').body)).toMatchObject({
      MsgType: 'text',
      Content: 'hi',
    });
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'x-wx-source'],
    ['blanks', { 'x-wx-source': '  ' }],
    ['another header', { 'x-wx-openid': 'o1' }],
    [
      'what throws',
      {
        get 'x-wx-source'() {
          throw new Error('no');
        },
      },
    ],
  ])('believes nothing for %s', (_, headers) => {
    const outcome = createReceiver({ trust }).receive({ ...unsigned, headers });
    expect(outcome).toMatchObject({ type: 'rejected', reason: 'outside_cloud', status: 400 });
  });

  test('tells a look at the path from a push', () => {
    const receiver = createReceiver({ trust });
    const outcome = receiver.receive({ ...unsigned, body: { action: 'CheckContainerPath' } });
    expect(outcome).toMatchObject({ type: 'handshake', echostr: 'success' });
    expect(receiver.respond(outcome)).toMatchObject({ status: 200, body: 'success' });
  });

  test('without a Token takes no handshake', () => {
    const outcome = createReceiver({ trust }).receive({ method: 'GET', url: '/?signature=a&echostr=1' });
    expect(outcome).toMatchObject({ type: 'rejected', reason: 'outside_cloud' });
  });

  test('sees nothing in long texts that it would not see in short ones', () => {
    const message = { ...textMessage, Content: '长'.repeat(30_000) };
    const outcome = createReceiver({ trust }).receive({ ...vouched, body: write(message, 'xml') });
    expect(outcome.message).toEqual(message);
  });
});

test('a body that was parsed is taken, one that is encrypted is not', () => {
  const receiver = createReceiver({ trust });
  expect(receiver.receive({ ...vouched, body: textMessage })).toMatchObject({ message: textMessage });
  const sealed = { ToUserName: 'gh_1', Encrypt: 'AAAA' };
  expect(receiver.receive({ ...vouched, body: sealed })).toMatchObject({
    reason: 'missing_parameter',
    detail: 'the URL has no parameter msg_signature',
  });
});

test('an explanation says where such a push comes from', () => {
  expect(explainPush(unsigned, { trust })).toMatchObject({
    ok: false,
    reason: 'outside_cloud',
    hints: [expect.stringMatching(/^It did not come from WeChat .* public access/)],
  });
  expect(explainPush({ ...unsigned, body: '{"action":"CheckContainerPath"}' }, { trust }).ok).toBe(true);
  expect(explainPush(unsigned, 'sesame').reason).toBe('missing_parameter');
});

test('the gateway pushes to such an account as the cloud does', async () => {
  const endpoint = createEndpoint({ trust }, (message, { text }) => `you said ${text}`);
  for (const format of /** @type {const} */ (['xml', 'json'])) {
    const gateway = createGateway({ trust, format });
    const sent = gateway.request({ MsgType: 'text', Content: format });
    expect(sent).toMatchObject({ query: {}, headers: { 'x-wx-source': expect.any(String) } });
    const answer = await endpoint.handle(sent);
    expect(gateway.read(answer.body, sent.message)).toMatchObject({ Content: `you said ${format}` });
  }
});

test('accounts that share a store are told apart by the AppID', async () => {
  const store = memoryStore();
  const handlers = [jest.fn(), jest.fn()];
  for (const [i, handler] of handlers.entries()) {
    const endpoint = createEndpoint({ trust, appId: `wx${i}`, store }, handler);
    for (let delivery = 0; delivery < 2; delivery++) await endpoint.handle(vouched);
  }
  expect(handlers.map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});

test('nothing is refused for its age, and a retry of tomorrow is handled once', async () => {
  const handler = jest.fn();
  const endpoint = createEndpoint({ trust, tolerance: 10 }, handler);
  const old = { ...vouched, body: write({ ...textMessage, CreateTime: 1_400_000_000 }, 'xml') };
  expect(await endpoint.handle(old)).toMatchObject({ status: 200 });
  expect(await endpoint.handle(old)).toMatchObject({ status: 200 });
  expect(handler).toHaveBeenCalledTimes(1);
});
