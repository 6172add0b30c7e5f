'use strict';

const { messagePush } = require('./lib/adapters/fastify.js');

module.exports = { messagePush };
