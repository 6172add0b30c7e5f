'use strict';

const { messagePush } = require('./lib/adapters/fetch.js');

module.exports = { messagePush };
