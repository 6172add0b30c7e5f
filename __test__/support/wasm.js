'use strict';

const fs = require('node:fs');
const path = require('node:path');

/** Whether `npm run build:wasm` has been run: a clone needs no tools for it. */
const isBuilt = ['core.wasm', 'core.wasm.js', 'rest.wasm', 'rest.wasm.js'].every((file) =>
  fs.existsSync(path.join(__dirname, '../../lib/engine', file)),
);

/** Tests that take WebAssembly. @type {typeof describe} */
const describeWasm = isBuilt ? globalThis.describe : globalThis.describe?.skip;

module.exports = { describeWasm, isBuilt };
