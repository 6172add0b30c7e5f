'use strict';

// What somebody unknown can make the server hold or do before it is known that he is not WeChat. Each server is a
// process of its own, with little memory.

const { fork } = require('node:child_process');
const { once } = require('node:events');
const net = require('node:net');
const path = require('node:path');
const { createGateway } = require('../testing.js');
const { until } = require('./support/redis.js');
const { account } = require('./support/wechat.js');

const MEBIBYTE = 1024 * 1024;
const gateway = createGateway(account);

let server;
let port;
const sockets = new Set();

beforeEach(async () => {
  server = fork(path.join(__dirname, 'support/stranger-server.js'), {
    execArgv: ['--max-old-space-size=64', '--expose-gc'],
  });
  [{ port }] = await once(server, 'message');
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  server.kill();
  if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
});

/** A connection that has sent the head of a POST. */
async function connect(headers, url = forged()) {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => {});
  sockets.add(socket);
  await once(socket, 'connect');
  socket.write(`POST ${url} HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n`);
  return socket;
}

/** A URL that is right but for what nobody can tell without the body. */
function forged() {
  const { url } = gateway.request({ MsgType: 'text', Content: 'hi' });
  return url.replace(/msg_signature=\w+/, `msg_signature=${'0'.repeat(40)}`);
}

/** What the server process holds, in bytes. */
async function held() {
  server.send('held');
  const [{ bytes }] = await once(server, 'message');
  return bytes;
}

/** Sends, in turns with what the server reads, unless it has hung up. */
async function send(socket, data) {
  if (socket.destroyed || socket.write(data)) return;
  await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => {});
}

async function expectGoodPushTaken(Content = 'hi', answer = Content) {
  const { reply, attempts } = await gateway.push(`http://127.0.0.1:${port}/`, { MsgType: 'text', Content });
  expect(attempts[0].status).toBe(200);
  expect(reply.Content).toBe(answer);
}

test('chunks of one byte cost what they hold', async () => {
  const before = await held();
  const chunks = Buffer.from('1\r\na\r\n'.repeat(8192));
  const senders = await Promise.all(Array.from({ length: 6 }, () => connect('Transfer-Encoding: chunked')));
  await Promise.all(
    senders.map(async (socket) => {
      for (let sent = 0; sent < MEBIBYTE - 10_000; sent += 8192) await send(socket, chunks);
    }),
  );
  // A chunk of one byte that is kept as it came takes a hundred bytes: 600 MB, more than the process may have.
  expect((await held()) - before).toBeLessThan(100 * MEBIBYTE);
  await expectGoodPushTaken();
}, 30_000);

test('a length over the limit is refused before a byte of the body is sent', async () => {
  const socket = await connect(`Content-Length: ${2 * MEBIBYTE}`);
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /);
});

test.each([
  ['without a parameter', () => '/'],
  ['with a parameter twice', () => `${forged()}&nonce=1`],
  ['that is old', () => forged().replace(/timestamp=\d+/, 'timestamp=1714036504')],
])('a URL %s is refused before its body is read', async (_, url) => {
  const socket = await connect('Content-Length: 1000', url());
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /);
});

test('in plain mode a wrong signature is refused before the body is read', async () => {
  const url = gateway
    .request({ MsgType: 'text' })
    .url.replace(/([?&])signature=\w+/, `$1signature=${'0'.repeat(40)}`);
  const socket = await connect('Content-Length: 1000', `/plain${url.slice(1)}`);
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /);
});

test('two hundred large forged bodies hold less than 40 MB together, and good pushes are taken meanwhile', async () => {
  const before = await held();
  const senders = await Promise.all(
    Array.from({ length: 200 }, () => connect(`Content-Length: ${MEBIBYTE}`)),
  );
  const most = Buffer.alloc(MEBIBYTE - 1, 'x');
  await Promise.all(senders.map((socket) => send(socket, most)));
  await expectGoodPushTaken('hi');
  // A larger one too: the oldest of those that only take up room is given up for it.
  await expectGoodPushTaken('好'.repeat(8000), 'too long to be a reply');
  // What was given up is collected a little later; what is held, is held for five seconds.
  expect(await until(async () => (await held()) - before < 40 * MEBIBYTE, 3000)).toBe(true);
}, 30_000);

test('connections that send nothing, or now and then a byte, hinder nobody', async () => {
  const idle = Array.from({ length: 1000 }, () => net.connect(port, '127.0.0.1').on('error', () => {}));
  for (const socket of idle) sockets.add(socket);
  const slow = await Promise.all(Array.from({ length: 300 }, () => connect('Content-Length: 1000')));
  for (const socket of slow) await send(socket, 'x');
  const begun = performance.now();
  for (let i = 0; i < 10; i++) await expectGoodPushTaken('hi');
  console.log(
    `a good push among 1,300 idle connections: ${((performance.now() - begun) / 10).toFixed(1)} ms`,
  );
}, 30_000);
