'use strict';

const bodyParser = require('body-parser');
const express5 = require('express');
const express4 = require('express4');
const xmlBodyParser = require('express-xml-bodyparser');
const { messagePush } = require('..');
const { closeServers, serve } = require('./support/servers.js');
const { account, modes, openReply, post, push, textMessage } = require('./support/wechat.js');

require('body-parser-xml')(bodyParser);

const versions = [
  ['Express 4', express4],
  ['Express 5', express5],
];

/** Each body parser: the middleware for a version of Express. */
const parsers = {
  'no body parser': () => (req, res, next) => next(),
  'a middleware that waits': () => (req, res, next) => setTimeout(next, 20),
  'express.raw()': (express) => express.raw({ type: '*/*' }),
  'express.text()': (express) => express.text({ type: '*/*' }),
  'express.json()': (express) => express.json(),
  'express.urlencoded()': (express) => express.urlencoded({ extended: true }),
  'express-xml-bodyparser': () => xmlBodyParser(),
  'express-xml-bodyparser without rawBody': () => withoutRawBody(xmlBodyParser()),
  'express-xml-bodyparser without arrays': () =>
    xmlBodyParser({ explicitArray: false, normalizeTags: false }),
  'body-parser-xml': () => bodyParser.xml(),
  'body-parser-xml without arrays': () => bodyParser.xml({ xmlParseOptions: { explicitArray: false } }),
  'a middleware that sets req.rawBody': () => readRawBody,
  'a middleware that sets req.body to bytes': () => readBytes,
};

/** The pushes: their name, the mode of the account, and what is sent. */
const pushes = [
  ['plaintext XML', 'plain', { format: 'xml', encrypted: false }],
  ['encrypted XML', 'secure', { format: 'xml', encrypted: true }],
  ['plaintext JSON', 'plain', { format: 'json', encrypted: false }],
  ['encrypted JSON', 'secure', { format: 'json', encrypted: true }],
];

/** With an id that JavaScript's numbers hold. */
const message = { ...textMessage, MsgId: '4503599627370497' };

afterEach(closeServers);

describe.each(versions)('%s', (_, express) => {
  describe.each(Object.entries(parsers))('with %s', (__, parser) => {
    test.each(pushes)('before messagePush, %s arrives whole and is answered', async (___, mode, sent) => {
      const handler = jest.fn(({ Content }) => `you said ${Content}`);
      const app = express().use(parser(express)).use('/wx', messagePush(modes[mode], handler));
      const answer = await post(await serve(app), push({ message, url: '/wx', ...sent }));

      expect(handler.mock.calls.map(([first]) => first)).toEqual([message]);
      const { format, encrypted, id, raw } = handler.mock.calls[0][1];
      expect({ format, encrypted }).toEqual(sent);
      expect(raw).toContain('你好 😀');
      expect(id).toBe('4503599627370497oUser_1-2gh_0123456789ab1714036504');
      expect(answer).toMatchObject({ status: 200, type: `application/${format}; charset=utf-8` });
      expect(encrypted ? openReply(answer.text, account) : answer.text).toContain('you said 你好 😀');
    });

    test.each(pushes)('after messagePush, %s arrives just the same', async (___, mode, sent) => {
      const handler = jest.fn();
      const app = express().use('/wx', messagePush(modes[mode], handler)).use(parser(express));
      const answer = await post(await serve(app), push({ message, url: '/wx', ...sent }));
      expect(handler.mock.calls.map(([first]) => first)).toEqual([message]);
      expect(answer).toMatchObject({ status: 200, text: 'success' });
    });

    test.each(pushes)('between messagePush and the next middleware, %s arrives', async (___, mode, sent) => {
      const app = express().use('/wx', messagePush(modes[mode])).use(parser(express));
      app.post('/wx', (req) => req.wechat.reply(`you said ${req.wechat.message.Content}`));
      const answer = await post(await serve(app), push({ message, url: '/wx', ...sent }));
      expect(answer.status).toBe(200);
      expect(sent.encrypted ? openReply(answer.text, account) : answer.text).toContain('you said 你好 😀');
    });
  });

  test.each([
    ['express.raw()', 'text/plain', 'a', { type: 'Buffer', data: [97] }],
    ['express.text()', 'text/plain', 'a', 'a'],
    ['express.json()', 'application/json', '{"a":1}', { a: 1 }],
    ['express.urlencoded()', 'application/x-www-form-urlencoded', 'a=1', { a: '1' }],
    ['express-xml-bodyparser', 'text/xml', '<x><A>1</A></x>', { x: { a: ['1'] } }],
    ['body-parser-xml', 'text/xml', '<x><A>1</A></x>', { x: { A: ['1'] } }],
  ])('%s after messagePush still serves the other routes', async (name, type, body, expected) => {
    const app = express().use('/wx', messagePush(modes.plain)).use(parsers[name](express));
    app.post('/other', (req, res) => res.json(req.body));
    const answer = await post(await serve(app), { url: '/other', body }, { 'Content-Type': type });
    expect(JSON.parse(answer.text)).toEqual(expected);
  });

  test('req.rawBody counts, whatever became of req.body', async () => {
    const handler = jest.fn();
    const keep = express.json({ verify: (req, res, bytes) => (req.rawBody = bytes) });
    const change = (req, res, next) => {
      req.body = { MsgType: 'changed' };
      next();
    };
    const origin = await serve(express().use(keep, change, messagePush(modes.plain, handler)));
    expect((await post(origin, push({ format: 'json' }))).status).toBe(200);
    expect(handler.mock.calls[0][0]).toEqual(textMessage);
  });

  test('express.json() rounds the 19-digit MsgId of a plaintext push, before we can see it', async () => {
    const handler = jest.fn();
    const origin = await serve(express().use(express.json(), messagePush(modes.plain, handler)));
    expect((await post(origin, push({ format: 'json' }))).status).toBe(200);
    expect(handler.mock.calls[0][0]).toEqual({ ...textMessage, MsgId: '4561255354251346000' });
  });

  test.each([
    ['plaintext, without express.json()', 'plain', false, []],
    ['encrypted, without express.json()', 'secure', true, []],
    ['encrypted, behind express.json()', 'secure', true, [express.json()]],
  ])('a 19-digit MsgId keeps every digit: %s', async (__, mode, encrypted, before) => {
    const handler = jest.fn();
    const origin = await serve(express().use(...before, messagePush(modes[mode], handler)));
    expect((await post(origin, push({ format: 'json', encrypted }))).status).toBe(200);
    expect(handler.mock.calls[0][0].MsgId).toBe('4561255354251345929');
  });

  describe.each(pushes)('%s', (__, mode, sent) => {
    test.each([
      ['drained and not kept', (req, res, next) => void req.resume().once('end', next)],
      [
        'drained some time ago',
        (req, res, next) => void req.resume().once('end', () => setTimeout(next, 20)),
      ],
      ['begun to be read', (req, res, next) => void req.once('data', () => next())],
      ['read to the end, and only measured', measureBody],
    ])('a body that was %s is refused at once: body_consumed', async (___, drain) => {
      const { answer, rejections, handler } = await behind(express, drain, mode, sent);
      expect(answer).toMatchObject({ status: 400, text: '{"status":400,"data":"check msg error"}' });
      expect(rejections).toEqual([
        expect.objectContaining({ reason: 'body_consumed', code: null, status: 400 }),
      ]);
      expect(rejections[0].detail).toContain('mount messagePush before it');
      expect(handler).not.toHaveBeenCalled();
    });

    test('what express.urlencoded() makes of it, sent as a form, is refused at once', async () => {
      const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const read = express.urlencoded({ extended: true });
      const { answer, rejections } = await behind(express, read, mode, sent, form);
      expect(answer.status).toBe(400);
      expect(rejections).toHaveLength(1);
    });
  });

  test('a body over the limit is refused, whoever read it', async () => {
    const read = express.text({ type: '*/*', limit: '5mb' });
    const big = { ...textMessage, Content: 'x'.repeat(1024 * 1024) };
    const { answer, rejections } = await behind(express, read, 'plain', { message: big });
    expect(answer.status).toBe(413);
    expect(rejections).toEqual([expect.objectContaining({ reason: 'body_too_large', status: 413 })]);
  });

  test.each([
    ['nested 20,000 deep', '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000)],
    ['an Encrypt that is an object', '{"Encrypt":{"toString":1}}'],
    ['an Encrypt that is a list of two', '{"Encrypt":["a","b"]}'],
    ['a root in a root', '{"xml":{"ToUserName":"g","xml":{}}}'],
    ['a root that is a list', '{"ToUserName":"g","xml":[]}'],
    ['only __proto__', '{"__proto__":{"Encrypt":"x"}}'],
    ['a toJSON', '{"ToUserName":"g","toJSON":1}'],
    ['lone surrogates', '{"ToUserName":"g","a":"\\ud800"}'],
    ['a list', '[[1]]'],
    ['an empty list', '[]'],
    ['an empty object', '{}'],
  ])('what express.json() makes of %s is answered as if it had not been read', async (__, body) => {
    const read = express.json({ limit: '1mb' });
    for (const encrypted of [false, true]) {
      const { url } = push({ encrypted });
      const [seen, unread] = [[read], []].map(async (before) => {
        const onReject = jest.fn();
        const options = { ...(encrypted ? modes.secure : modes.plain), onReject };
        const origin = await serve(
          express().use(
            ...before,
            messagePush(options, () => {}),
          ),
        );
        const { status } = await post(origin, { url, body }, { 'Content-Type': 'application/json' });
        return [status, onReject.mock.calls.length];
      });
      expect(await seen).toEqual(await unread);
    }
  });

  test('a middleware that paused the request is no hindrance', async () => {
    const pause = (req, res, next) => {
      req.pause();
      setImmediate(next);
    };
    const handler = jest.fn();
    const origin = await serve(express().use(pause, messagePush(modes.plain, handler)));
    expect((await post(origin, push())).status).toBe(200);
    expect(handler.mock.calls[0][0]).toEqual(textMessage);
  });

  test.each(['utf8', 'latin1', 'base64'])(
    'a middleware that set the encoding %s loses nothing',
    async (encoding) => {
      const encode = (req, res, next) => {
        req.setEncoding(encoding);
        next();
      };
      const handler = jest.fn();
      const origin = await serve(express().use(encode, messagePush(modes.plain, handler)));
      expect((await post(origin, push())).status).toBe(200);
      expect(handler.mock.calls[0][0]).toEqual(textMessage);
    },
  );

  test('the lists of a JSON push do not make it look like XML', async () => {
    const event = {
      ToUserName: 'gh_0123456789ab',
      FromUserName: 'oUser_1-2',
      CreateTime: 1714036504,
      MsgType: 'event',
      Event: 'wxa_media_check',
      detail: [{ prob: '90', label: 100 }],
      brand_new: ['one'],
    };
    for (const before of [[], [express.json()]]) {
      const handler = jest.fn();
      const origin = await serve(express().use([...before, messagePush(modes.plain, handler)]));
      const answer = await post(origin, push({ message: event, format: 'json' }));
      expect(handler.mock.calls[0][0]).toEqual(event);
      expect(handler.mock.calls[0][1].format).toBe('json');
      expect(answer).toMatchObject({ status: 200, text: 'success' });
    }
  });

  test('XML whose parser dropped the root is still answered in XML', async () => {
    const rootless = bodyParser.xml({ xmlParseOptions: { explicitRoot: false } });
    const origin = await serve(
      express().use(
        rootless,
        messagePush(modes.plain, () => 'hello'),
      ),
    );
    expect(await post(origin, push())).toMatchObject({ status: 200, type: 'application/xml; charset=utf-8' });
  });
});

/** Posts a good push through a middleware that spoils it. */
async function behind(express, middleware, mode, sent, headers) {
  const rejections = [];
  const onReject = (rejection) => rejections.push(rejection);
  const handler = jest.fn();
  const app = express().use(middleware, messagePush({ ...modes[mode], onReject }, handler));
  const answer = await post(await serve(app), push(sent), headers);
  return { answer, rejections, handler };
}

async function readRawBody(req, res, next) {
  req.rawBody = Buffer.concat(await req.toArray());
  next();
}

/** That parser keeps the text too, which would be read instead of its object. */
function withoutRawBody(parser) {
  return (req, res, next) =>
    parser(req, res, (error) => {
      delete req.rawBody;
      next(error);
    });
}

async function readBytes(req, res, next) {
  req.body = new Uint8Array(Buffer.concat(await req.toArray()));
  next();
}

async function measureBody(req, res, next) {
  req.length = 0;
  for await (const chunk of req) req.length += chunk.length;
  next();
}
