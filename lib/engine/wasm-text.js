'use strict';

// For bundles: the module as text, which every bundler carries along; by Brotli, as text hardly shrinks any more.

const { brotliDecompressSync } = require('node:zlib');

// @ts-ignore: `npm run build:wasm` makes it
const base64 = require('./core.wasm.js');

module.exports = { module: new WebAssembly.Module(brotliDecompressSync(Buffer.from(base64, 'base64'))) };
