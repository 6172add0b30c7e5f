'use strict';

const { messagePush } = require('./lib/adapters/serverless.js');

module.exports = { messagePush };
