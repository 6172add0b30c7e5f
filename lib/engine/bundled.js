'use strict';

const { debuglog } = require('node:util');
const { addonInBundle } = require('../errors.js');

if (process.env.WECHAT_PUSH_ENGINE === 'addon') throw addonInBundle();
debuglog('wechat-push')('engine: wasm, as a bundler took it');

module.exports = require('./wasm.js');
