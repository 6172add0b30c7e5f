'use strict';

const { randomEncodingAesKey, randomToken } = require('../random.js');

/** @type {import('../main.js').Command['check']} */
async function check() {
  return { ok: true, token: randomToken(), encodingAESKey: randomEncodingAesKey() };
}

/** @type {import('../main.js').Command['print']} */
function print({ token, encodingAESKey }) {
  return `WECHAT_PUSH_TOKEN=${token}\nWECHAT_PUSH_ENCODING_AES_KEY=${encodingAESKey}`;
}

module.exports = { check, print };
