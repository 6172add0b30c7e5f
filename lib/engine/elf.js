'use strict';

// What a library of Linux says of itself: https://gabi.xinuos.com

const fs = require('node:fs');

const HEADER = 64;

/**
 * Whether the end of a library is missing: Linux ends a process that loads one. The section headers stand last.
 * @param {string} file
 */
function isCutShort(file) {
  return reading(file, (read, size) => {
    const header = headerOf(read);
    if (header === undefined) return false;
    const [offset, length, count] = [
      header.readBigUInt64LE(40),
      header.readUInt16LE(58),
      header.readUInt16LE(60),
    ];
    return BigInt(size) < offset + BigInt(length * count);
  });
}

/** That of 64 bits, all of it. @param {(at: number, length: number) => Buffer} read */
function headerOf(read) {
  const header = read(0, HEADER);
  return header.length === HEADER && header.toString('latin1', 0, 6) === '\x7fELF\x02\x01'
    ? header
    : undefined;
}

/**
 * Undefined when the file cannot be read, which whoever loads it will say.
 * @template T
 * @param {string} file
 * @param {(read: (at: number, length: number) => Buffer, size: number) => T} look
 * @returns {T | undefined}
 */
function reading(file, look) {
  let opened;
  try {
    opened = fs.openSync(file, 'r');
    const { size } = fs.fstatSync(opened);
    const read = (/** @type {number} */ at, /** @type {number} */ length) => {
      const bytes = Buffer.alloc(Math.min(length, Math.max(size - at, 0)));
      return bytes.subarray(0, fs.readSync(/** @type {number} */ (opened), bytes, 0, bytes.length, at));
    };
    return look(read, size);
  } catch {
    return undefined;
  } finally {
    if (opened !== undefined) fs.closeSync(opened);
  }
}

module.exports = { isCutShort };
