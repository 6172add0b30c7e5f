'use strict';

const { createGateway } = require('./lib/gateway.js');
const { createApiServer } = require('./lib/testing/api-server.js');

module.exports = { createApiServer, createGateway };
