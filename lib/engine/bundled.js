'use strict';

const { debuglog } = require('node:util');
const { addonInBundle } = require('../errors.js');

if (process.env.WECHAT_PUSH_ENGINE === 'addon') throw addonInBundle();
// Workers print it even when nobody has asked.
if (process.env.NODE_DEBUG) debuglog('wechat-push')('engine: wasm, as a bundler took it');

const modules = require('#wasm');

module.exports = require('./wasm.js').engineOf(modules);
