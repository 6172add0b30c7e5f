'use strict';

const { account, modes, openReply, push } = require('../support/wechat.js');

const MEBIBYTE = 1024 * 1024;
const CHUNKED = 'Transfer-Encoding: chunked';

/** Bodies as they come: in pieces, too long, too slow, not at all. @param {import('./host.js').Host} host */
function connections(host) {
  const handler = jest.fn(() => 'the reply');

  /** A connection to a server whose handler must not be called. */
  async function connect(options = modes.plain) {
    handler.mockClear();
    await host.start(options, handler);
    return host.connect();
  }

  test('a good push in chunks of one byte is taken', async () => {
    const connection = await connect(modes.secure);
    const { url, body } = host.pushOf({ encrypted: true });
    connection.post(url, CHUNKED);
    for (const byte of Buffer.from(body)) {
      connection.send('1\r\n');
      connection.send(Buffer.from([byte]));
      connection.send('\r\n');
    }
    connection.send('0\r\n\r\n');
    const { status, body: text } = await connection.answer();
    expect(status).toBe(200);
    expect(openReply(text, account)).toContain('the reply');
  });

  test('a length over the limit is refused before a byte of the body was sent', async () => {
    const connection = await connect();
    connection.post(host.pushOf().url, `Content-Length: ${MEBIBYTE + 1}`);
    expect(await connection.answer()).toMatchObject({
      status: 413,
      head: expect.stringMatching(/\r\nConnection: close\r\n/i),
      body: '{"status":413,"data":"body too large"}',
    });
    await host.expectReason('body_too_large');
    await host.expectEnd(connection);
  });

  test('a body without a length is refused as soon as it is over the limit', async () => {
    const connection = await connect({ ...modes.plain, bodyLimit: 1000 });
    connection.post(host.pushOf().url, CHUNKED);
    connection.send(`3e9\r\n${'x'.repeat(1001)}\r\n`);
    expect((await connection.answer()).status).toBe(413);
    await host.expectReason('body_too_large');
    await host.expectEnd(connection);
  });

  test('a body of exactly the limit is taken', async () => {
    const { body } = push();
    const connection = await connect({ ...modes.plain, bodyLimit: Buffer.byteLength(body) });
    connection.post(host.pushOf().url, `Content-Length: ${Buffer.byteLength(body)}`);
    connection.send(body);
    expect((await connection.answer()).status).toBe(200);
  });

  test('a sender who sends a byte now and then gets 408 after five seconds', async () => {
    const connection = await connect();
    const { url, body } = host.pushOf();
    connection.post(url, `Content-Length: ${Buffer.byteLength(body)}`);
    for (let i = 0; i < 7; i++) {
      connection.send(body.slice(0, 2));
      await host.catchUp();
      await host.pass(700);
    }
    expect(connection.received).toBe('');
    expect(await host.passUntil(connection.answer())).toMatchObject({
      status: 408,
      head: expect.stringMatching(/\r\nConnection: close\r\n/i),
      body: '{"status":408,"data":"body timeout"}',
    });
    await host.expectReason('body_timeout');
    await host.expectEnd(connection);
    expect(handler).not.toHaveBeenCalled();
  });

  test('a URL that cannot be right is refused before the body is read', async () => {
    const connection = await connect();
    connection.post(host.pushOf().url.replace('nonce=', 'x='), 'Content-Length: 1000');
    expect(await connection.answer()).toMatchObject({ status: 400 });
    expect(host.reasons).toEqual(['missing_parameter']);
  });

  test('a sender who goes away half-way through his body: body_aborted', async () => {
    const connection = await connect();
    const { url, body } = host.pushOf();
    connection.post(url, `Content-Length: ${Buffer.byteLength(body)}`);
    connection.send(body.slice(0, 50));
    await host.catchUp();
    await connection.hangUp();
    await host.expectReason('body_aborted');
    expect(handler).not.toHaveBeenCalled();
  });

  test('a sender who ends half-way through his body: body_aborted', async () => {
    const connection = await connect();
    const { url, body } = host.pushOf();
    connection.post(url, `Content-Length: ${Buffer.byteLength(body) + 1}`);
    connection.send(body);
    connection.end();
    await host.expectReason('body_aborted');
    expect(handler).not.toHaveBeenCalled();
    await connection.hangUp();
  });

  test('a connection is kept for the next request after a refusal', async () => {
    const connection = await connect();
    const { url, body } = host.pushOf();
    for (const refused of [url.replace('nonce=1', 'nonce=2'), url.replace('nonce=', 'x=')]) {
      connection.post(refused, `Content-Length: ${Buffer.byteLength(body)}`);
      connection.send(body);
      expect((await connection.answer()).status).toBe(400);
    }
    connection.post(url, `Content-Length: ${Buffer.byteLength(body)}`);
    connection.send(body);
    expect((await connection.answer()).status).toBe(200);
  });

  test('200 forged pushes at once are refused, and a good one is taken', async () => {
    await connect();
    const { url, body } = host.pushOf();
    const bad = { url: url.replace('nonce=1', 'nonce=2'), body };
    const answers = await Promise.all(Array.from({ length: 200 }, () => host.send(bad)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
    expect(host.reasons).toHaveLength(200);
    expect(handler).not.toHaveBeenCalled();
    expect((await host.send({ url, body })).status).toBe(200);
  });
}

module.exports = { connections };
