'use strict';

const engine = require('./engine/index.js');

/** Documented in index.d.ts. @type {typeof import('..').verifyPayEventSig} */
function verifyPayEventSig(message, appKey) {
  if (typeof appKey !== 'string' || appKey === '') {
    throw new TypeError('wechat-push: appKey must be the AppKey of the virtual payment, a non-empty string');
  }
  const { Event, MiniGame } = /** @type {any} */ (message ?? {});
  const { Payload, PayEventSig } = MiniGame ?? {};
  const texts = [Event, Payload, PayEventSig].every((text) => typeof text === 'string');
  return texts && engine.payEventSigMatches(appKey, Event, Payload, PayEventSig);
}

module.exports = { verifyPayEventSig };
