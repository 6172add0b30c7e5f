'use strict';

const { messagePush } = require('./lib/adapters/express.js');
const { checkPush } = require('./lib/check-push.js');
const { explainPush } = require('./lib/explain-push.js');
const { verifyPayEventSig } = require('./lib/pay-event-sig.js');
const { createReceiver } = require('./lib/receiver.js');
const { reply } = require('./lib/reply.js');
const { route } = require('./lib/route.js');

module.exports = { checkPush, createReceiver, explainPush, messagePush, reply, route, verifyPayEventSig };
