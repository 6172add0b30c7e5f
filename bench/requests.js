'use strict';

const { createHash } = require('node:crypto');

const token = 'wechatPushBench';

/** A thousand different signed handshake URLs, so that nothing lives from the same strings. */
function handshakeUrls() {
  return Array.from({ length: 1000 }, (_, i) => {
    const timestamp = String(1714036504 + i * 7);
    const nonce = String(1514711492 + i * 104729);
    const signature = createHash('sha1').update([token, timestamp, nonce].sort().join('')).digest('hex');
    const echostr = String(4375120948345356249n + BigInt(i));
    return `/checkPushMsg?signature=${signature}&echostr=${echostr}&timestamp=${timestamp}&nonce=${nonce}`;
  });
}

module.exports = { handshakeUrls, token };
