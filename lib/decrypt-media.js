'use strict';

const { isAnyArrayBuffer } = require('node:util/types');
const { reading, unreadableMedia, wrongOption } = require('./errors.js');
const { keysOfMedia } = require('./options.js');

// AES-256-CBC with the bot's key, PKCS#7 to 32 bytes, and nothing around it. Not in the core, as files have up to 100 MB,
// which WebAssembly would never give back. https://developer.work.weixin.qq.com/document/path/100719

const BLOCK = 16;
const MOST_PADDING = 32;
/** The padding stands in its last two blocks; what is before them is needed to open them. */
const TAIL = BLOCK + MOST_PADDING;

/** Documented in index.d.ts. @type {typeof import('..').decryptMedia} */
function decryptMedia(bytes, account) {
  const keys = keysOfMedia(account);
  const encrypted = bytesOf(bytes);
  if (encrypted.length === 0) throw unreadableMedia('empty');
  if (encrypted.length % BLOCK !== 0) throw unreadableMedia('cut_off');
  const { key, padding } = fittingKey(
    encrypted.subarray(-TAIL),
    keys.map((one) => Buffer.from(`${one}=`, 'base64')),
  );
  if (padding === 0) throw unreadableMedia('wrong_key');
  return decrypted(encrypted, key).subarray(0, -padding);
}

/**
 * The key with the longest padding: one byte of it comes of a wrong key, too, once in 256 times.
 * @param {Buffer} tail
 * @param {Buffer[]} keys
 */
function fittingKey(tail, keys) {
  const tried = keys.map((key) => ({ key, padding: paddingOf(decrypted(tail, key)) }));
  return tried.reduce((best, one) => (one.padding > best.padding ? one : best));
}

/** @param {any} given */
function bytesOf(given) {
  const wrong = () =>
    wrongOption(
      'bytes',
      'must be the bytes of the file as they were downloaded: a Uint8Array or an ArrayBuffer',
    );
  const isView = ArrayBuffer.isView(given);
  if (!isView && !isAnyArrayBuffer(given)) throw wrong();
  // Memory that was handed to another thread has no bytes any more.
  return reading(
    () => (isView ? Buffer.from(given.buffer, given.byteOffset, given.byteLength) : Buffer.from(given)),
    wrong,
  );
}

/**
 * @param {Buffer} encrypted
 * @param {Buffer} key
 */
function decrypted(encrypted, key) {
  // Not at the top, as it takes milliseconds to load.
  const { createDecipheriv } = require('node:crypto');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, BLOCK)).setAutoPadding(false);
  return decipher.update(encrypted);
}

/** How many bytes stand behind the file, each of which says so; 0 where they do not. @param {Buffer} padded */
function paddingOf(padded) {
  const padding = padded[padded.length - 1];
  if (padding > MOST_PADDING || padding > padded.length) return 0;
  return padded.subarray(padded.length - padding).every((byte) => byte === padding) ? padding : 0;
}

module.exports = { decryptMedia };
