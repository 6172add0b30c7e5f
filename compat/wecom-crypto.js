'use strict';

const { opened: decrypt, sealed: encrypt, signatureOf: getSignature } = require('../lib/compat/envelope.js');
const { getJsApiSignature } = require('../lib/compat/js-api.js');

module.exports = { decrypt, encrypt, getJsApiSignature, getSignature };
