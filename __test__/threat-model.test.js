'use strict';

// What SECURITY.md says of each mode: what secure mode keeps out, what plain mode cannot, and what a store holds.
// Who reads an access log, or stands between WeChat and the server, knows URLs and has no Token.

const { memoryStore, messagePush } = require('..');
const { closeServers, serve, signedQuery } = require('./support/servers.js');
const { account, modes, post, push, textMessage, write } = require('./support/wechat.js');

const forged = write({ ...textMessage, MsgId: '1', Content: 'forged' }, 'xml');

afterEach(closeServers);

/** A server in a mode: what its handler was told, and why it refused. */
async function start(mode, store = memoryStore()) {
  const told = [];
  const refused = [];
  const onReject = ({ reason }) => refused.push(reason);
  const origin = await serve(
    messagePush({ ...modes[mode], store, onReject }, ({ Content }) => {
      told.push(Content);
      return 'the answer';
    }),
  );
  return { origin, told, refused };
}

describe('who has read the URL of a handshake', () => {
  const handshake = () => `/?${signedQuery(account.token, {}, String(Math.floor(Date.now() / 1000)))}`;

  test.each(['plain', 'compat'])('can forge nothing in %s mode, since the URL is used up', async (mode) => {
    const { origin, told, refused } = await start(mode);
    const url = handshake();
    expect((await fetch(`${origin}${url}&echostr=1`)).status).toBe(200);
    expect((await fetch(`${origin}${url}&echostr=1`)).status).toBe(200);
    for (const body of [forged, forged.replace('[text]', '[event]')])
      expect(await post(origin, { url, body })).toMatchObject({ status: 400 });
    expect(told).toEqual([]);
    expect(refused).toEqual(['replayed', 'replayed']);
  });

  test('can forge a plaintext push when the server has forgotten the handshake', async () => {
    const { origin } = await start('plain');
    const url = handshake();
    await fetch(`${origin}${url}&echostr=1`);
    const after = await start('plain');
    expect(await post(after.origin, { url, body: forged })).toMatchObject({ status: 200 });
    expect(after.told).toEqual(['forged']);
  });

  test('can do nothing in secure mode', async () => {
    const { origin, told, refused } = await start('secure');
    const { body } = push({ encrypted: true });
    const url = handshake();
    const asEncrypted = url.replace('signature', 'encrypt_type=aes&msg_signature');
    for (const sent of [
      { url, body: forged },
      { url, body },
      { url: asEncrypted, body },
    ]) {
      expect(await post(origin, sent)).toMatchObject({ status: 400 });
    }
    expect(told).toEqual([]);
    expect(refused).toEqual(['plaintext_refused', 'missing_parameter', 'msg_signature_mismatch']);
  });
});

describe('who sees a push before the server does', () => {
  test('can take its place in plain mode: the real one is refused as replayed', async () => {
    const { origin, told, refused } = await start('plain');
    const { url, body } = push();
    await post(origin, { url, body: forged });
    await post(origin, { url, body });
    expect(told).toEqual(['forged']);
    expect(refused).toEqual(['replayed']);
  });

  test('can neither change nor take apart an encrypted one in secure mode', async () => {
    const { origin, told } = await start('secure');
    const { url, body } = push({ encrypted: true });
    const other = push({ encrypted: true });
    const at = body.indexOf('<Encrypt><![CDATA[') + 40;
    const changed = body.slice(0, at) + (body[at] === 'A' ? 'B' : 'A') + body.slice(at + 1);
    for (const sent of [
      { url, body: changed },
      { url, body: other.body },
      { url: other.url, body },
    ]) {
      expect(await post(origin, sent)).toMatchObject({ status: 400 });
    }
    expect(told).toEqual([]);
    expect(await post(origin, { url, body })).toMatchObject({ status: 200 });
    expect(told).toEqual([textMessage.Content]);
  });

  test('can send an encrypted one again, which is not handled twice', async () => {
    const { origin, told } = await start('secure');
    const sent = push({ encrypted: true });
    for (let i = 0; i < 3; i++) await post(origin, sent);
    expect(told).toHaveLength(1);
  });
});

test.each(['plain', 'secure'])('a store gets ids, hashes and the reply, in %s mode', async (mode) => {
  const given = [];
  const memory = memoryStore();
  const store = new Proxy(memory, {
    get: (_, name) =>
      typeof memory[name] === 'function'
        ? (...args) => {
            given.push(JSON.stringify([name, ...args]));
            return memory[name](...args);
          }
        : memory[name],
  });
  const { origin } = await start(mode, store);
  await post(origin, push({ encrypted: mode === 'secure' }));
  const all = given.join('\n');
  for (const held of [textMessage.MsgId, textMessage.FromUserName, 'the answer']) expect(all).toContain(held);
  const { token, encodingAESKey } = account;
  for (const secret of [token, encodingAESKey, '你好', '<xml>']) expect(all).not.toContain(secret);
});
