'use strict';

// What `wechat-push/testing` sends and how it reads answers, against our own receiver, against
// node:crypto alone (support/wechat.js), and against the published vectors.

const net = require('node:net');
const express = require('express');
const fc = require('fast-check');
const { createReceiver, messagePush, reply } = require('..');
const { createGateway } = require('../testing.js');
const vectors = require('../core/tests/vectors.json');
const { closeServers, serve } = require('./support/servers.js');
const wechat = require('./support/wechat.js');

const { account, modes, textMessage } = wechat;

const MODES = ['plain', 'compat', 'secure'];
const FORMATS = ['xml', 'json'];
const EVERY = MODES.flatMap((mode) => FORMATS.map((format) => [mode, format]));

const gatewayOf = (more) => createGateway({ ...account, ...more });
const read = (body, format) => (format === 'json' ? JSON.parse(quoteIds(body)) : fieldsOf(body));
const quoteIds = (json) => json.replace(/("MsgI[dD]":)(\d+)/g, '$1"$2"');
const fieldsOf = (xml) =>
  Object.fromEntries(
    [...xml.matchAll(/<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))<\/\1>/gs)].map(([, name, a, b]) => [
      name,
      a ?? b,
    ]),
  );

let raw = [];

/** Listens with a function for each socket; resolves to the URL. */
async function listen(onSocket) {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    raw.push(socket);
    onSocket(socket);
  });
  raw.push({ destroy: () => server.close() });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${server.address().port}/wx`;
}

/** Serves one answer for everything; resolves to the URL. */
const answering = async (body, { status = 200, headers = {} } = {}) =>
  `${await serve((_, res) => res.writeHead(status, headers).end(body))}/wx`;

afterEach(async () => {
  for (const one of raw) one.destroy();
  raw = [];
  await closeServers();
});

describe.each(EVERY)('a push in %s mode, %s', (mode, format) => {
  const options = { ...account, mode };
  const gateway = gatewayOf({ mode, format });

  test('is what node:crypto makes of it', () => {
    const { method, url, query, headers, body, message } = gateway.request(textMessage, {
      url: '/wx?a=1#top',
    });
    expect(method).toBe('POST');
    expect(url).toBe(`/wx?a=1&${new URLSearchParams(query)}`);
    expect(message).toEqual(textMessage);
    expect(headers['Content-Type']).toBe(format === 'json' ? 'application/json' : 'text/xml');
    const { timestamp, nonce, signature } = query;
    expect(timestamp).toMatch(/^\d{10}$/);
    expect(nonce).toMatch(/^\d{9,10}$/);
    expect(signature).toBe(wechat.sign(account.token, timestamp, nonce));
    expect(query.openid).toBe(textMessage.FromUserName);

    const write = (object) =>
      wechat.write(object, format).replace(`<![CDATA[${textMessage.MsgId}]]>`, textMessage.MsgId);
    const written = write(textMessage);
    if (mode === 'plain') {
      expect(Object.keys(query)).toEqual(['signature', 'timestamp', 'nonce', 'openid']);
      expect(body).toBe(written);
      return;
    }
    const { Encrypt, ...beside } = read(body, format);
    expect(query.encrypt_type).toBe('aes');
    expect(query.msg_signature).toBe(wechat.sign(account.token, timestamp, nonce, Encrypt));
    expect(wechat.open(Encrypt, account)).toEqual({ message: written, appId: account.appId });
    const open = mode === 'compat' ? textMessage : { ToUserName: textMessage.ToUserName };
    expect(body).toBe(write({ ...open, Encrypt }));
    expect(Object.keys(beside)).toEqual(Object.keys(open));
  });

  test('reaches the receiver as it was, whatever its fields hold', () => {
    const receiver = createReceiver(options);
    const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll(FORBIDDEN, ''));
    const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,9}$/).filter((one) => !SPECIAL.has(one));
    const leaf = { depthSize: 'small', withCrossShrink: true };
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(leaf, text, fc.dictionary(name, tie('value'), { minKeys: 1, maxKeys: 3 })),
    }));
    const message = fc.record(
      {
        ToUserName: text,
        FromUserName: text,
        CreateTime: fc.integer({ min: 0, max: 2e9 }),
        MsgType: text,
        MsgId: fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String),
        Content: text,
        // In XML a list that the table does not know shows by its second item.
        detail: fc.array(text, { minLength: 2, maxLength: 3 }),
        More: fc.dictionary(name, value, { minKeys: 1, maxKeys: 4 }),
      },
      { requiredKeys: ['ToUserName', 'FromUserName', 'CreateTime', 'MsgType', 'MsgId'] },
    );
    fc.assert(
      fc.property(message, (sent) => {
        const request = gateway.request(sent);
        const outcome = receiver.receive(request);
        expect(outcome).toMatchObject({ type: 'message', format, encrypted: mode !== 'plain' });
        expect(outcome.message).toEqual(sent);
        expect(outcome.message).toEqual(request.message);
      }),
      { numRuns: 200 },
    );
  });

  test('is answered with a reply that the user sees', async () => {
    const url = await serve(messagePush(options, (message) => `你说：${message.Content}`));
    const { attempts, ...result } = await gateway.push(url, textMessage);
    const seen = {
      ToUserName: textMessage.FromUserName,
      FromUserName: textMessage.ToUserName,
      CreateTime: expect.any(Number),
      MsgType: 'text',
      Content: `你说：${textMessage.Content}`,
    };
    expect(result).toEqual({ delivered: true, reply: seen, error: null, message: textMessage });
    expect(attempts).toEqual([
      {
        request: expect.objectContaining({ method: 'POST', message: textMessage }),
        accepted: true,
        status: 200,
        headers: expect.objectContaining({ 'content-type': expect.stringContaining(format) }),
        body: expect.stringMatching(mode === 'plain' ? /Content/ : /Encrypt/),
        duration: expect.any(Number),
        timedOut: false,
        reply: seen,
        error: null,
      },
    ]);
  });

  test.each([
    ['nothing', undefined, null],
    ['success', 'success', null],
    ['news', reply.news([{ title: '一' }]), { Articles: { item: [{ Title: '一' }] } }],
  ])('may be answered with %s', async (_, returned, seen) => {
    const url = await serve(messagePush(options, () => returned));
    const result = await gateway.push(url, textMessage);
    expect(result).toMatchObject({ delivered: true, error: null });
    expect(result.reply).toEqual(seen && expect.objectContaining(seen));
  });

  test('has what every push of its kind has', () => {
    const numbers = { CreateTime: expect.any(Number) };
    const people = { ToUserName: 'gh_0123456789ab', FromUserName: expect.stringMatching(/^o[\w-]{27}$/) };
    const made = (message) => createReceiver(options).receive(gateway.request(message)).message;
    const text = made({ MsgType: 'text', Content: 'hi' });
    expect(text).toEqual({
      ...people,
      ...numbers,
      MsgType: 'text',
      Content: 'hi',
      MsgId: expect.stringMatching(/^[1-9]\d{18}$/),
    });
    expect(Math.abs(text.CreateTime - Date.now() / 1000)).toBeLessThan(60);
    expect(made({ MsgType: 'text' }).MsgId).not.toBe(text.MsgId);
    const event = { ...people, ...numbers, MsgType: 'event', Event: 'subscribe' };
    expect(made({ Event: 'subscribe' })).toEqual(event);
    expect(made({ MsgType: 'event', Event: 'subscribe', EventKey: undefined })).toEqual(event);
    expect(made({ MsgType: 'text', MsgId: 4561255354251345929n }).MsgId).toBe('4561255354251345929');
    expect(made({ MsgType: 'text', MsgId: '49d72d67_1555684067' }).MsgId).toBe('49d72d67_1555684067');
    const info = { AppId: expect.stringMatching(/^wx/), ...numbers, InfoType: 'component_verify_ticket' };
    expect(made({ InfoType: 'component_verify_ticket' })).toEqual(info);
  });

  test('has the types of the table, whatever was given', () => {
    const sent = { MsgType: 'location', Location_X: 23.134521, Scale: 20, Label: null, a: { b: false } };
    const { message } = createReceiver(options).receive(gateway.request(sent));
    const { Location_X, Scale, Label, a } = message;
    // XML can write what is not in the table as text only.
    const b = format === 'json' ? false : 'false';
    expect({ MsgType: message.MsgType, Location_X, Scale, Label, a }).toEqual({
      MsgType: 'location',
      Location_X: '23.134521',
      Scale: 20,
      Label: '',
      a: { b },
    });
  });

  test('has the wrappers that its format has', () => {
    const event = {
      Event: 'subscribe_msg_popup_event',
      SubscribeMsgPopupEvent: { List: [{ TemplateId: 't', PopupScene: 0 }] },
    };
    const flat = { Event: event.Event, ...event.SubscribeMsgPopupEvent };
    const mixed = { ...event, Other: 'x' };
    for (const sent of [event, flat, mixed]) {
      const request = gateway.request(sent);
      const { message } = createReceiver(options).receive(request);
      expect(message).toMatchObject(event);
      expect(message).toEqual(request.message);
    }
    const { body } = createGateway({ token: account.token, format }).request(event);
    expect(body.includes('SubscribeMsgPopupEvent')).toBe(format === 'xml');
    const complaint = { Event: 'complaint_callback', BussiCallBackInfo: { appid: 'wx1', history: [] } };
    const { message } = createReceiver(options).receive(gateway.request(complaint));
    expect(message).toMatchObject(complaint);
  });
});

/** What XML cannot hold; and names that mean something. */
// oxlint-disable-next-line no-control-regex -- these are what is meant
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
const SPECIAL = new Set(
  (
    '__proto__ Encrypt Event InfoType MsgId MsgID Actions DetailList List detail fail_idx history item material ' +
    'media_id_list customer_material_media_id_list proof_material_id scene_group_ext_list update_fields'
  ).split(' '),
);

test('in JSON ids are numbers, as WeChat sends them, with every digit', () => {
  const { body } = createGateway({ token: 'sesame', format: 'json' }).request(textMessage);
  expect(body).toContain('"MsgId":4561255354251345929}');
});

test('an info to a third-party platform has AppId outside', () => {
  const { body } = gatewayOf().request({ InfoType: 'authorized', AuthorizerAppid: 'wx1' });
  expect(body).toMatch(/^<xml><AppId><!\[CDATA\[wx0123456789abcdef\]\]><\/AppId><Encrypt>/);
});

test('of several Tokens and keys the first is used', () => {
  const other = { token: 'other', encodingAESKey: account.encodingAESKey.toUpperCase() };
  const both = (...order) => ({
    token: order.map(({ token }) => token),
    encodingAESKey: order.map(({ encodingAESKey }) => encodingAESKey),
    appId: account.appId,
  });
  const request = createGateway(both(account, other)).request(textMessage);
  expect(createReceiver(account).receive(request).type).toBe('message');
  expect(createReceiver({ ...account, ...other }).receive(request).type).toBe('rejected');
});

describe('messages that cannot be', () => {
  const refusal = (message) => expect.objectContaining({ code: 'ERR_WECHAT_PUSH_MESSAGE', message });
  const circular = { MsgType: 'text' };
  circular.self = circular;

  test.each([
    [undefined, /a message is an object/],
    ['hi', /a message is an object/],
    [[], /a message is an object/],
    [{}, /needs MsgType/],
    [{ MsgType: 7 }, /needs MsgType/],
    [{ MsgType: 'text', 'a b': 1 }, /"a b" cannot be the name of an XML element/],
    [{ MsgType: 'text', a: [[1]] }, /an array cannot stand in another array/],
    [circular, /circular/],
  ])('%p', async (message, why) => {
    const gateway = gatewayOf();
    expect(() => gateway.request(message)).toThrow(refusal(expect.stringMatching(why)));
    await expect(gateway.push('http://127.0.0.1:1/', message)).rejects.toBeInstanceOf(TypeError);
  });
});

describe('options', () => {
  test.each([
    ['token', undefined],
    ['token', ''],
    ['encodingAESKey', 'short'],
    ['appId', undefined],
    ['mode', 'safe'],
    ['format', 'yaml'],
    ['timeout', 0],
    ['timeout', '5s'],
    ['attempts', 0],
    ['attempts', 1.5],
    ['timeScale', 0],
    ['timeScale', Infinity],
    ['retry', 'never'],
  ])('%s: %p', (option, value) => {
    const wrong = expect.objectContaining({ code: 'ERR_WECHAT_PUSH_OPTIONS', option });
    expect(() => createGateway({ ...account, [option]: value })).toThrow(wrong);
    expect(() => createGateway({ ...account, [option]: value })).toThrow(TypeError);
  });

  test('the Token alone will do', async () => {
    const url = await serve(messagePush('sesame', () => 'hi'));
    const result = await createGateway('sesame').push(url, { MsgType: 'text', Content: '' });
    expect(result.reply.Content).toBe('hi');
  });

  test.each(['', 'example.com/wx', '/wx', 'ftp://127.0.0.1/', undefined, 7])('url %p', async (url) => {
    const wrong = { code: 'ERR_WECHAT_PUSH_OPTIONS', option: 'url' };
    await expect(gatewayOf().handshake(url)).rejects.toMatchObject(wrong);
    await expect(gatewayOf().push(url, textMessage)).rejects.toMatchObject(wrong);
  });

  test('attempts of one push', async () => {
    const wrong = { code: 'ERR_WECHAT_PUSH_OPTIONS', option: 'attempts' };
    const url = await answering('', { status: 500 });
    await expect(gatewayOf().push(url, textMessage, { attempts: 0 })).rejects.toMatchObject(wrong);
    const { attempts } = await gatewayOf().push(url, textMessage, { attempts: 1 });
    expect(attempts).toHaveLength(1);
  });
});

describe('a handshake', () => {
  test.each(Object.entries(modes))('passes a right server in %s mode', async (mode, options) => {
    const url = await serve(messagePush(options));
    const result = await createGateway(options).handshake(`${url}/wx`);
    expect(result).toEqual({
      ok: true,
      status: 200,
      headers: expect.objectContaining({ 'content-type': 'text/plain; charset=utf-8' }),
      body: result.echostr,
      echostr: expect.stringMatching(/^[1-9]\d{16,19}$/),
      url: expect.stringMatching(/\/wx\?signature=[0-9a-f]{40}&echostr=\d+&timestamp=\d{10}&nonce=\d+$/),
      duration: expect.any(Number),
      error: null,
    });
  });

  test('is what node:crypto makes of it', () => {
    const { method, url, query } = gatewayOf().handshakeRequest({ url: '/wx' });
    expect(method).toBe('GET');
    expect(url).toBe(`/wx?${new URLSearchParams(query)}`);
    expect(query.signature).toBe(wechat.sign(account.token, query.timestamp, query.nonce));
  });

  test('has an echostr of its own, of 17 to 20 digits', () => {
    const gateway = gatewayOf();
    const all = Array.from({ length: 200 }, () => gateway.handshakeRequest().query.echostr);
    expect(new Set(all).size).toBe(200);
    expect(new Set(all.map((echostr) => echostr.length))).toEqual(new Set([17, 18, 19, 20]));
    // So that a server that makes a number of it is always found out.
    expect(all.filter((echostr) => String(Number(echostr)) === echostr)).toEqual([]);
  });

  const echo = (of) => (req, res) => {
    const { echostr } = req.query;
    of(res, echostr);
  };
  test.each([
    ['quoted', echo((res, echostr) => res.json(echostr)), 'echostr_mismatch'],
    ['wrapped', echo((res, echostr) => res.json({ code: 0, data: echostr })), 'echostr_mismatch'],
    ['rounded', echo((res, echostr) => res.send(String(Number(echostr)))), 'echostr_mismatch'],
    ['with a line break', echo((res, echostr) => res.send(`${echostr}\n`)), 'echostr_mismatch'],
    ['with a BOM', echo((res, echostr) => res.send(`\uFEFF${echostr}`)), 'echostr_mismatch'],
    ['nothing', echo((res) => res.end()), 'echostr_mismatch'],
    ['created', echo((res, echostr) => res.status(201).send(echostr)), 'unexpected_status'],
    ['redirected', echo((res) => res.redirect('https://example.com/')), 'unexpected_status'],
    ['encoded', echo((res, echostr) => res.set('Content-Encoding', 'gzip').send(echostr)), 'encoded_answer'],
    ['never', () => {}, 'timeout'],
  ])('finds an answer that is %s', async (_, answer, reason) => {
    const origin = await serve(express().get('/wx', answer));
    const timeScale = reason === 'timeout' ? 0.03 : 1;
    const { ok, error } = await gatewayOf({ timeScale }).handshake(`${origin}/wx`);
    expect(ok).toBe(false);
    expect(error).toEqual({ reason, detail: expect.any(String) });
  });

  test('finds another Token', async () => {
    const url = await serve(messagePush('another'));
    const { ok, status, error } = await gatewayOf().handshake(url);
    expect({ ok, status, reason: error.reason }).toEqual({
      ok: false,
      status: 400,
      reason: 'unexpected_status',
    });
  });
});

describe('deliveries', () => {
  /** Serves what `answers` has, one after the other; resolves to the URL and to what arrived. */
  async function serveInTurn(...answers) {
    const arrived = [];
    const origin = await serve((req, res) => {
      const chunks = [];
      req.on('data', (chunk) => chunks.push(chunk));
      req.on('end', () => {
        arrived.push({ method: req.method, url: req.url, body: String(Buffer.concat(chunks)) });
        answers[arrived.length - 1]?.(res);
      });
    });
    return { url: `${origin}/wx`, arrived };
  }
  const success = (res) => res.end('success');
  const broken = (res) => res.writeHead(500).end();

  test('a server that never answers gets the same push three times', async () => {
    const { url, arrived } = await serveInTurn();
    const result = await gatewayOf({ timeScale: 0.03 }).push(url, textMessage);
    expect(result).toMatchObject({ delivered: false, reply: null, error: { reason: 'timeout' } });
    expect(result.error.detail).toContain('no answer within 150 ms');
    const late = {
      accepted: false,
      status: null,
      body: '',
      timedOut: true,
      reply: null,
      error: result.error,
    };
    expect(result.attempts).toEqual(Array(3).fill(expect.objectContaining(late)));
    const { method, url: asked, body } = result.attempts[0].request;
    const { pathname, search } = new URL(asked);
    const same = { method, url: pathname + search, body };
    expect(arrived).toEqual([same, same, same]);
  });

  test.each(EVERY)('with retry: fresh, each is signed and sealed anew (%s, %s)', async (mode, format) => {
    const { url, arrived } = await serveInTurn(broken, broken, success);
    const gateway = gatewayOf({ mode, format, retry: 'fresh' });
    const result = await gateway.push(url, { MsgType: 'text', Content: 'hi' });
    expect(result).toMatchObject({ delivered: true, reply: null, error: null });
    expect(new Set(arrived.map((one) => one.url)).size).toBe(3);
    if (mode !== 'plain') expect(new Set(arrived.map((one) => one.body)).size).toBe(3);
    const receiver = createReceiver({ ...account, mode });
    const got = arrived.map((one) => receiver.receive(one));
    expect(got.map(({ message }) => message)).toEqual(Array(3).fill(result.message));
    expect(new Set(got.map(({ id }) => id)).size).toBe(1);
  });

  test('the reply of the delivery that was accepted is the one that the user sees', async () => {
    const receiver = createReceiver(modes.plain);
    const outcome = receiver.receive(gatewayOf({ mode: 'plain' }).request(textMessage));
    const { body } = receiver.respond(outcome, 'at last');
    const { url, arrived } = await serveInTurn(undefined, broken, (res) => res.end(body));
    const gateway = gatewayOf({ mode: 'plain', timeScale: 0.1 });
    const { delivered, reply: seen, attempts } = await gateway.push(url, textMessage);
    expect(delivered).toBe(true);
    expect(seen.Content).toBe('at last');
    expect(attempts.map(({ status, timedOut, error }) => [status, timedOut, error?.reason])).toEqual([
      [null, true, 'timeout'],
      [500, false, 'unexpected_status'],
      [200, false, undefined],
    ]);
    expect(arrived).toHaveLength(3);
  });

  test('what is accepted is not repeated, though its reply is none', async () => {
    const { url, arrived } = await serveInTurn((res) => res.end('<html></html>'));
    const result = await gatewayOf().push(url, textMessage);
    expect(result).toMatchObject({ delivered: true, reply: null, error: { reason: 'malformed_reply' } });
    expect(arrived).toHaveLength(1);
  });

  test.each([
    [201, 'success'],
    [204, ''],
    [302, ''],
    [404, 'success'],
    [503, 'success'],
  ])('%i is no acceptance', async (status, body) => {
    const url = await answering(body, { status, headers: { Location: '/elsewhere' } });
    const result = await gatewayOf().push(url, textMessage);
    expect(result).toMatchObject({ delivered: false, reply: null, error: { reason: 'unexpected_status' } });
    expect(result.error.detail).toBe(`the status is ${status} to /elsewhere; WeChat takes 200 only`);
    expect(result.attempts).toHaveLength(3);
  });

  test('nothing listens', async () => {
    const url = await listen(() => {});
    raw.pop().destroy();
    const result = await gatewayOf().push(url, textMessage);
    expect(result).toMatchObject({ delivered: false, error: { reason: 'connection_refused' } });
    expect(result.attempts).toHaveLength(3);
  });

  test('a handler that throws is retried', async () => {
    let calls = 0;
    const app = express();
    app.use(
      messagePush(account, () => {
        calls += 1;
        if (calls < 3) throw new Error('not yet');
        return 'now';
      }),
    );
    // Express prints what it answers with 500.
    app.use((error, req, res, _next) => res.status(500).end(error.message));
    const { delivered, reply: seen } = await gatewayOf().push(await serve(app), textMessage);
    expect({ delivered, calls, Content: seen.Content }).toEqual({
      delivered: true,
      calls: 3,
      Content: 'now',
    });
  });
});

describe('what a server may do', () => {
  const HEAD = 'HTTP/1.1 200 OK\r\n';
  const answer = (text) => (socket) => socket.once('data', () => socket.write(text));

  test.each([
    ['closes at once', (socket) => socket.end(), 'connection_closed'],
    ['resets', (socket) => socket.once('data', () => socket.resetAndDestroy()), 'connection_closed'],
    ['says nothing', () => {}, 'timeout'],
    ['answers garbage', answer('what?\r\n\r\n'), 'malformed_response'],
    [
      'changes the protocol',
      answer('HTTP/1.1 101 x\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
      'connection_closed',
    ],
    ['stops in the headers', answer(HEAD), 'timeout'],
    ['stops in the body', answer(`${HEAD}Content-Length: 9\r\n\r\nsuccess`), 'timeout'],
    [
      'closes in the body',
      (socket) => socket.once('data', () => socket.end(`${HEAD}Content-Length: 9\r\n\r\nsuccess`)),
      'response_incomplete',
    ],
    ['sends headers without end', (socket) => pour(socket, HEAD, 'x: y\r\n'), 'malformed_response'],
    ['sends a body without end', (socket) => pour(socket, `${HEAD}\r\n`, 'y'), 'response_too_large'],
  ])('%s', async (_, onSocket, reason) => {
    const url = await listen(onSocket);
    const gateway = gatewayOf({ attempts: 1, timeScale: reason === 'timeout' ? 0.02 : 1 });
    const { delivered, attempts } = await gateway.push(url, textMessage);
    expect(delivered).toBe(false);
    expect(attempts[0]).toMatchObject({ accepted: false, reply: null, error: { reason } });
    expect(attempts[0].timedOut).toBe(reason === 'timeout');
    expect(attempts[0].body.length).toBeLessThanOrEqual(1024 * 1024);
    expect(await gateway.handshake(url)).toMatchObject({ ok: false, error: { reason } });
  });

  /** As much as the other side takes. */
  function pour(socket, head, text) {
    const block = text.repeat(Math.floor(65536 / text.length));
    const more = () => {
      while (!socket.destroyed && socket.write(block));
    };
    socket.once('data', () => {
      socket.write(head);
      socket.on('drain', more);
      more();
    });
  }

  test('speaks no TLS', async () => {
    const url = (await answering('success')).replace('http:', 'https:');
    const { delivered, error } = await gatewayOf({ attempts: 1 }).push(url, textMessage);
    expect({ delivered, reason: error.reason }).toEqual({ delivered: false, reason: 'tls_failed' });
  });

  test('has a name that no server has', async () => {
    const gateway = gatewayOf({ attempts: 1 });
    const { error } = await gateway.push(`http://${'x'.repeat(64)}.invalid/`, textMessage);
    expect(error.reason).toBe('dns_failed');
  });

  test('sends what came of an answer that is cut off', async () => {
    const url = await listen(answer(`${HEAD}X-A: b\r\nContent-Length: 9\r\n\r\nsuccess`));
    const { attempts } = await gatewayOf({ attempts: 1, timeScale: 0.1 }).push(url, textMessage);
    expect(attempts[0]).toMatchObject({ status: 200, headers: { 'x-a': 'b' }, body: 'success' });
  });

  test('knows another key, Token or AppID', async () => {
    for (const more of [
      { encodingAESKey: account.encodingAESKey.toUpperCase() },
      { token: 'another' },
      { appId: 'wx1' },
    ]) {
      const url = await serve(messagePush({ ...account, ...more }, () => 'hi'));
      const { delivered, error } = await gatewayOf().push(url, textMessage);
      expect({ delivered, reason: error.reason }).toEqual({ delivered: false, reason: 'unexpected_status' });
    }
  });
});

describe('replies that WeChat does not take', () => {
  const right = { ...account, timestamp: '1714036504', nonce: '1514711492' };
  const addresses = { ToUserName: textMessage.FromUserName, FromUserName: textMessage.ToUserName };
  const text = { ...addresses, CreateTime: 1714036504, MsgType: 'text', Content: 'hi' };

  /** An envelope as node:crypto makes it; `change` spoils it. */
  function sealed(format, { content = wechat.write(text, format), by = right, change = (all) => all } = {}) {
    const Encrypt = wechat.seal(content, by);
    const MsgSignature = wechat.sign(by.token, by.timestamp, by.nonce, Encrypt);
    const envelope = { Encrypt, MsgSignature, TimeStamp: Number(by.timestamp), Nonce: by.nonce };
    return wechat.write(change(envelope), format);
  }
  const without =
    (...names) =>
    (all) =>
      Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));

  describe.each(FORMATS)('in %s', (format) => {
    const gateway = gatewayOf({ format });

    test('but this one it does', () => {
      expect(gateway.read(sealed(format), textMessage)).toEqual(text);
      expect(gateway.read(Buffer.from(`\n${sealed(format)}\n`))).toEqual(text);
      expect(gateway.read(sealed(format, { content: 'success' }))).toBeNull();
      for (const none of ['', 'success', 'success\n']) expect(gateway.read(none, textMessage)).toBeNull();
    });

    test.each([
      ['plaintext_reply', () => wechat.write(text, format)],
      ['msg_signature_mismatch', () => sealed(format, { by: { ...right, token: 'another' } })],
      [
        'msg_signature_mismatch',
        () => sealed(format, { change: (all) => ({ ...all, Nonce: '1514711493' }) }),
      ],
      ['appid_mismatch', () => sealed(format, { by: { ...right, appId: 'wx1' } })],
      [
        'decryption_failed',
        // Not by chance: of some bytes another key makes what ends like padding.
        () =>
          sealed(format, {
            by: {
              ...right,
              encodingAESKey: account.encodingAESKey.toUpperCase(),
              random: Buffer.alloc(16),
            },
          }),
      ],
      ['missing_field', () => sealed(format, { change: without('MsgSignature') }), /no MsgSignature/],
      ['missing_field', () => sealed(format, { change: without('Nonce') }), /no Nonce/],
      [
        'missing_field',
        () => sealed(format, { change: ({ TimeStamp, ...all }) => ({ ...all, Timestamp: TimeStamp }) }),
        /"Timestamp" where WeChat reads TimeStamp/,
      ],
      [
        'missing_field',
        () =>
          sealed(format, {
            change: (all) =>
              Object.fromEntries(Object.entries(all).map(([name, one]) => [name.toLowerCase(), one])),
          }),
        /"encrypt" where WeChat reads Encrypt/,
      ],
      ['invalid_timestamp', () => sealed(format, { by: { ...right, timestamp: '1714036504000' } })],
      ['malformed_reply', () => sealed(format, { content: 'hi' })],
      ['malformed_reply', () => '"success"'],
      ['malformed_reply', () => 'hi'],
      ['malformed_reply', () => '<!doctype html><html></html>', /DOCTYPE; is it an HTML page/],
      ['malformed_reply', () => '<html><body>hi</body></html>', /<html>, not <xml>/],
      ['malformed_reply', () => '<xml><a>', /./],
      ['malformed_reply', () => '{"a":', /./],
      ['invalid_utf8', () => Buffer.from([0x3c, 0xff])],
      [
        'misaddressed_reply',
        () => sealed(format, { content: wechat.write({ ...text, ...swapped(text) }, format) }),
        /ToUserName of the reply must be "oUser_1-2"/,
      ],
      ['missing_msgtype', () => sealed(format, { content: wechat.write({ Content: 'hi' }, format) })],
    ])('%s', async (reason, body, detail = /./) => {
      const wrong = { code: 'ERR_WECHAT_PUSH_ANSWER', reason, message: expect.stringMatching(detail) };
      expect(() => gateway.read(body(), textMessage)).toThrow(expect.objectContaining(wrong));
      const url = await answering(body());
      const { delivered, reply: seen, error, attempts } = await gateway.push(url, textMessage);
      expect({ delivered, seen, reason: error.reason }).toEqual({ delivered: true, seen: null, reason });
      expect(error.detail).toMatch(detail);
      expect(attempts).toHaveLength(1);
    });
  });

  const swapped = ({ ToUserName, FromUserName }) => ({ ToUserName: FromUserName, FromUserName: ToUserName });

  test('encrypted_reply, in plain mode', () => {
    const wrong = expect.objectContaining({ reason: 'encrypted_reply' });
    expect(() => gatewayOf({ mode: 'plain' }).read(sealed('xml'))).toThrow(wrong);
  });

  test('json_reply, where the data format is XML', () => {
    const wrong = expect.objectContaining({ reason: 'json_reply' });
    expect(() => gatewayOf().read(sealed('json'))).toThrow(wrong);
    expect(gatewayOf({ format: 'json' }).read(sealed('xml'))).toEqual(text);
  });

  test('in compat mode it takes both', () => {
    const gateway = gatewayOf({ mode: 'compat' });
    expect(gateway.read(sealed('xml'), textMessage)).toEqual(text);
    expect(gateway.read(wechat.write(text, 'xml'), textMessage)).toEqual(text);
  });

  test('mini-game delivery is answered in plaintext', async () => {
    const event = { Event: 'minigame_coin_deliver_completed', MiniGame: { Payload: '{}' } };
    const done = { ErrCode: 0, ErrMsg: 'Success' };
    const gateway = gatewayOf({ format: 'json' });
    const url = await serve(messagePush(account, () => done));
    expect(await gateway.push(url, event)).toMatchObject({ delivered: true, reply: done, error: null });
    const content = JSON.stringify(done);
    expect(() => gateway.read(content)).toThrow(expect.objectContaining({ reason: 'plaintext_reply' }));
    const envelope = sealed('json', { content });
    expect(() => gateway.read(envelope, event)).toThrow(
      expect.objectContaining({ reason: 'encrypted_reply' }),
    );
  });

  test('an event may be answered with data', () => {
    const content = '<xml><ErrCode>0</ErrCode></xml>';
    const event = { Event: 'xpay_goods_deliver_notify' };
    expect(gatewayOf().read(sealed('xml', { content }), event)).toEqual({ ErrCode: '0' });
  });

  test.each([undefined, null, 7, { a: 1 }])('%p is no body', (body) => {
    expect(() => gatewayOf().read(body)).toThrow(TypeError);
  });
});

const published = vectors.filter(({ kind, body }) => kind === 'encrypt-reply' && body);

test('there are published replies', () => expect(published).toHaveLength(2));

test.each(published)('$id: $note', (vector) => {
  const { token, encodingAESKey, appid: appId, expected_plaintext: plaintext, body } = vector;
  const gateway = createGateway({ token, encodingAESKey, appId, format: body[0] === '{' ? 'json' : 'xml' });
  if (/^[<{]/.test(plaintext)) expect(gateway.read(body)).toEqual(expect.any(Object));
  else expect(() => gateway.read(body)).toThrow(expect.objectContaining({ reason: 'malformed_reply' }));
});
