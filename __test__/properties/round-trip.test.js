'use strict';

// Any account, mode, format and message: what the gateway sends reaches the handler as it was, and what the
// handler returns is what the gateway reads. One bit of it changed: refused, or the same message.

const { once } = require('node:events');
const http = require('node:http');
const fc = require('fast-check');
const { createReceiver, memoryStore, messagePush } = require('../..');
const { createGateway } = require('../../testing.js');
const { runs } = require('../support/runs.js');
const { closeServers, serve } = require('../support/servers.js');

jest.setTimeout(runs(60_000));
afterEach(closeServers);

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const letters = (length) => fc.string({ unit: fc.constantFrom(...LETTERS), ...length });

/** What the console holds, with what it held before. */
const account = fc.record({
  token: letters({ minLength: 3, maxLength: 32 }),
  previousToken: letters({ minLength: 3, maxLength: 32 }),
  encodingAESKey: letters({ minLength: 43, maxLength: 43 }),
  previousKey: letters({ minLength: 43, maxLength: 43 }),
  appId: letters({ minLength: 1, maxLength: 32 }),
  mode: fc.constantFrom('plain', 'compat', 'secure'),
  format: fc.constantFrom('xml', 'json'),
  // The server knows both; WeChat uses the new ones, or the old ones still.
  isChanging: fc.boolean(),
});

// XML holds neither most control characters nor U+FFFE and U+FFFF, and turns a carriage return into a line feed.
// oxlint-disable-next-line no-control-regex -- these are what is meant
const FORBIDDEN = /[\0-\x08\x0b-\x1f\ufffe\uffff]/g;
const text = fc.string({ unit: 'binary', maxLength: 60 }).map((value) => value.replaceAll(FORBIDDEN, ''));
const digits = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String);
const words = fc.oneof(
  text,
  fc.constantFrom(']]>', '<![CDATA[', '</xml>', '&amp;', '\\u0000', '"', '{"a":1}', ' ', '\u2028', '😀'),
);
/** No address has control characters; a reply to one that has is not addressed. */
const address = words.filter((value) => !/\p{Cc}/u.test(value));

const message = fc.oneof(
  fc.record(
    {
      ToUserName: address,
      FromUserName: address,
      CreateTime: fc.integer({ min: 0, max: 2e9 }),
      MsgType: fc.constantFrom('text', 'image', 'voice', 'unheard_of'),
      Content: words,
      MsgId: digits,
    },
    { requiredKeys: ['MsgType'] },
  ),
  fc.record(
    {
      ToUserName: address,
      FromUserName: address,
      MsgType: fc.constant('event'),
      Event: fc.constantFrom('subscribe', 'LOCATION', 'unheard_of'),
      EventKey: words,
      More: fc.record({
        item: fc.array(words, { minLength: 2, maxLength: 3 }),
        Other: words,
      }),
    },
    { requiredKeys: ['Event'] },
  ),
  fc.record({
    Event: fc.constant('subscribe_msg_sent_event'),
    SubscribeMsgSentEvent: fc.record({
      List: fc.array(fc.record({ TemplateId: words }), { minLength: 1, maxLength: 2 }),
    }),
  }),
  fc.record({ InfoType: fc.constantFrom('authorized', 'component_verify_ticket'), AuthorizerAppid: words }),
);

/** What a handler returns, and what of it the gateway reads; in XML an empty text is an empty element. */
const answer = fc.oneof(
  fc.constantFrom(undefined, '', 'success', null).map((value) => ({ value, seen: null })),
  text
    .filter((value) => !isBlank(value) && value !== 'success')
    .map((Content) => ({ value: Content, seen: { MsgType: 'text', Content } })),
  fc
    .array(fc.record({ Title: words.filter((value) => !isBlank(value)), Url: words }), {
      minLength: 1,
      maxLength: 8,
    })
    .map((item) => ({ MsgType: 'news', ArticleCount: String(item.length), Articles: { item } }))
    .map((value) => ({ value, seen: value })),
  fc
    .record({ ErrCode: fc.constantFrom('0', '-1'), ErrMsg: words })
    .map((value) => ({ value, seen: value, isData: true })),
);

const target = fc.constantFrom('/', '/wx', '/a%20b/?x=1&y=%ff', '/?nonce[]=1&=&&%');
/** Some are answered by success alone, and data by an event alone; a reply to the user needs one. */
const fits = (sent, { isData, seen }) =>
  !seen ||
  (!sent.InfoType &&
    sent.Event !== 'subscribe_msg_sent_event' &&
    (isData ? sent.Event !== undefined : sent.FromUserName !== ''));

/** Whether nobody sees anything of it. @param {string} value */
function isBlank(value) {
  return /^[\s\p{Cc}\u200b-\u200d\ufeff]*$/u.test(value);
}

test('gateway → receiver → handler’s value → gateway', () => {
  fc.assert(
    fc.property(account, message, answer, target, (one, sent, answered, url) => {
      fc.pre(fits(sent, answered));
      const { server, gateway } = sidesOf(one);
      const receiver = createReceiver(server);
      const { echostr } = gateway.handshakeRequest().query;
      expect(receiver.receive(gateway.handshakeRequest({ url }))).toMatchObject({ type: 'handshake' });
      expect(echostr).toMatch(/^\d{17,20}$/);

      const request = gateway.request(sent, { url });
      const outcome = receiver.receive(request);
      expect(outcome).toMatchObject({ type: 'message', format: one.format, encrypted: one.mode !== 'plain' });
      expect(outcome.message).toEqual(request.message);
      expect(outcome.message).toMatchObject(sent);
      const { body } = receiver.respond(outcome, answered.value);
      expectSeen(gateway.read(body, request.message), answered, outcome.message);
    }),
    { numRuns: runs(2000) },
  );
});

test('gateway → server → handler → gateway', async () => {
  let push;
  let handled;
  const returned = { value: undefined };
  const origin = await serve((req, res) => push(req, res));
  await fc.assert(
    fc.asyncProperty(account, message, answer, target, async (one, sent, answered, url) => {
      fc.pre(fits(sent, answered));
      const { server, gateway } = sidesOf(one);
      handled = [];
      returned.value = answered.value;
      push = messagePush({ ...server, store: memoryStore({ max: 10 }) }, (got) => {
        handled.push(got);
        return returned.value;
      });
      const shaken = await gateway.handshake(origin + url);
      expect(shaken).toMatchObject({ ok: true, error: null });
      const result = await gateway.push(origin + url, sent);
      expect(result).toMatchObject({ delivered: true, error: null });
      expect(handled).toEqual([result.message]);
      expect(result.message).toMatchObject(sent);
      expectSeen(result.reply, answered, result.message);
    }),
    { numRuns: runs(150) },
  );
});

describe('one bit that changes', () => {
  const place = fc.nat({ max: 2 ** 31 });
  const bit = fc.nat({ max: 7 });

  // The URL: what is signed is covered, and so is which parameter is which. The rest of it (the path, openid,
  // encrypt_type, parameters of the owner) is no part of the message.
  test('of the URL: refused, or the same message', () => {
    fc.assert(
      fc.property(account, message, place, bit, (one, sent, at, flip) => {
        const { server, gateway } = sidesOf(one);
        const receiver = createReceiver(server);
        const request = gateway.request(sent, { url: '/wx?x=1' });
        const changed = receiver.receive({
          ...request,
          url: flipped(request.url, at, flip).toString('latin1'),
        });
        expectRefusedOrSame(changed, receiver.receive(request));
      }),
      { numRuns: runs(1500) },
    );
  });

  test('of the handshake: refused, or signed all the same, as echostr is not', () => {
    fc.assert(
      fc.property(account, place, bit, (one, at, flip) => {
        const { server, gateway } = sidesOf(one);
        const { url, query } = gateway.handshakeRequest();
        const changed = flipped(url, at, flip).toString('latin1');
        const outcome = createReceiver(server).receive({ method: 'GET', url: changed });
        if (outcome.type === 'rejected') return;
        const same = ['signature', 'timestamp', 'nonce'].map((name) =>
          new URLSearchParams(changed.slice(changed.indexOf('?'))).get(name),
        );
        expect(same).toEqual([query.signature, query.timestamp, query.nonce]);
      }),
      { numRuns: runs(500) },
    );
  });

  // `Encrypt` is signed and its key is secret; what stands beside it is read by nobody. In compat mode, which
  // takes plaintext too, a body in which the name `Encrypt` is broken is plaintext, that WeChat signs nowhere.
  test('of an encrypted body: refused, or the same message', () => {
    fc.assert(
      fc.property(account, message, place, bit, (one, sent, at, flip) => {
        fc.pre(one.mode !== 'plain');
        const { server, gateway } = sidesOf(one);
        const receiver = createReceiver(server);
        const request = gateway.request(sent);
        const body = flipped(request.body, at, flip);
        const changed = receiver.receive({ ...request, body });
        if (one.mode === 'compat' && changed.encrypted === false)
          return expect(`${body}`).not.toMatch(/["<]Encrypt[">]/);
        expectRefusedOrSame(changed, receiver.receive(request));
      }),
      { numRuns: runs(1500) },
    );
  });

  // In plaintext WeChat signs no body: it may change on the way, once. The server remembers which body came
  // with a signature, so that a second one is a replay.
  test('of a plaintext body, after the right one: refused as a replay, or the same message', async () => {
    const rejections = [];
    let push;
    const origin = await serve((req, res) => push(req, res));
    await fc.assert(
      fc.asyncProperty(account, message, place, bit, async (one, sent, at, flip) => {
        const { server, gateway } = sidesOf({ ...one, mode: 'plain' });
        const handled = [];
        rejections.length = 0;
        const onReject = ({ reason }) => rejections.push(reason);
        push = messagePush(
          { ...server, onReject, store: memoryStore({ max: 10 }) },
          (got) => void handled.push(got),
        );
        const request = gateway.request(sent);
        expect(await post(origin, request)).toBe(200);
        const status = await post(origin, { ...request, body: flipped(request.body, at, flip) });
        expect(handled).toEqual([request.message]);
        expect(rejections).toHaveLength(status === 200 ? 0 : 1);
      }),
      { numRuns: runs(100) },
    );
  });
});

/** The options of either side. */
function sidesOf({ token, previousToken, encodingAESKey, previousKey, appId, mode, format, isChanging }) {
  const key = mode === 'plain' ? {} : { encodingAESKey, appId };
  const server = isChanging
    ? {
        ...key,
        token: [previousToken, token],
        mode,
        ...(key.appId && { encodingAESKey: [previousKey, encodingAESKey] }),
      }
    : { ...key, token, mode };
  return { server, gateway: createGateway({ ...key, token, mode, format }) };
}

/** A reply to a user is addressed; data is not. */
function expectSeen(reply, { seen, isData }, { ToUserName, FromUserName }) {
  if (!seen) return expect(reply).toBeNull();
  expect(reply).toMatchObject(seen);
  if (!isData) expect(reply).toMatchObject({ ToUserName: FromUserName, FromUserName: ToUserName });
}

function expectRefusedOrSame(changed, right) {
  expect(right.type).toBe('message');
  if (changed.type !== 'rejected') expect(told(changed)).toEqual(told(right));
}

/** What a handler can see of the message. */
function told({ type, message: got, id, format, encrypted, raw }) {
  return { type, message: got, id, format, encrypted, raw };
}

/** The bytes of a text with one bit changed. */
function flipped(value, at, flip) {
  const bytes = Buffer.from(value);
  bytes[at % bytes.length] ^= 1 << flip;
  return bytes;
}

/** Resolves to the status. */
async function post(origin, { url, headers, body }) {
  const request = http.request(origin + url, { method: 'POST', headers }).end(body);
  const [response] = await once(request, 'response');
  response.resume();
  await once(response, 'end');
  return response.statusCode;
}
