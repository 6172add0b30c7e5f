'use strict';

// Files of bots, encrypted with node:crypto alone.

const crypto = require('node:crypto');
const fc = require('fast-check');
const { decryptMedia } = require('..');
const { bot, encryptBytes } = require('./support/wecom-bot.js');

const other = { encodingAESKey: 'B'.repeat(43) };

/** Made by the command openssl. */
const FIXED = Buffer.from('bSffTeW5An8EcPNEgJG8R94WL3nLBQqQSFkVVugbUMw=', 'base64');

function failure(...given) {
  try {
    decryptMedia(...given);
  } catch (error) {
    return error;
  }
  return undefined;
}

test('a file comes back byte for byte, whatever it is', () => {
  const file = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    // What ends like padding.
    fc.tuple(fc.nat(64), fc.integer({ min: 0, max: 40 })).map(([n, byte]) => new Uint8Array(n).fill(byte)),
  );
  fc.assert(
    fc.property(file, (bytes) => {
      const encrypted = encryptBytes(bytes);
      const before = Buffer.from(encrypted);
      expect(decryptMedia(encrypted, bot)).toEqual(Buffer.from(bytes));
      expect(encrypted).toEqual(before);
    }),
  );
});

test('it opens what another program has encrypted', () => {
  expect(decryptMedia(FIXED, bot).toString()).toBe('hello, file');
});

test.each([
  ['a Buffer', (bytes) => bytes],
  ['an ArrayBuffer', (bytes) => new Uint8Array(bytes).buffer],
  ['a part of a larger one', (bytes) => Buffer.concat([Buffer.from('x'), bytes]).subarray(1)],
  ['a DataView', (bytes) => new DataView(new Uint8Array(bytes).buffer)],
])('the bytes may be %s', (_, as) => {
  expect(decryptMedia(as(encryptBytes(Buffer.from('hello'))), bot).toString()).toBe('hello');
});

test('of several keys the one that fits is taken', () => {
  const encrypted = encryptBytes(Buffer.from('hello, previous key'));
  const keys = [other.encodingAESKey, bot.encodingAESKey];
  expect(decryptMedia(encrypted, { encodingAESKey: keys }).toString()).toBe('hello, previous key');
});

test('also where the other one seems to, by a last byte that looks like padding', () => {
  const keys = [other.encodingAESKey, bot.encodingAESKey];
  const seemsOpen = (encrypted) => {
    try {
      return decryptMedia(encrypted, other) !== undefined;
    } catch {
      return false;
    }
  };
  let found = 0;
  for (let i = 0; found < 5; i++) {
    const encrypted = encryptBytes(Buffer.from(`file ${i}`));
    if (!seemsOpen(encrypted)) continue;
    found++;
    expect(decryptMedia(encrypted, { encodingAESKey: keys }).toString()).toBe(`file ${i}`);
  }
});

test('what does not open is named', () => {
  const encrypted = encryptBytes(crypto.createHash('sha512').update('a file').digest());
  for (const [reason, ...given] of [
    ['empty', Buffer.alloc(0), bot],
    ['cut_off', encrypted.subarray(0, -1), bot],
    ['cut_off', Buffer.from('<html>not found</html>'), bot],
    ['wrong_key', encrypted, other],
    ['wrong_key', encrypted.subarray(0, -32), bot],
    ['wrong_key', Buffer.alloc(64), bot],
  ]) {
    expect(failure(...given)).toMatchObject({ code: 'ERR_WECHAT_PUSH_MEDIA', reason, name: 'Error' });
  }
  expect(failure(encrypted, other).message).not.toContain(other.encodingAESKey);
});

test('neither bytes nor a key', () => {
  const encrypted = encryptBytes(Buffer.from('x'));
  for (const given of ['text', undefined, null, {}, [1, 2]]) {
    expect(failure(given, bot)).toMatchObject({ code: 'ERR_WECHAT_PUSH_OPTIONS', option: 'bytes' });
  }
  for (const account of [
    undefined,
    {},
    { encodingAESKey: 'short' },
    { encodingAESKey: '-'.repeat(43) },
    'key',
  ]) {
    expect(failure(encrypted, account)).toMatchObject({
      code: 'ERR_WECHAT_PUSH_OPTIONS',
      option: 'encodingAESKey',
    });
  }
});

test('a large file takes no more time than its length', () => {
  const large = Buffer.alloc(20 << 20, 'x');
  const start = performance.now();
  expect(decryptMedia(encryptBytes(large), bot).equals(large)).toBe(true);
  expect(performance.now() - start).toBeLessThan(5000);
});
