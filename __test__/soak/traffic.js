'use strict';

// What comes from the internet: WeChat's pushes, and everyone else's.

const { once } = require('node:events');
const http = require('node:http');
const net = require('node:net');
const { account, modes, push, sign, textMessage } = require('../support/wechat.js');

const AT_ONCE = 32;
const MEBIBYTE = 1024 * 1024;

let lastId = 4_561_254_355_251_345_929n;

/** Requests to a server on this port, so many of each hundred. */
function createTraffic(port) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  /** Connections that a sender has left half open. */
  const halfOpen = new Set();
  const counts = {};
  const flaws = new Map();
  let place = 0;

  /** The kinds, shares of a hundred; each resolves to the status that came, `expected` is what must come. */
  const kinds = [
    { name: 'push', share: 44, expected: [200], send: () => ask(anyPush()) },
    { name: 'push to a slow handler', share: 5, expected: [200], send: () => ask(anyPush('wait')) },
    { name: 'push to a handler that throws', share: 2, expected: [500], send: () => ask(anyPush('throw')) },
    { name: 'push that comes twice', share: 4, expected: [200], send: twice },
    { name: 'handshake', share: 4, expected: [200], send: () => ask(handshake()) },
    { name: 'forged handshake', share: 4, expected: [400], send: () => ask(handshake('Sesame')) },
    { name: 'forged push', share: 10, expected: [400], send: () => ask(anyPush('x', 'Sesame')) },
    {
      name: 'broken document',
      share: 8,
      expected: [400],
      send: () => ask({ ...anyPush(), body: '<xml><a>' }),
    },
    { name: 'another method', share: 2, expected: [405], send: () => ask({ ...anyPush(), method: 'PUT' }) },
    { name: 'push in chunks of one byte', share: 5, expected: [200], send: () => raw(inBytes(anyPush())) },
    { name: 'no HTTP', share: 1, expected: [400], send: () => raw(['\x16\x03\x01\x02\0\x01\0\x01\xfc']) },
    {
      name: 'oversized, by its head',
      share: 3,
      // Answered before the body has come, so that sending the body may fail.
      expected: [413, 'EPIPE', 'ECONNRESET'],
      send: () => raw(oversized('Content-Length: 30000000')),
    },
    {
      name: 'oversized, in chunks',
      share: 1,
      expected: [413],
      send: () => raw(oversized('Transfer-Encoding: chunked')),
    },
    { name: 'half a body, then gone', share: 3, expected: [0], send: leave },
    { name: 'whole push, then gone', share: 3, expected: [0], send: () => leave(1) },
    { name: 'half a body, then silent', share: 1, expected: [0], send: stay },
  ];
  const hundred = kinds.flatMap((kind) => Array(kind.share).fill(kind));

  function ask({ url, body, method = 'POST' }) {
    return new Promise((resolve, reject) => {
      const request = http.request({ port, host: '127.0.0.1', agent, method, path: url });
      request.once('response', (response) =>
        response.resume().once('end', () => resolve(response.statusCode)),
      );
      request.once('error', reject).end(body);
    });
  }

  async function twice() {
    const sent = anyPush();
    const statuses = await Promise.all([ask(sent), ask(sent)]);
    return Math.max(...statuses);
  }

  /** The status of what comes back for these parts, on a connection of its own. */
  async function raw(parts) {
    const socket = await connected();
    const answered = once(socket, 'data');
    for (const part of parts) socket.write(part);
    const [answer] = await answered;
    socket.destroy();
    return Number(String(answer).match(/^HTTP\/1\.1 (\d+)/)?.[1]);
  }

  async function leave(part = 0.5) {
    const socket = await connected();
    const { url, body } = anyPush();
    const bytes = Buffer.from(body);
    await new Promise((resolve) => {
      socket.write(head(url, `Content-Length: ${bytes.length}`));
      socket.write(bytes.subarray(0, bytes.length * part), resolve);
    });
    socket.destroy();
    return 0;
  }

  /** Stays until the server has had enough of it. */
  async function stay() {
    const socket = await connected();
    halfOpen.add(socket.once('close', () => halfOpen.delete(socket)).resume());
    socket.write(`${head(anyPush().url, 'Content-Length: 1000')}<xml>`);
    return 0;
  }

  async function connected() {
    const socket = net.connect(port, '127.0.0.1').on('error', () => {});
    await once(socket, 'connect');
    return socket;
  }

  return {
    /** Sends so many, some at once, and waits for their answers. */
    async send(count) {
      let left = count;
      const sender = async () => {
        while (left-- > 0) {
          const { name, expected, send } = hundred[(place++ * 37) % 100];
          const status = await send().catch((error) => error.code ?? error.message);
          counts[name] = (counts[name] ?? 0) + 1;
          if (!expected.includes(status)) flaws.set(`${name} ${status}`, `${name}: ${status} came`);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, sender));
    },

    /** Waits until the server has closed what is half open. */
    async end() {
      await Promise.all(Array.from(halfOpen, (socket) => once(socket, 'close')));
      agent.destroy();
    },

    summary: () => Object.entries(counts).map(([name, count]) => `${count.toLocaleString('en')} × ${name}`),
    wrong: () => [...flaws.values()],
  };
}

/** A push that never was there before, in a mode and format by chance. */
function anyPush(Content = 'hello', token = account.token) {
  const mode = oneOf(Object.keys(modes));
  const MsgId = String(lastId++);
  return push({
    account: { ...account, token },
    message: { ...textMessage, Content, MsgId },
    format: oneOf(['xml', 'json']),
    encrypted: mode !== 'plain',
    url: `/${mode}`,
  });
}

function handshake(token = account.token) {
  const [timestamp, nonce] = [String(Math.floor(Date.now() / 1000)), String(lastId++)];
  const query = { signature: sign(token, timestamp, nonce), timestamp, nonce, echostr: nonce };
  return { method: 'GET', url: `/${oneOf(Object.keys(modes))}?${new URLSearchParams(query)}` };
}

function inBytes({ url, body }) {
  const chunks = Array.from(Buffer.from(body), (byte) => Buffer.from([0x31, 13, 10, byte, 13, 10]));
  return [head(url, 'Transfer-Encoding: chunked'), ...chunks, '0\r\n\r\n'];
}

/** More than the limit, or the promise of it. */
function oversized(header) {
  const tooMuch = Buffer.alloc(MEBIBYTE + 1, 'x');
  const chunk = header.endsWith('chunked') ? [`${tooMuch.length.toString(16)}\r\n`, tooMuch] : [tooMuch];
  return [head(anyPush().url, header), ...chunk];
}

function head(url, header) {
  return `POST ${url} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n${header}\r\n\r\n`;
}

function oneOf(values) {
  return values[Math.floor(Math.random() * values.length)];
}

module.exports = { createTraffic };
