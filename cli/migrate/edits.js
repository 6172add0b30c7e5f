'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { packages } = require('./packages.json');

/**
 * What is certain: another text from one place of a file to another, in order.
 * @typedef {{ from: number, to: number, text: string }} Edit
 */

/**
 * The package's name in its quotes becomes that of the module that stands in for it.
 * @param {import('./source.js').Token} token
 * @param {string} name
 * @returns {Edit | null}
 */
function moduleEdit({ start, value }, name) {
  const { compat } = /** @type {Record<string, { compat?: string }>} */ (packages)[name];
  if (compat === undefined) return null;
  return { from: start + 1, to: start + value.length - 1, text: compat };
}

/**
 * @param {string} text
 * @param {Edit[]} edits
 */
function edited(text, edits) {
  let [result, from] = ['', 0];
  for (const edit of edits) {
    result += text.slice(from, edit.from) + edit.text;
    from = edit.to;
  }
  return result + text.slice(from);
}

/**
 * Writes a file anew, if it is still what was read.
 * @param {string} root
 * @param {string} file
 * @param {string} before
 * @param {string} after
 * @returns {string | null} why it was not written
 */
function write(root, file, before, after) {
  try {
    const target = fs.statSync(root).isDirectory() ? path.join(root, file) : root;
    if (fs.readFileSync(target, 'utf8') !== before) return 'changed';
    fs.writeFileSync(target, after);
    return null;
  } catch (/** @type {any} */ error) {
    if (typeof error.syscall !== 'string') throw error;
    return error.code;
  }
}

module.exports = { edited, moduleEdit, write };
