'use strict';

// For bundles: the module as text, which every bundler carries along.

// @ts-ignore: `npm run build:wasm` makes it
const base64 = require('./core.wasm.js');

module.exports = { module: new WebAssembly.Module(Buffer.from(base64, 'base64')) };
