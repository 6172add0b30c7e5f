'use strict';

// A process in which every callback throws every odd thing, one after another. It ends with 0 when nothing has
// ended it, and every server has taken a good push afterwards.

const http = require('node:http');
const express4 = require('express4');
const express5 = require('express');
const { memoryStore, messagePush } = require('../..');
const { createGateway } = require('../../testing.js');
const { account } = require('./wechat.js');

const gateway = createGateway({ ...account, timeout: 20_000, attempts: 1 });

/** What can be thrown. */
const throws = {
  undefined,
  null: null,
  zero: 0,
  'an empty text': '',
  'the word route': 'route',
  'the word router': 'router',
  'a symbol': Symbol('odd'),
  'an object without a prototype': Object.create(null),
  'a function': () => {},
  'an error whose stack throws': Object.defineProperty(new Error('odd'), 'stack', { get: fail }),
  'an error whose message throws': Object.defineProperty(new Error('odd'), 'message', { get: fail }),
  'an error whose stack is no text': Object.assign(new Error('odd'), { stack: Symbol('odd') }),
  'an object that throws when it is printed': { toString: fail, [Symbol.toPrimitive]: fail, toJSON: fail },
  'a proxy that throws': new Proxy({}, { get: fail, has: fail, getPrototypeOf: fail, ownKeys: fail }),
  'a revoked proxy': revoked(),
  'an error in a frozen object': Object.freeze(new Error('odd')),
};

/** What a handler can return that is no reply, or throws when it is made one. */
const returns = {
  'a toJSON that throws the second time': () => ({
    MsgType: 'text',
    Content: 'hi',
    toJSON: everySecondTime(),
  }),
  'a getter that throws': () =>
    Object.defineProperty({ MsgType: 'text' }, 'Content', { enumerable: true, get: fail }),
  'a circle': () => {
    const circle = { MsgType: 'text' };
    return Object.assign(circle, { circle });
  },
  'a BigInt': () => ({ MsgType: 'text', Content: 1n }),
  // oxlint-disable-next-line unicorn/no-thenable -- that is what is tried
  'a then that throws': () => Object.defineProperty({}, 'then', { get: fail }),
  'ninety million control characters': () => '\u0001'.repeat(90_000_000),
  'a revoked proxy': revoked,
};

function fail() {
  throw throws['a symbol'];
}

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function everySecondTime() {
  let calls = 0;
  return () => {
    if (++calls % 2 === 0) fail();
    return { MsgType: 'text', Content: 'hi' };
  };
}

/** Calls of `onUndelivered`, which come when a window ends. */
let undelivered = 0;

/** Throws it at once or later. */
function callbacksOf(thrown) {
  return [
    () => {
      throw thrown;
    },
    async () => {
      await undefined;
      throw thrown;
    },
  ];
}

function counting(callback) {
  return () => {
    undelivered++;
    return callback();
  };
}

/** Cases that end in the framework. */
function* handlers() {
  for (const [name, thrown] of Object.entries(throws)) {
    for (const callback of callbacksOf(thrown)) yield [`a handler throws ${name}`, {}, callback];
  }
}

/** The options and the handler of each other case, by its name. */
function* callbacks() {
  for (const [name, thrown] of Object.entries(throws)) {
    for (const callback of callbacksOf(thrown)) {
      yield [`onReject throws ${name}`, { onReject: callback }, () => 'hi', 'forged'];
      yield [`onUndelivered throws ${name}`, { onUndelivered: counting(callback) }, late, 'left'];
      yield [`a late handler throws ${name}`, {}, () => late().then(callback), 'left'];
      for (const method of ['begin', 'peek', 'finish', 'release', 'claimUnsent']) {
        yield [`${method}() throws ${name}`, { store: { ...memoryStore(), [method]: callback } }, () => 'hi'];
      }
    }
  }
  for (const [name, make] of Object.entries(returns)) yield [`a handler returns ${name}`, {}, make];
}

async function late() {
  await new Promise((resolve) => setTimeout(resolve, 60));
  return 'late';
}

const hosts = {
  'node:http': (middleware) => (req, res) => middleware(req, res),
  'Express 4': (middleware) => express4().use(middleware),
  'Express 5': (middleware) => express5().use(middleware),
};

async function main() {
  console.error = () => {};
  let count = 0;
  let left = 0;
  for (const [host, mount] of Object.entries(hosts)) {
    // The windows of senders who have left end while the others are at it.
    const cases = host === 'node:http' ? [...callbacks(), ...handlers()] : handlers();
    for (const [name, options, odd, how] of cases) {
      process.send({ at: `${host}: ${name}` });
      let handler = odd;
      const middleware = messagePush({ ...account, onReject() {}, ...options }, (...args) =>
        handler(...args),
      );
      const server = http.createServer(mount(middleware)).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const url = `http://127.0.0.1:${server.address().port}/`;
      await provoke(url, how);
      if (how === 'left') left = performance.now();
      handler = () => 'good';
      const { reply } = await gateway.push(url, { MsgType: 'text', Content: String(count++) });
      if (reply?.Content !== 'good') throw new Error('a good push is not answered');
      server.closeAllConnections();
      server.close();
    }
  }
  await new Promise((resolve) => setTimeout(resolve, left + 5500 - performance.now()));
  process.send({ count, undelivered });
}

/** @param {'forged' | 'left' | undefined} how */
async function provoke(url, how) {
  if (how === 'forged') return fetch(`${url}?signature=1`);
  if (how === 'left') {
    const sent = gateway.request({ MsgType: 'text', Content: 'hi' }, { url });
    return fetch(sent.url, { ...sent, signal: AbortSignal.timeout(30) }).catch(() => {});
  }
  return gateway.push(url, { MsgType: 'text', Content: 'hi' });
}

main().then(() => process.disconnect());
