'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { UsageError } = require('../usage-error.js');

const CODE = /\.[cm]?[jt]sx?$/;
/** Code of others, and what tools have made of one's own. */
const FOREIGN = new Set(['node_modules', 'bower_components', 'miniprogram_npm']);
const BUILT = new Set(['dist', 'build', 'coverage', 'unpackage']);

/** Nobody writes a file of half a megabyte by hand, nor a line of 5,000 letters; and all of it takes minutes at most. */
const LIMITS = { bytes: 512 * 1024, line: 5000, files: 20_000, folders: 20_000, total: 256 * 1024 * 1024 };

/**
 * @typedef {{ path: string, text: string, isExact: boolean }} Found `isExact` where the text has all of the bytes
 * @typedef {{ path: string, why: string, detail?: string }} Skipped
 */

/**
 * The files of a folder that may be somebody's code, one after the other, in the order of their paths, by `/`. Links
 * are not followed, so that nothing is read twice, or outside of the folder.
 * @param {string} root a folder, or one file
 * @param {(skipped: Skipped) => void} skip is told what is not read, and why
 * @param {typeof LIMITS} [limits]
 * @returns {Generator<Found>}
 * @throws {UsageError} where there is no such folder
 */
function* filesOf(root, skip, limits = LIMITS) {
  const top = realPath(root);
  const folders = [''];
  const count = { files: 0, folders: 0, total: 0 };
  if (!fs.statSync(top).isDirectory()) return yield* read(top, path.basename(top));
  while (folders.length > 0) {
    const folder = /** @type {string} */ (folders.pop());
    if (++count.folders > limits.folders) return skip({ path: folder, why: 'too_many' });
    const deeper = [];
    for (const entry of entriesOf(folder)) {
      const at = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (isWanted(entry.name, at)) deeper.push(at);
      } else if (isCode(entry.name)) {
        if (entry.isSymbolicLink()) skip({ path: at, why: 'link' });
        if (!entry.isFile()) continue;
        if (++count.files > limits.files || count.total > limits.total)
          return skip({ path: at, why: 'too_many' });
        yield* read(path.join(top, at), at);
      } else if (entry.isSymbolicLink() && !FOREIGN.has(entry.name)) skip({ path: at, why: 'link' });
    }
    folders.push(...deeper.toReversed());
  }

  /** @param {string} folder */
  function entriesOf(folder) {
    try {
      const entries = fs.readdirSync(path.join(top, folder), { withFileTypes: true });
      return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      skip(unreadable(folder === '' ? '.' : folder, error));
      return [];
    }
  }

  /**
   * @param {string} name
   * @param {string} at
   */
  function isWanted(name, at) {
    if (FOREIGN.has(name) || name.startsWith('.')) return false;
    if (BUILT.has(name)) skip({ path: at, why: 'built' });
    return !BUILT.has(name);
  }

  /**
   * @param {string} file
   * @param {string} at
   */
  function* read(file, at) {
    try {
      const { size } = fs.statSync(file);
      if (size > limits.bytes) return skip({ path: at, why: 'too_large' });
      const bytes = fs.readFileSync(file);
      count.total += bytes.length;
      const text = bytes.toString();
      if (text.includes('\0')) return skip({ path: at, why: 'binary' });
      if (isMinified(at, text, limits.line)) return skip({ path: at, why: 'minified' });
      yield { path: at, text, isExact: bytes.equals(Buffer.from(text)) };
    } catch (error) {
      skip(unreadable(at, error));
    }
  }
}

/** @param {string} root */
function realPath(root) {
  try {
    const top = fs.realpathSync(root);
    const stat = fs.statSync(top);
    // Reading a pipe or a device might never end.
    if (!stat.isDirectory() && !stat.isFile()) throw new UsageError('no_folder_or_file', { folder: root });
    return top;
  } catch (/** @type {any} */ error) {
    if (error instanceof UsageError) throw error;
    const reason = error.code === 'ENOENT' ? 'no_folder' : 'unreadable_folder';
    throw new UsageError(reason, { folder: root, why: error.code });
  }
}

/** @param {string} name */
function isCode(name) {
  return name === 'package.json' || CODE.test(name);
}

/**
 * @param {string} name
 * @param {string} text
 * @param {number} most
 */
function isMinified(name, text, most) {
  if (/\.min\.[cm]?js$/.test(name)) return true;
  let from = 0;
  while (text.length - from > most) {
    const end = text.indexOf('\n', from);
    if (end === -1 || end - from > most) return true;
    from = end + 1;
  }
  return false;
}

/**
 * @param {string} at
 * @param {any} error
 */
function unreadable(at, error) {
  // Only what the system says of a file is expected here.
  if (typeof error.syscall !== 'string') throw error;
  return { path: at, why: 'unreadable', detail: error.code };
}

module.exports = { filesOf };
