'use strict';

const { messagePush } = require('./lib/adapters/express.js');
const { checkPush } = require('./lib/check-push.js');
const { compose, when } = require('./lib/compose.js');
const { decryptMedia } = require('./lib/decrypt-media.js');
const { explainPush } = require('./lib/explain-push.js');
const { verifyPayEventSig } = require('./lib/pay-event-sig.js');
const { createReceiver } = require('./lib/receiver.js');
const { reply } = require('./lib/reply.js');
const { route } = require('./lib/route.js');
const { memoryStore } = require('./lib/stores/memory.js');

/** Loaded for the first endpoint: who only checks signatures has none. */
function createEndpoint(/** @type {any} */ options, /** @type {any} */ handler) {
  return require('./lib/endpoint/endpoint.js').createEndpoint(options, handler);
}

module.exports = {
  checkPush,
  compose,
  createEndpoint,
  createReceiver,
  decryptMedia,
  explainPush,
  memoryStore,
  messagePush,
  reply,
  route,
  verifyPayEventSig,
  when,
};
