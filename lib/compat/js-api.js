'use strict';

const { createHash, randomBytes } = require('node:crypto');
const { systemClock } = require('../clock.js');
const { wrongOption } = require('../errors.js');
const { readingOptions } = require('../options.js');
const { textOf } = require('./envelope.js');

/**
 * Documented in compat/wecom-crypto.d.ts.
 * https://developer.work.weixin.qq.com/document/path/90506
 * @param {any} options
 */
function getJsApiSignature(options) {
  if (typeof options !== 'object' || options === null)
    throw wrongOption('options', 'must be an object: { url, ticket }');
  const given = readingOptions(() => ({ ...options }));
  const url = textOf('url', given.url, 1).split('#')[0];
  const ticket = textOf('ticket', given.ticket, 1);
  const nonceStr = given.nonceStr || randomBytes(8).toString('hex');
  const timestamp = given.timestamp || Math.floor(systemClock.wall() / 1000);
  const nonce = textOf('nonceStr', nonceStr);
  const time = textOf('timestamp', timestamp);
  const signed = `jsapi_ticket=${ticket}&noncestr=${nonce}&timestamp=${time}&url=${url}`;
  return { timestamp, nonceStr, signature: createHash('sha1').update(signed).digest('hex') };
}

module.exports = { getJsApiSignature };
