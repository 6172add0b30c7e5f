'use strict';

// For Node: the module from its file, which takes a third of the time.

const fs = require('node:fs');
const path = require('node:path');
const { engineFailed } = require('../errors.js');

const CORE = path.join(__dirname, 'core.wasm');
const REST = path.join(__dirname, 'rest.wasm');

module.exports = { core: load(CORE), rest: () => load(REST) };

/** @param {string} file */
function load(file) {
  try {
    return new WebAssembly.Module(fs.readFileSync(file));
  } catch (/** @type {any} */ cause) {
    const isMissing = cause?.code === 'ENOENT';
    const why = isMissing
      ? 'there is no such file; "npm run build:wasm" makes it'
      : String(cause?.message ?? cause);
    throw engineFailed(`WebAssembly does not load from ${file}: ${why}`, { isMissing, cause });
  }
}
