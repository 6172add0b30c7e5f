'use strict';

// The example of an adapter of one's own, over HTTP/2.

const { spawn } = require('node:child_process');
const { once } = require('node:events');
const http2 = require('node:http2');
const path = require('node:path');
const { messagePush } = require('../examples/own-adapter/adapter.js');
const { signedQuery } = require('./support/servers.js');
const { account, modes, openReply, push, textMessage } = require('./support/wechat.js');

let server;
let client;

afterEach(async () => {
  client?.destroy();
  if (server) await new Promise((resolve) => server.close(resolve));
  client = server = undefined;
});

/** Serves a handler, and connects to it. */
async function start(options, handler) {
  server = http2.createServer().on('stream', messagePush(options, handler)).listen(0, '127.0.0.1');
  server.streams = 0;
  server.on('stream', () => server.streams++);
  await once(server, 'listening');
  client = http2.connect(`http://127.0.0.1:${server.address().port}`);
}

/** One request; its body is sent, and ended unless there is none. */
function request(method, url, body, headers) {
  const stream = client.request(
    { ':method': method, ':path': url, ...headers },
    { endStream: method === 'GET' },
  );
  stream.on('error', () => {});
  if (body !== undefined) stream.end(body);
  return stream;
}

async function answerOf(stream) {
  const [headers] = await once(stream, 'response');
  const chunks = await stream.toArray();
  return {
    status: headers[':status'],
    type: headers['content-type'],
    text: Buffer.concat(chunks).toString(),
  };
}

const post = ({ url, body }, headers) => request('POST', url, body, headers);

test('answers a handshake and a push, and a retry with the recorded reply', async () => {
  const handler = jest.fn(({ Content }) => `you said ${Content}`);
  await start(account, handler);
  const query = signedQuery(account.token, { echostr: '4375120948345356249' });
  expect(await answerOf(request('GET', `/wx?${query}`))).toEqual({
    status: 200,
    type: 'text/plain; charset=utf-8',
    text: '4375120948345356249',
  });
  const sent = push({ encrypted: true });
  for (let i = 0; i < 2; i++) {
    const answer = await answerOf(post(sent));
    expect(answer).toMatchObject({ status: 200, type: 'application/xml; charset=utf-8' });
    expect(openReply(answer.text, account)).toContain('you said 你好');
  }
  expect(handler.mock.calls.map(([message]) => message)).toEqual([textMessage]);
});

test('refuses what is forged, too long or no push, and takes the next one', async () => {
  const handler = jest.fn();
  const onReject = jest.fn();
  await start({ ...modes.plain, onReject }, handler);
  const { url, body } = push();
  const answers = [
    await answerOf(request('GET', '/?signature=0')),
    await answerOf(request('PUT', url, body)),
    await answerOf(post({ url: url.replace('nonce=1', 'nonce=2'), body })),
    await answerOf(request('POST', url, undefined, { 'content-length': 2 ** 20 + 1 })),
    await answerOf(post({ url, body: 'x'.repeat(2 ** 20 + 1) })),
  ];
  expect(answers.map(({ status }) => status)).toEqual([400, 405, 400, 413, 413]);
  const reasons = ['missing_parameter', 'method_not_allowed', 'signature_mismatch'];
  expect(onReject.mock.calls.map(([{ reason }]) => reason)).toEqual([
    ...reasons,
    'body_too_large',
    'body_too_large',
  ]);
  expect(handler).not.toHaveBeenCalled();
  expect((await answerOf(post({ url, body }))).status).toBe(200);
});

test('a sender who goes away half-way through the body, or before the answer', async () => {
  let answer;
  const answered = new Promise((resolve) => (answer = resolve));
  const handler = jest.fn(() => answered);
  const reasons = [];
  await start({ ...modes.plain, onReject: ({ reason }) => reasons.push(reason) }, handler);
  const { url, body } = push();
  const half = request('POST', url);
  half.write(body.slice(0, 50));
  await until(() => server.streams === 1);
  half.destroy();
  await until(() => reasons.length > 0);
  expect(reasons).toEqual(['body_aborted']);

  const whole = post({ url, body });
  await until(() => handler.mock.calls.length > 0);
  whole.destroy();
  await once(whole, 'close');
  const again = answerOf(post({ url, body }));
  answer('the reply');
  expect((await again).text).toContain('the reply');
  expect(handler).toHaveBeenCalledTimes(1);
});

test('a handler that fails is told, answered 500, and runs again', async () => {
  const told = jest.spyOn(console, 'error').mockImplementation(() => {});
  const handler = jest.fn().mockRejectedValueOnce(new Error('no luck')).mockReturnValue('better luck');
  await start(modes.plain, handler);
  const sent = push();
  expect(await answerOf(post(sent))).toMatchObject({ status: 500, text: '' });
  expect(told.mock.calls).toEqual([[expect.objectContaining({ message: 'no luck' })]]);
  told.mockRestore();
  expect((await answerOf(post(sent))).text).toContain('better luck');
});

test('the server of the example starts', async () => {
  const example = path.join(__dirname, '../examples/own-adapter');
  const child = spawn(process.execPath, [path.join(example, 'server.js')], {
    env: { ...process.env, PORT: '0' },
  });
  const [printed] = await once(child.stdout, 'data');
  const [url] = String(printed).match(/http:\S+/);
  client = http2.connect(url);
  const query = signedQuery('mytoken', { echostr: 'hello' });
  expect((await answerOf(request('GET', `/?${query}`))).text).toBe('hello');
  client.destroy();
  child.kill();
  await once(child, 'exit');
});

async function until(isThere) {
  while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 5));
}
