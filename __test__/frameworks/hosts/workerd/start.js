'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { folder } = require('../../../support/under-test.js');

module.exports = () =>
  fs.existsSync(path.join(folder, 'lib/engine/core.wasm'))
    ? {}
    : { skip: 'workerd runs no addon, and there is no WebAssembly' };
