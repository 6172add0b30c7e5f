'use strict';

// What the diagnostics channels tell of every delivery.

const { channel } = require('node:diagnostics_channel');
const { createEndpoint } = require('..');
const { modes, push, textMessage } = require('./support/wechat.js');

const NAMES = ['wechat-push:received', 'wechat-push:handled'];

let told;
const listen = (event, name) => told.push([name.replace('wechat-push:', ''), event]);
beforeEach(() => {
  told = [];
  for (const name of NAMES) channel(name).subscribe(listen);
});
afterEach(() => {
  for (const name of NAMES) channel(name).unsubscribe(listen);
  jest.restoreAllMocks();
});

const id = '4561255354251345929oUser_1-2gh_0123456789ab1714036504';
const seen = (event) => told.filter(([name]) => name === event).map(([, one]) => one);

/** Asks an endpoint with one push, as often as there are requests. */
async function ask(handler, { options = {}, message, requests = [{}] } = {}) {
  const endpoint = createEndpoint({ ...modes.plain, ...options }, handler);
  const sent = push({ message });
  const request = { framework: 'its own' };
  return Promise.all(requests.map((more) => endpoint.handle({ method: 'POST', ...sent, request, ...more })));
}

test('a delivery that is answered with a reply', async () => {
  await ask(() => 'hi');
  const request = { framework: 'its own' };
  const common = { kind: 'text', id, account: {}, message: textMessage, request };
  expect(told).toEqual([
    ['received', { ...common, token: 0, key: undefined }],
    ['handled', { ...common, attempt: 1, hasRun: true, answer: 'reply', duration: expect.any(Number) }],
  ]);
  expect(told[1][1].duration).toBeGreaterThanOrEqual(0);
});

test('a retry joins: it is told of as its own delivery, for which no handler ran', async () => {
  await ask(() => new Promise((resolve) => setImmediate(resolve, 'hi')), { requests: [{}, {}] });
  expect(seen('received')).toHaveLength(2);
  expect(seen('handled').map(({ attempt, hasRun, answer }) => [attempt, hasRun, answer])).toEqual([
    [1, true, 'reply'],
    [2, false, 'reply'],
  ]);
});

test.each([
  ['text', textMessage],
  ['event.subscribe', { ...textMessage, MsgType: 'event', Event: 'subscribe' }],
  ['info.authorized', { InfoType: 'authorized', AppId: 'wx1' }],
  ['default', { FromUserName: 'o1' }],
])('the kind is that of route: %s', async (kind, message) => {
  await ask(() => {}, { message });
  expect(told.map(([, event]) => event.kind)).toEqual([kind, kind]);
});

test.each([
  ['success', () => {}],
  ['success', () => 'success'],
  [
    'failed',
    () => {
      throw new Error('odd');
    },
  ],
])('answered: %s', async (answer, handler) => {
  await ask(handler);
  expect(seen('handled')).toMatchObject([{ answer, attempt: 1 }]);
});

test('a malformed reply is answered with success', async () => {
  jest.spyOn(process, 'emitWarning').mockImplementation();
  await ask(() => []);
  expect(seen('handled')).toMatchObject([{ answer: 'success' }]);
});

test('a sender who hangs up', async () => {
  const listeners = [];
  const onClose = (listener) => listeners.push(listener);
  const asked = ask(() => new Promise(() => {}), { requests: [{ onClose }] });
  await new Promise((resolve) => setImmediate(resolve));
  for (const leave of listeners) leave();
  await asked;
  expect(seen('handled')).toMatchObject([{ answer: 'left' }]);
});

test('the same signature with another body', async () => {
  jest.spyOn(process.stderr, 'write').mockImplementation();
  const endpoint = createEndpoint(modes.plain, () => 'hi');
  const { url, body } = push();
  await endpoint.handle({ method: 'POST', url, body });
  await endpoint.handle({ method: 'POST', url, body: body.replace('你好', '再见') });
  expect(seen('handled')).toMatchObject([
    { answer: 'reply' },
    { answer: 'replayed', attempt: 0, hasRun: false },
  ]);
});

test('what is refused is none of theirs', async () => {
  jest.spyOn(process.stderr, 'write').mockImplementation();
  const endpoint = createEndpoint(modes.plain, () => 'hi');
  await endpoint.handle({ method: 'POST', url: '/', body: '<xml><a>1</a></xml>' });
  await endpoint.handle({ method: 'GET', url: '/' });
  expect(told).toEqual([]);
});

describe('an app that answers by itself', () => {
  const answering = async (status, env = 'development') => {
    jest.resetModules();
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
    const before = process.env.NODE_ENV;
    process.env.NODE_ENV = env;
    const endpoint = require('..').createEndpoint(modes.plain);
    for (let i = 0; i < 2; i++) {
      const message = { ...textMessage, MsgId: String(i + 1) };
      await endpoint.handle({ method: 'POST', ...push({ message }), next: (one) => one.answered(status) });
    }
    process.env.NODE_ENV = before;
    return warn.mock.calls;
  };

  test.each([201, 204, 302])('with %d is warned of once: WeChat takes 200 only', async (status) => {
    expect(await answering(status)).toEqual([
      [
        expect.stringMatching(new RegExp(`status ${status}.*@HttpCode\\(200\\)`)),
        { code: 'WECHAT_PUSH_STATUS' },
      ],
    ]);
  });

  test('with 200, or in production, is not', async () => {
    expect(await answering(200)).toEqual([]);
    expect(await answering(201, 'production')).toEqual([]);
  });
});
