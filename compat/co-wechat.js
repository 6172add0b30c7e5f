'use strict';

module.exports = require('../lib/compat/co-wechat.js');
