'use strict';

const { messagePush } = require('./lib/adapters/koa.js');

module.exports = { messagePush };
