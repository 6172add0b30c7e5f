'use strict';

// `wechat-push record`, between one who pushes as WeChat does and an app.

const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { createGateway } = require('../testing.js');
const { ACCOUNT, app, cli, closeAll, folder, removeFiles, right } = require('./support/cli.js');
const { goOn } = require('./support/play.js');
const { serve } = require('./support/servers.js');
const { account } = require('./support/wechat.js');

afterEach(closeAll);
afterAll(removeFiles);

let number = 0;

/** A recorder before an app: where it listens, and what is in its file when it has been stopped. */
async function record(to, more = []) {
  const file = path.join(folder, `recording-${++number}.json`);
  const { written, stop } = await goOn(
    ['record', '--to', to, '--file', file, ...ACCOUNT, ...more],
    /Listening on/,
  );
  const [, origin] = /Listening on (\S+),/.exec(written.stdout);
  return {
    url: `${origin}/anything`,
    file,
    written,
    async end() {
      const status = await stop();
      return {
        status,
        recording: fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined,
      };
    },
  };
}

describe.each(['plain', 'compat', 'secure'])('in %s mode', (mode) => {
  test.each(['xml', 'json'])(
    'what is pushed and answered is kept, and goes through as it is: %s',
    async (format) => {
      const got = [];
      const to = await app(right({ mode }, (message) => (got.push(message), 'thanks')));
      const recorder = await record(to, ['--mode', mode]);
      const gateway = createGateway({
        ...(mode === 'plain' ? { token: account.token } : account),
        mode,
        format,
      });
      expect((await gateway.handshake(recorder.url)).ok).toBe(true);
      const { reply, message } = await gateway.push(recorder.url, { MsgType: 'text', Content: '你好' });
      expect(reply.Content).toBe('thanks');
      expect(got).toHaveLength(1);

      const { status, recording } = await recorder.end();
      expect(status).toBe(0);
      expect(recording).toEqual({
        'wechat-push': 'recording',
        version: 1,
        pushes: [
          {
            at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
            message: { ...message, MsgId: got[0].MsgId },
            mode,
            format,
            attempts: [{ status: 200, duration: expect.any(Number), reply, error: null }],
          },
        ],
      });
      expect(recorder.written.stdout).toMatch(/\d\d:\d\d:\d\d {2}text {2}200 {2}\d+ ms\n/);
    },
  );
});

test('the file is for its owner alone, and has neither signatures nor secrets', async () => {
  const { token, encodingAESKey } = account;
  const recorder = await record(await app(right({}, () => `${token} ${encodingAESKey}`)));
  const gateway = createGateway(account);
  const { attempts } = await gateway.push(recorder.url, { MsgType: 'text', Content: 'hi' });
  await gateway.push(recorder.url, {
    InfoType: 'authorized',
    AuthorizationCode: 'code@@@1',
    AuthorizerAppid: 'wx1',
  });
  await recorder.end();
  expect(fs.statSync(recorder.file).mode & 0o777).toBe(0o600);
  const text = fs.readFileSync(recorder.file, 'utf8');
  const { query } = attempts[0].request;
  for (const secret of [
    token,
    encodingAESKey,
    query.signature,
    query.msg_signature,
    query.nonce,
    'code@@@1',
  ]) {
    expect(text).not.toContain(secret);
  }
  expect(text).toContain('wx1');
});

test('the deliveries of one push are kept together', async () => {
  let count = 0;
  const fine = right({}, () => 'hi');
  const recorder = await record(
    await app((req, res) => (++count < 3 ? res.status(503).end() : fine(req, res))),
  );
  const { delivered } = await createGateway(account).push(recorder.url, { MsgType: 'text', Content: 'hi' });
  expect(delivered).toBe(true);
  const { recording } = await recorder.end();
  expect(recording.pushes[0].attempts).toMatchObject([
    { status: 503, error: 'unexpected_status', reply: null },
    { status: 503 },
    { status: 200, error: null, reply: { Content: 'hi' } },
  ]);
});

test('an app that is down is WeChat no answer, and is kept as such', async () => {
  const recorder = await record('http://127.0.0.1:1/wx');
  const { attempts } = await createGateway({ ...account, attempts: 1 }).push(recorder.url, {
    MsgType: 'text',
    Content: 'hi',
  });
  expect(attempts[0].status).toBe(502);
  const { recording } = await recorder.end();
  expect(recording.pushes[0].attempts).toMatchObject([
    { status: null, error: 'connection_closed', reply: null },
  ]);
  expect(recorder.written.stdout).toContain('no answer');
});

test('when WeChat hangs up, the app learns of it', async () => {
  let left;
  const leaving = new Promise((resolve) => (left = resolve));
  const recorder = await record(await app((req, res) => void res.once('close', left)));
  const gateway = createGateway({ ...account, attempts: 1, timeout: 100 });
  const { attempts } = await gateway.push(recorder.url, { MsgType: 'text', Content: 'hi' });
  expect(attempts[0].timedOut).toBe(true);
  await leaving;
});

test('a stranger goes through, is not kept, and is told of', async () => {
  const recorder = await record(await app(right()));
  const stranger = createGateway({ ...account, token: 'another', attempts: 1 });
  expect((await stranger.push(recorder.url, { MsgType: 'text', Content: 'hi' })).attempts[0].status).toBe(
    400,
  );
  const { recording } = await recorder.end();
  expect(recording).toBeUndefined();
  expect(recorder.written.stderr).toMatch(/not kept, as it is no push to this account: msg_signature/);
  expect(recorder.written.stdout).toContain('Nothing was pushed, so there is no file.');
});

test('what is sent again is a push of its own', async () => {
  const recorder = await record(await app(right({}, () => 'hi')));
  const gateway = createGateway(account);
  const { message } = await gateway.push(recorder.url, { MsgType: 'text', Content: '你好' });
  await recorder.end();
  const got = [];
  const url = await app(right({}, (one) => void got.push(one)));
  const { status } = await cli(['send', url, ...ACCOUNT, '--file', recorder.file]);
  expect(status).toBe(0);
  expect(got[0]).toMatchObject({ Content: '你好', FromUserName: message.FromUserName });
  expect(got[0].MsgId).not.toBe(message.MsgId);
});

test('a large body goes through, and a broken one does not stop it', async () => {
  const sizes = [];
  const to = await serve((req, res) => {
    let size = 0;
    req.on('data', (chunk) => (size += chunk.length)).once('end', () => res.end(String(sizes.push(size))));
  });
  const recorder = await record(to);
  await fetch(recorder.url, { method: 'POST', body: 'x'.repeat(5_000_000) });
  expect(sizes).toEqual([5_000_000]);
  await new Promise((resolve) => {
    const socket = net.connect(new URL(recorder.url).port, '127.0.0.1', () => {
      socket.end('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc');
    });
    socket.resume().once('close', resolve);
  });
  expect(await (await fetch(recorder.url, { method: 'POST', body: 'abc' })).text()).toBe('2');
});

test.each([
  [[], 'Say where your server is'],
  [['--to', 'http://127.0.0.1:1/', '--file', __filename], 'exists; choose another --file'],
  [['--to', 'http://127.0.0.1:1/', '--file', path.join(folder, 'no', 'such.json')], 'cannot be written'],
  [['--to', '127.0.0.1:1/wx'], 'Did you mean http://127.0.0.1:1/wx?'],
])('wrong usage is told: %j', async (args, said) => {
  const { status, stderr } = await cli(['record', ...ACCOUNT, ...args]);
  expect(stderr).toContain(said);
  expect(status).toBe(2);
});

test('a taken port is told, as the tunnel leads there', async () => {
  const { port } = new URL(await serve(() => {}));
  const args = ['record', ...ACCOUNT, '--to', 'http://127.0.0.1:1/', '--file', path.join(folder, 'x.json')];
  const { stderr, status } = await cli([...args, '--port', port]);
  expect(stderr).toContain(`Port ${port} is taken`);
  expect(status).toBe(2);
});
