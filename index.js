'use strict';

const { messagePush } = require('./lib/adapters/express.js');
const { checkPush } = require('./lib/check-push.js');
const { createReceiver } = require('./lib/receiver.js');

module.exports = { checkPush, createReceiver, messagePush };
