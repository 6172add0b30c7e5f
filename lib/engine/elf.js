'use strict';

// What a library of Linux says of itself: https://gabi.xinuos.com

const fs = require('node:fs');

const HEADER = 64;

/**
 * Whether the end of a library is missing: Linux ends a process that loads one. The section headers stand last. False
 * when the file cannot be read, which whoever loads it will say.
 * @param {string} file
 */
function isCutShort(file) {
  let opened;
  try {
    opened = fs.openSync(file, 'r');
    const header = Buffer.alloc(HEADER);
    const length = fs.readSync(opened, header, 0, HEADER, 0);
    return isOf64Bits(header, length) && BigInt(fs.fstatSync(opened).size) < endOf(header);
  } catch {
    return false;
  } finally {
    if (opened !== undefined) fs.closeSync(opened);
  }
}

/** @param {Buffer} header @param {number} length */
function isOf64Bits(header, length) {
  return length === HEADER && header.toString('latin1', 0, 6) === '\x7fELF\x02\x01';
}

/** Where the section headers end. @param {Buffer} header */
function endOf(header) {
  return header.readBigUInt64LE(40) + BigInt(header.readUInt16LE(58) * header.readUInt16LE(60));
}

module.exports = { isCutShort };
