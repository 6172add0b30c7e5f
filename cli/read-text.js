'use strict';

const fs = require('node:fs');
const { UsageError } = require('./usage-error.js');

/** In bytes; no push is as long, but a recording is of many. */
const LIMIT = 8 * 1024 * 1024;

/**
 * The text of a file, or of stdin when it is `-`.
 * @param {string} file
 * @param {NodeJS.ReadableStream} stdin
 * @throws {UsageError}
 */
async function readText(file, stdin) {
  return (await readBytes(file, stdin)).toString();
}

/**
 * The same as it came: what is no UTF-8 is to be seen.
 * @param {string} file
 * @param {NodeJS.ReadableStream} stdin
 * @throws {UsageError}
 */
async function readBytes(file, stdin) {
  return file === '-' ? bytesOf(stdin) : readFile(file);
}

/** @param {NodeJS.ReadableStream} stream */
async function bytesOf(stream) {
  const chunks = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LIMIT) throw tooLarge('stdin');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** @param {string} file */
function readFile(file) {
  try {
    // Only regular files: reading a pipe or a device might never end.
    const stat = fs.statSync(file);
    if (!stat.isFile()) throw new UsageError('no_file', { file });
    if (stat.size > LIMIT) throw tooLarge(file);
    return fs.readFileSync(file);
  } catch (/** @type {any} */ error) {
    if (error instanceof UsageError) throw error;
    const reason = ['ENOENT', 'EACCES', 'EPERM'].includes(error.code) ? error.code : 'unreadable';
    throw new UsageError(`file_${reason.toLowerCase()}`, { file, why: error.message });
  }
}

/** @param {string} file */
function tooLarge(file) {
  return new UsageError('file_too_large', { file });
}

module.exports = { readBytes, readText };
