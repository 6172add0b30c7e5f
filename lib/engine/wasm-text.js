'use strict';

// For bundles: the module as text, which every bundler carries along; by Brotli, as text hardly shrinks any more.

const { brotliDecompressSync } = require('node:zlib');

// @ts-ignore: `npm run build:wasm` makes it
const core = require('./core.wasm.js');

module.exports = {
  core: compiled(core),
  // @ts-ignore: the same
  rest: () => compiled(require('./rest.wasm.js')),
};

/** @param {string} base64 */
function compiled(base64) {
  return new WebAssembly.Module(brotliDecompressSync(Buffer.from(base64, 'base64')));
}
