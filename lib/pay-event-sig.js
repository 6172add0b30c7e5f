'use strict';

const engine = require('./engine/index.js');
const { wrongOption } = require('./errors.js');

/** Documented in index.d.ts. @type {typeof import('..').verifyPayEventSig} */
function verifyPayEventSig(message, appKey) {
  if (typeof appKey !== 'string' || appKey === '') {
    throw wrongOption('appKey', 'must be the AppKey of the virtual payment, a non-empty string');
  }
  const { Event, Payload, PayEventSig } = signedParts(message);
  const texts = [Event, Payload, PayEventSig].every((text) => typeof text === 'string');
  return texts && engine.payEventSigMatches(appKey, Event, Payload, PayEventSig);
}

/** @param {any} message */
function signedParts(message) {
  try {
    const { Event, MiniGame } = message;
    const { Payload, PayEventSig } = MiniGame;
    return { Event, Payload, PayEventSig };
  } catch {
    return {};
  }
}

module.exports = { verifyPayEventSig };
