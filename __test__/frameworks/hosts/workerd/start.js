'use strict';

const fs = require('node:fs');
const path = require('node:path');

const wasm = path.join(__dirname, '../../../../lib/engine/core.wasm');

module.exports = () =>
  fs.existsSync(wasm) ? {} : { skip: 'workerd runs no addon, and there is no WebAssembly' };
