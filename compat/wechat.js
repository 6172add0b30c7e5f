'use strict';

module.exports = require('../lib/compat/wechat.js');
