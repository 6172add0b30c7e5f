'use strict';

// What the package's own tests have: Express 4 and 5, Connect, node:http, Koa 3, Fastify 5, and more.

const { adapters } = require('../../../conformance/adapters.js');
const { conformance } = require('../../../conformance/conformance.js');

module.exports = () => {
  for (const [name, adapter] of Object.entries(adapters)) conformance(name, adapter);
};
