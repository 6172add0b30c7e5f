'use strict';

const { createGateway } = require('../testing.js');

const MANY = 10_000;

let count = 0;

/** One that nobody else has; without random bytes, whose memory would be used again by what is measured. */
function newAccount() {
  const text = (length) => `${++count}`.padStart(length, 'x');
  return { token: text(32), encodingAESKey: text(43), appId: text(18) };
}

/** An account while its Token and its key are being changed. */
function withBoth(one, other) {
  return {
    ...one,
    token: [one.token, other.token],
    encodingAESKey: [one.encodingAESKey, other.encodingAESKey],
  };
}

/** A push for an account, at a URL with its AppID, or with another. */
function pushTo(one, appId = one.appId) {
  const push = createGateway(one).request({ MsgType: 'text', Content: '你好' }, { url: `/wx/${appId}` });
  return { ...push, body: Buffer.from(push.body) };
}

function appIdIn({ url }) {
  return url.slice(4, url.indexOf('?'));
}

module.exports = { MANY, appIdIn, newAccount, pushTo, withBoth };
