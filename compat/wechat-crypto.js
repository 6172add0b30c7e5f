'use strict';

const { WXBizMsgCrypt } = require('../lib/compat/cryptor.js');

module.exports = WXBizMsgCrypt;
