'use strict';

// What people use today, in the forms met most often.

const crypto = require('node:crypto');

const createHash = ({ signature, timestamp, nonce }, token) =>
  crypto.createHash('sha1').update([token, timestamp, nonce].sort().join('')).digest('hex') === signature;

const oneShot = ({ signature, timestamp, nonce }, token) =>
  crypto.hash('sha1', [token, timestamp, nonce].sort().join('')) === signature;

const timingSafe = ({ signature, timestamp, nonce }, token) => {
  const hash = crypto.createHash('sha1').update([token, timestamp, nonce].sort().join('')).digest('hex');
  const [expected, given] = [Buffer.from(hash), Buffer.from(signature)];
  return expected.length === given.length && crypto.timingSafeEqual(expected, given);
};

module.exports = { createHash, oneShot, timingSafe };
