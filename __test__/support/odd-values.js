'use strict';

// What a caller can give that nobody expects: each is made anew, since some are used up by reading.

const vm = require('node:vm');

const raise = () => {
  throw new RangeError('from the value itself');
};

class Instance {
  #inside = 1;
  get token() {
    return this.#inside;
  }
}

/** By name, what makes it. @type {Record<string, () => any>} */
const odd = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  zero: () => 0,
  NaN: () => NaN,
  Infinity: () => Infinity,
  'a fraction': () => -1.5,
  BigInt: () => 2n ** 70n,
  symbol: () => Symbol('odd'),
  'empty string': () => '',
  string: () => 'sesame',
  'lone surrogate': () => 'a\ud800b',
  'NUL and separators': () => '\0\x1f\x1e{"a":1}',
  'long string': () => 'x'.repeat(300_000),
  'long string beyond ASCII': () => '好'.repeat(100_000),
  'many escapes': () => '%ff'.repeat(20_000),
  'boxed string': () => Object('sesame'),
  function: () => () => {},
  class: () => Instance,
  'async function that throws': () => async () => raise(),
  'class instance': () => new Instance(),
  'empty object': () => ({}),
  'object without prototype': () => Object.create(null),
  'object without text': () => ({ toString: 1, valueOf: 1 }),
  'object that is a circle': () => {
    const circle = { MsgType: 'text' };
    circle.self = circle;
    return circle;
  },
  'deep object': () => {
    let deep = {};
    for (let i = 0; i < 50_000; i++) deep = { deep };
    return deep;
  },
  'toJSON that throws': () => ({ MsgType: 'text', toJSON: raise }),
  'toJSON that throws undefined': () => ({
    MsgType: 'text',
    toJSON() {
      throw undefined;
    },
  }),
  'toJSON that throws what has no text': () => ({
    MsgType: 'text',
    toJSON() {
      throw Object.create(null);
    },
  }),
  'toJSON that gives nothing': () => ({ MsgType: 'text', toJSON: () => undefined }),
  array: () => [],
  'sparse array': () => [, 1], // oxlint-disable-line no-sparse-arrays
  'array of symbols': () => [Symbol('odd')],
  'array whose iterator throws': () => Object.assign(['a'], { [Symbol.iterator]: raise }),
  'array with a map of its own': () => Object.assign([{ token: 'a' }], { map: () => Symbol('odd') }),
  Date: () => new Date(0),
  'wrong Date': () => new Date(NaN),
  RegExp: () => /a/,
  Map: () => new Map([['token', 'a']]),
  Error: () => new Error('odd'),
  Promise: () => Promise.resolve('sesame'),
  URL: () => new URL('http://127.0.0.1:1/?signature=a'),
  URLSearchParams: () => new URLSearchParams('signature=a'),
  'object of another realm': () => vm.runInNewContext('({ token: "a", signature: ["b"] })'),
  Buffer: () => Buffer.from('<xml><a>1</a></xml>'),
  'empty bytes': () => new Uint8Array(0),
  'shared bytes': () => new Uint8Array(new SharedArrayBuffer(64)).fill(60),
  'growable shared bytes': () => new Uint8Array(new SharedArrayBuffer(64, { maxByteLength: 128 })),
  'bytes that shrank': () => {
    const buffer = new ArrayBuffer(64, { maxByteLength: 128 });
    const bytes = new Uint8Array(buffer, 8, 32);
    buffer.resize(4);
    return bytes;
  },
  'detached bytes': () => {
    const bytes = new Uint8Array(64);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    return bytes;
  },
  'bytes of another realm': () => vm.runInNewContext('new Uint8Array([60, 97, 47, 62])'),
  'clamped bytes': () => new Uint8ClampedArray(8),
  floats: () => new Float64Array(8),
  DataView: () => new DataView(new ArrayBuffer(8)),
  ArrayBuffer: () => new ArrayBuffer(8),
  SharedArrayBuffer: () => new SharedArrayBuffer(8),
  'revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  'revoked proxy of an array': () => {
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    return proxy;
  },
  'proxy whose traps throw': () => new Proxy({}, throwingTraps),
  'proxy of an array whose traps throw': () => new Proxy(['a'], throwingTraps),
  'proxy of a function whose traps throw': () => new Proxy(() => {}, throwingTraps),
  'proxy of bytes': () => new Proxy(new Uint8Array(8), {}),
  'proxy that has everything': () => new Proxy({}, { get: (_, name) => String(name), has: () => true }),
  'proxy that is endless': () => {
    const endless = () => new Proxy(() => {}, { get: endless, apply: endless });
    return endless();
  },
};

const throwingTraps = Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((name) => [name, raise]));

/** An object whose properties of these names throw when they are read. */
function withThrowing(names, rest = {}) {
  const object = { ...rest };
  for (const name of names) Object.defineProperty(object, name, { get: raise, enumerable: true });
  return object;
}

module.exports = { odd, withThrowing };
