'use strict';

// What anyone can send. Every request is answered with its documented status, the reason goes to the
// owner, and the server takes the next push. Jest fails a test that leaves an unhandled rejection or an
// uncaught exception behind.

const { once } = require('node:events');
const http = require('node:http');
const net = require('node:net');
const express = require('express');
const { createEndpoint, messagePush } = require('..');
const { closeServers, serve } = require('./support/servers.js');
const {
  account,
  encipher,
  modes,
  openReply,
  post,
  push,
  seal,
  textMessage,
  write,
} = require('./support/wechat.js');

const refused = '{"status":400,"data":"check msg error"}';
const MEBIBYTE = 1024 * 1024;

/** The code of the official sample library, and the status, where they are not null and 400. */
const codes = {
  appid_mismatch: -40005,
  decryption_failed: -40007,
  doctype_refused: -40002,
  empty_body: -40002,
  illegal_buffer: -40008,
  invalid_base64: -40010,
  invalid_utf8: -40008,
  malformed_body: -40002,
  msg_signature_mismatch: -40001,
  signature_mismatch: -40001,
};
const statuses = { body_timeout: 408, body_too_large: 413, method_not_allowed: 405 };

/** The server of the running test. */
let server;

afterEach(async () => {
  const { mode, handler } = server;
  const calls = handler.mock.calls.length;
  const message = { ...textMessage, MsgId: '4561255354251345930' };
  const answer = await server.post(push({ message, encrypted: mode === 'secure' }));
  expect(mode === 'secure' ? openReply(answer.text, account) : answer.text).toContain(
    '<![CDATA[still here]]>',
  );
  expect(handler).toHaveBeenCalledTimes(calls + 1);
  await closeServers();
});

/** What is refused in plain and in secure mode: the push is signed for each. */
const bodies = [
  ['no body', '', 'empty_body'],
  ['blanks', ' \r\n\t', 'empty_body'],
  ['a BOM', '\ufeff', 'empty_body'],
  ['an element without content', '<a/>', 'malformed_body'],
  ['an empty element', '<xml></xml>', 'malformed_body'],
  ['text in the root', '<xml>text</xml>', 'malformed_body'],
  ['text', 'success', 'malformed_body'],
  ['a form', 'a=1&b=2', 'malformed_body'],
  ['an empty object', '{}', 'malformed_body'],
  ['only __proto__', '{"__proto__":{"MsgType":"text"}}', 'malformed_body'],
  ['a list', '[{"MsgType":"text"}]', 'malformed_body'],
  ['a list in braces', '{["MsgType"]}', 'malformed_body'],
  ['half an element', '<xml><MsgType>text', 'malformed_body'],
  ['half a tag', '<xml', 'malformed_body'],
  ['half a CDATA section', '<xml><a><![CDATA[b]]</a></xml>', 'malformed_body'],
  ['half an object', '{"MsgType":"te', 'malformed_body'],
  ['tags that cross', '<xml><a><b></a></b></xml>', 'malformed_body'],
  ['two roots', `${write({ MsgType: 'text' })}<xml/>`, 'malformed_body'],
  ['two objects', '{"MsgType":"text"}{}', 'malformed_body'],
  ['a comma too many', '{"a":1,}', 'malformed_body'],
  ['30,000 nested tags', '<a>'.repeat(30_000), 'malformed_body'],
  ['30,000 nested and closed tags', '<a>'.repeat(30_000) + '</a>'.repeat(30_000), 'malformed_body'],
  ['30,000 nested objects', '{"a":'.repeat(30_000) + '1' + '}'.repeat(30_000), 'malformed_body'],
  ['30,000 nested lists', `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, 'malformed_body'],
  ['300,000 open brackets', `{"a":${'['.repeat(300_000)}`, 'malformed_body'],
  ['an entity that nobody defined', '<xml><a>&bomb;</a></xml>', 'malformed_body'],
  ['a reference to no character', '<xml><a>&#x110000;</a></xml>', 'malformed_body'],
  ['an entity bomb', entityBomb(), 'doctype_refused'],
  [
    'a file',
    '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><a>&f;</a></xml>',
    'doctype_refused',
  ],
  ['a DOCTYPE in lower case', '<!doctype html><html><a>1</a></html>', 'doctype_refused'],
  [
    'a DOCTYPE after a declaration',
    '<?xml version="1.0"?>\n<!DOCTYPE x>\n<xml><a>1</a></xml>',
    'doctype_refused',
  ],
  ['a DOCTYPE in the root', '<xml><!DOCTYPE x><a>1</a></xml>', 'doctype_refused'],
  ['100,000 elements of different names', manyNames(100_000), 'malformed_body'],
  ['a mebibyte of open tags', fill('<a '), 'malformed_body'],
  ['a mebibyte of unclosed comments', fill('<!--'), 'malformed_body'],
  ['a mebibyte of unclosed CDATA', `<xml><a>${fill('<![CDATA[')}`, 'malformed_body'],
  ['a mebibyte of ampersands', `<xml><a>${fill('&')}</a></xml>`, 'malformed_body'],
  ['a mebibyte of quotes', `{"a":${fill('"')}`, 'malformed_body'],
  ['a mebibyte of blanks', fill(' '), 'empty_body'],
  ['invalid UTF-8', Buffer.from('<xml><a>\xff\xfe</a></xml>', 'latin1'), 'invalid_utf8'],
  ['half a character', Buffer.from('<xml><a>\xe4\xbd</a></xml>', 'latin1'), 'invalid_utf8'],
  ['a surrogate in UTF-8', Buffer.from('{"a":"\xed\xa0\x80"}', 'latin1'), 'invalid_utf8'],
  ['UTF-16', Buffer.from('\ufeff<xml><a>1</a></xml>', 'utf16le'), 'invalid_utf8'],
  ['zeros', Buffer.alloc(1000), 'malformed_body'],
  ['one byte too many', '<' + 'x'.repeat(MEBIBYTE), 'body_too_large'],
];

/** What is wrong with the URL in either mode: a change of the parameters, and the reason. */
const urls = [
  ['no parameters', () => '', 'missing_parameter'],
  ['only a name', () => 'signature', 'missing_parameter'],
  ['no timestamp', (query) => query.replace('timestamp', 'x'), 'missing_parameter'],
  ['no nonce', (query) => query.replace('nonce', 'x'), 'missing_parameter'],
  ['no signature at all', (query) => query.replaceAll('signature', 'x'), 'missing_parameter'],
  ['parameters in brackets', (query) => query.replaceAll('=', '[]='), 'missing_parameter'],
  ['a repeated nonce', (query) => `${query}&nonce=1514711492`, 'repeated_parameter'],
  ['a repeated timestamp', (query) => `${query}&timestamp=${clock()}`, 'repeated_parameter'],
  ['a repeated signature', (query) => `signature=x&${query}`, 'repeated_parameter'],
  ['a repeated msg_signature', (query) => `msg_signature=x&msg_signature=x&${query}`, 'repeated_parameter'],
  ['10,000 bytes of parameters', (query) => `${'nonce=1&'.repeat(1250)}${query}`, 'repeated_parameter'],
  ['a nonce that is not UTF-8', (query) => query.replace('nonce=', 'nonce=%ff'), 'undecodable_parameter'],
  ['milliseconds', (query) => query.replace(/timestamp=\d+/, '$&000'), 'invalid_timestamp'],
  ['a negative timestamp', (query) => query.replace('timestamp=', 'timestamp=-'), 'invalid_timestamp'],
  ['an empty timestamp', (query) => query.replace(/timestamp=\d+/, 'timestamp='), 'invalid_timestamp'],
  ['digits moved into the nonce', (query) => moveDigit(query), 'invalid_timestamp'],
];

/** Over HTTP, and in chunks of any size given to an endpoint. */
const ways = ['node:http', 'createEndpoint'];

describe.each(['plain', 'secure'])('%s mode', (mode) => {
  const encrypted = mode === 'secure';

  describe.each(ways)('%s', (way) => {
    beforeEach(() => start(mode, way));

    test.each(urls)('%s', async (_, change, reason) => {
      const { url, body } = push({ encrypted });
      await expectRefusal({ url: `/?${change(url.slice(2))}`, body }, reason);
    });

    test.each(bodies)('%s', async (_, body, reason) => {
      const { url } = push({ encrypted });
      // In secure mode nothing is read beyond Encrypt before a signature held.
      const expected =
        reason === 'malformed_body' && encrypted ? /^(malformed_body|plaintext_refused)$/ : reason;
      await expectRefusal({ url, body }, expected);
    });

    test('a stale push', async () => {
      // A body that is signed, too, is remembered for as long as it is accepted.
      for (const seconds of encrypted ? [310, -90_000] : [-310, 310, -90_000]) {
        await expectRefusal(push({ encrypted, timestamp: clock(seconds) }), 'stale_timestamp');
      }
    });

    test('a push signed by someone else', async () => {
      const reason = encrypted ? 'msg_signature_mismatch' : 'signature_mismatch';
      for (const token of ['Sesame', 'sesam', 'sesame ']) {
        await expectRefusal(push({ account: { ...account, token }, encrypted }), reason);
      }
    });

    test('200 at a time', async () => {
      const { url, body } = push({ encrypted });
      const bad = { url: url.replace('nonce=1', 'nonce=2'), body };
      const answers = await Promise.all(Array.from({ length: 200 }, () => server.post(bad)));
      expect(answers.every(({ status, text }) => status === 400 && text === refused)).toBe(true);
      expect(server.rejections).toHaveLength(200);
      expect(server.handler).not.toHaveBeenCalled();
    });
  });
});

describe.each(ways)('plain mode, %s', (way) => {
  beforeEach(() => start('plain', way));

  test.each([['xml'], ['json']])('an encrypted push, %s', async (format) => {
    await expectRefusal(push({ format, encrypted: true }), 'encrypted_without_key');
  });

  test('an encrypted push whose signature is that of msg_signature', async () => {
    const { url, body } = push({ encrypted: true });
    const query = new URLSearchParams(url.slice(2));
    query.set('signature', query.get('msg_signature'));
    await expectRefusal({ url: `/?${query}`, body }, 'signature_mismatch');
  });
});

const sealedWays = ways.flatMap((way) => ['xml', 'json'].map((format) => [way, format]));

describe.each(sealedWays)('secure mode, %s, %s', (way, format) => {
  beforeEach(() => start('secure', way));

  test('a plaintext push', async () => {
    await expectRefusal(push({ format }), 'plaintext_refused');
  });

  test('a plaintext push that says it is encrypted', async () => {
    const { body } = push({ format });
    await expectRefusal({ url: push({ encrypted: true }).url, body }, 'plaintext_refused');
  });

  test('an Encrypt that is deeper, or no text', async () => {
    const wrong = { xml: '<xml><Encrypt><a>1</a></Encrypt></xml>', json: '{"Encrypt":{"a":1}}' };
    const deeper = { xml: '<xml><a><Encrypt>x</Encrypt></a></xml>', json: '{"a":{"Encrypt":"x"}}' };
    const { url } = push({ encrypted: true });
    for (const { [format]: body } of [wrong, deeper]) {
      await expectRefusal({ url, body }, /^(plaintext_refused|malformed_body|msg_signature_mismatch)$/);
    }
  });

  test('the msg_signature of another ciphertext', async () => {
    const { url } = push({ format, encrypted: true });
    const { body } = push({ format, encrypted: true });
    await expectRefusal({ url, body }, 'msg_signature_mismatch');
  });

  test.each([
    ['signature in its place', (query) => query.get('signature')],
    ['in upper case', (query) => query.get('msg_signature').toUpperCase()],
    ['one digit short', (query) => query.get('msg_signature').slice(1)],
    ['empty', () => ''],
    ['far too long', () => '0'.repeat(10_000)],
  ])('msg_signature: %s', async (_, change) => {
    const { url, body } = push({ format, encrypted: true });
    const query = new URLSearchParams(url.slice(2));
    query.set('msg_signature', change(query));
    await expectRefusal({ url: `/?${query}`, body }, 'msg_signature_mismatch');
  });

  test('no msg_signature', async () => {
    const { url, body } = push({ format, encrypted: true });
    await expectRefusal({ url: url.replace('msg_signature', 'x'), body }, 'missing_parameter');
  });

  test.each([
    ['no base64', 'not base64!', 'invalid_base64'],
    ['base64 with blanks inside', seal('{"a":1}', account).replace(/^.{8}/, '$& '), 'invalid_base64'],
    ['base64url', encipher(Buffer.alloc(32, 3), account.encodingAESKey).replace(/.$/, '-'), 'invalid_base64'],
    ['half a character', seal('{"a":1}', account).slice(0, -1), 'invalid_base64'],
    ['nothing', '', /^(invalid_base64|decryption_failed)$/],
    ['16 bytes that are no padding', Buffer.alloc(16).toString('base64'), 'decryption_failed'],
    ['17 bytes', Buffer.alloc(17).toString('base64'), 'decryption_failed'],
    [
      'another key',
      seal('{"a":1}', { ...account, encodingAESKey: account.encodingAESKey.replace('P', 'p') }),
      // One in 256 happens to end like padding.
      /^(decryption_failed|illegal_buffer)$/,
    ],
    ['16 bytes, all padding', sealed({ buffer: Buffer.alloc(16, 16) }), 'illegal_buffer'],
    ['16 bytes under a pad of 17', sealed({ buffer: Buffer.alloc(16, 17) }), 'decryption_failed'],
    ['32 bytes, all padding', sealed({ buffer: Buffer.alloc(32, 32) }), 'illegal_buffer'],
    ['no length', sealed({ buffer: Buffer.alloc(48, 29) }), 'illegal_buffer'],
    ['pad 0', sealed({ pad: Buffer.alloc(32) }), 'decryption_failed'],
    ['pad 33', sealed({ pad: Buffer.alloc(33, 33) }), 'decryption_failed'],
    ['pad 255', sealed({ pad: Buffer.alloc(32, 255) }), 'decryption_failed'],
    ['a pad that differs in its first byte', sealed({ pad: padWithout(0) }), 'decryption_failed'],
    ['a pad that differs in its last but one', sealed({ pad: padWithout(30) }), 'decryption_failed'],
    ['a length of 0xFFFFFFFF', sealed({ length: 0xffffffff }), 'illegal_buffer'],
    ['a length of 0x80000000', sealed({ length: 0x80000000 }), 'illegal_buffer'],
    ['a length beyond the end', sealed({ length: 1000 }), 'illegal_buffer'],
    ['a length that swallows the AppID', sealed({ length: 27 + account.appId.length }), 'appid_mismatch'],
    ['a length that is one short', sealed({ length: 26 }), 'appid_mismatch'],
    ['a length of 0', sealed({ length: 0 }), 'appid_mismatch'],
    ['another AppID', seal('{"a":1}', { ...account, appId: 'wxfedcba9876543210' }), 'appid_mismatch'],
    ['half an AppID', seal('{"a":1}', { ...account, appId: account.appId.slice(1) }), 'appid_mismatch'],
    ['an AppID and more', seal('{"a":1}', { ...account, appId: `${account.appId}\n` }), 'appid_mismatch'],
    ['no AppID', seal('{"a":1}', { ...account, appId: '' }), 'appid_mismatch'],
    ['an AppID that is not UTF-8', sealed({ appId: Buffer.alloc(200, 255) }), 'appid_mismatch'],
    [
      'invalid UTF-8',
      sealed({ message: Buffer.from('<xml><a>\xff\xfe</a></xml>', 'latin1') }),
      'invalid_utf8',
    ],
    ['an empty message', seal('', account), 'empty_body'],
    ['no message but text', seal('success', account), 'malformed_body'],
    ['30,000 nested tags', seal('<a>'.repeat(30_000), account), 'malformed_body'],
    ['an entity bomb', seal(entityBomb(), account), 'doctype_refused'],
  ])('signed, and inside: %s', async (_, encrypt, reason) => {
    await expectRefusal(push({ format, encrypt }), reason);
  });
});

// ./conformance has more of these, for every host.
describe('a connection', () => {
  beforeEach(() => start('plain'));

  test.each([
    ['at once', { 'Content-Length': 30 * MEBIBYTE }],
    ['in chunks', { 'Transfer-Encoding': 'chunked' }],
  ])('30 MB %s are not read, and the connection ends', async (_, headers) => {
    await upload(push().url, headers, 30 * MEBIBYTE);
    await expectReason('body_too_large');
    await ended(server.sockets[0]);
    expect(server.sockets[0].bytesRead).toBeLessThan(8 * MEBIBYTE);
  });

  test('as soon as a body is over the limit it is answered, 413, and the connection ends', async () => {
    const socket = await connectTo(push().url, `Content-Length: ${30 * MEBIBYTE}`);
    socket.write('x'.repeat(MEBIBYTE + 1));
    const answer = String((await once(socket, 'data'))[0]);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/\r\nConnection: close\r\n/i);
    expect(answer).toContain('{"status":413,"data":"body too large"}');
    await expectReason('body_too_large');
    await ended(server.sockets[0]);
    socket.destroy();
  });

  test('a good push in chunks of one byte is taken', async () => {
    const { url, body } = push();
    const chunks = [...Buffer.from(body)].map((byte) => Buffer.from([byte]));
    const answer = await raw(url, 'Transfer-Encoding: chunked', [
      ...chunks.flatMap((chunk) => ['1\r\n', chunk, '\r\n']),
      '0\r\n\r\n',
    ]);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(server.handler).toHaveBeenCalledTimes(1);
  });

  test('a client that goes away half-way through its body: body_aborted', async () => {
    const { url, body } = push();
    const socket = await connectTo(url, `Content-Length: ${Buffer.byteLength(body)}`);
    socket.write(body.slice(0, 50));
    await server.request;
    socket.destroy();
    await expectReason('body_aborted');
    expect(server.handler).not.toHaveBeenCalled();
  });

  test('a client that ends half-way through its body: body_aborted', async () => {
    const { url, body } = push();
    const socket = await connectTo(url, `Content-Length: ${Buffer.byteLength(body) + 1}`);
    socket.end(body);
    await expectReason('body_aborted');
    expect(server.handler).not.toHaveBeenCalled();
  });

  test('a chunk that is none: body_aborted', async () => {
    const { url } = push();
    const socket = await connectTo(url, 'Transfer-Encoding: chunked');
    socket.write('5\r\n<xml>\r\nzz\r\n');
    await expectReason('body_aborted');
    socket.destroy();
  });

  // What follows such a body is no request, so Node answers 400 of its own.
  test.each([
    ['too small', 50, 'malformed_body'],
    ['0', 0, 'empty_body'],
  ])('a Content-Length that is %s cuts the body', async (_, length, reason) => {
    const { url, body } = push();
    expect(await raw(url, `Content-Length: ${length}`, [body])).toMatch(/^HTTP\/1\.1 400 /);
    await expectReason(reason);
    expect(server.handler).not.toHaveBeenCalled();
  });
});

test('a client that goes away while another middleware waits: body_aborted', async () => {
  const waits = (req, res, next) =>
    server.sockets.length === 1 ? req.once('close', () => setImmediate(next)) : next();
  await start('plain', 'node:http', waits);
  const { url, body } = push();
  const socket = await connectTo(url, `Content-Length: ${Buffer.byteLength(body)}`);
  socket.write(body.slice(0, 50));
  await server.request;
  socket.destroy();
  await expectReason('body_aborted');
});

/** Serves an account in `mode`; keeps what the owner would see. */
async function start(mode, way = 'node:http', before = undefined) {
  const rejections = [];
  const handler = jest.fn(() => 'still here');
  const options = { ...modes[mode], onReject: (rejection) => rejections.push(rejection) };
  server = { mode, rejections, handler };
  if (way === 'createEndpoint') server.post = poster(createEndpoint(options, handler));
  else await listen(messagePush(options, handler), before);
}

async function listen(middleware, before) {
  const sockets = [];
  const app = before ? express().use(before, middleware) : middleware;
  let arrived;
  const request = new Promise((resolve) => (arrived = resolve));
  const origin = await serve((req, res) => {
    sockets.push(req.socket);
    arrived();
    app(req, res);
  });
  Object.assign(server, { origin, sockets, request, post: (sent) => post(origin, sent) });
}

/** Gives an endpoint the body in chunks, and checks the answer as an HTTP client would. */
function poster(endpoint) {
  return async ({ url, body }) => {
    const bytes = Buffer.from(body);
    const chunks = (async function* read() {
      for (let at = 0, size = 1; at < bytes.length; at += size, size = ((size * 7) % 9973) + 1)
        yield bytes.subarray(at, at + size);
    })();
    const headers = { 'Content-Length': String(bytes.length) };
    const response = await endpoint.handle({ method: 'POST', url, headers, body: chunks });
    return { status: response.status, text: response.body };
  };
}

/** Posts it; it must be refused for this one reason, with its code and status, and no hint to the sender. */
async function expectRefusal(sent, reason) {
  server.rejections.length = 0;
  const answer = await server.post(sent);
  await expectReason(reason);
  expect(answer.status).toBe(server.rejections[0].status);
  if (answer.status === 400) expect(answer.text).toBe(refused);
  expect(server.handler).not.toHaveBeenCalled();
}

/** Waits for the one rejection of the test: the client can be done before the server is. */
async function expectReason(reason) {
  for (let i = 0; i < 300 && server.rejections.length === 0; i++) await pause(10);
  expect(server.rejections.map((rejection) => rejection.reason)).toEqual([
    reason instanceof RegExp ? expect.stringMatching(reason) : reason,
  ]);
  const [rejection] = server.rejections;
  expect(rejection).toEqual({
    type: 'rejected',
    reason: rejection.reason,
    code: codes[rejection.reason] ?? null,
    status: statuses[rejection.reason] ?? 400,
    detail: expect.stringMatching(/^\w/),
    account: rejection.account,
  });
  expect(Object.keys(rejection.account)).toEqual(rejection.account.appId ? ['appId'] : []);
  for (const secret of [account.token, account.encodingAESKey])
    expect(rejection.detail).not.toContain(secret);
}

/** Writes bytes until the server answers or hangs up; which of them is seen first is chance. */
function upload(url, headers, bytes) {
  return new Promise((resolve) => {
    const request = http.request(server.origin + url, { method: 'POST', headers, agent: false });
    const chunk = Buffer.alloc(64 * 1024, 'x');
    let left = bytes;
    const send = () => {
      while (left > 0) {
        left -= chunk.length;
        if (!request.write(chunk)) return void request.once('drain', send);
      }
    };
    const stop = () => {
      left = 0;
      resolve();
    };
    request.once('response', (response) => stop(response.resume())).on('error', stop);
    send();
  });
}

/** Waits for the server to close its side. */
async function ended(socket) {
  for (let i = 0; i < 300 && !socket.destroyed; i++) await pause(10);
  expect(socket.destroyed).toBe(true);
}

/** A connection on which the head of a POST was sent. */
async function connectTo(url, header) {
  const { hostname, port } = new URL(server.origin);
  const socket = net.connect(port, hostname);
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(`POST ${url} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n${header}\r\n\r\n`);
  return socket;
}

/** What comes back first on a connection of its own. */
async function raw(url, header, parts) {
  const socket = await connectTo(url, header);
  for (const part of parts) socket.write(part);
  const [answer] = await once(socket, 'data');
  socket.destroy();
  return String(answer);
}

/** An `Encrypt` with one thing wrong: the whole buffer, or a part of it. */
function sealed({
  message = Buffer.from('<xml><a>12345678</a></xml>!'),
  length = message.length,
  appId = Buffer.from(account.appId),
  pad,
  buffer,
}) {
  const head = Buffer.alloc(20, 'r');
  head.writeUInt32BE(length, 16);
  const content = Buffer.concat([head, message, appId]);
  const filler = Buffer.alloc((32 - (content.length % 32)) % 32, ' ');
  const ordinary = Buffer.alloc(32 - (content.length % 32), 32 - (content.length % 32));
  const whole = buffer ?? Buffer.concat(pad ? [content, filler, pad] : [content, ordinary]);
  const blocks = Buffer.concat([whole, Buffer.alloc((16 - (whole.length % 16)) % 16, whole.at(-1))]);
  return encipher(blocks, account.encodingAESKey);
}

/** A pad of 32 with one byte that differs. */
function padWithout(place) {
  const pad = Buffer.alloc(32, 32);
  pad[place] = 31;
  return pad;
}

/** A billion laughs. */
function entityBomb() {
  const levels = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`);
  return `<!DOCTYPE lolz [<!ENTITY l0 "lol">${levels.join('')}]><xml><a>&l9;</a></xml>`;
}

function manyNames(count) {
  return `<xml>${Array.from({ length: count }, (_, i) => `<a${i}/>`).join('')}</xml>`;
}

/** Almost a mebibyte of one text. */
function fill(text) {
  return text.repeat(Math.floor((MEBIBYTE - 100) / text.length));
}

/** WeChat joins the parts without separators, so that the text that is signed can stay the same. */
function moveDigit(query) {
  return query.replace(/(\d)&nonce=/, '&nonce=$1');
}

/** A timestamp, so many seconds from now. */
function clock(seconds = 0) {
  return String(Math.floor(Date.now() / 1000) + seconds);
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
