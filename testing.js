'use strict';

const { createGateway } = require('./lib/gateway.js');

module.exports = { createGateway };
