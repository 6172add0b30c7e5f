'use strict';

// What the package's own tests have: Express 4 and 5, Connect, node:http, Koa 3, Fastify 5, the hosts of cloud
// functions, and more.

const { adapters } = require('../../../conformance/adapters.js');
const { conformance } = require('../../../conformance/conformance.js');
const { ofCloud } = require('../../../conformance/of-cloud.js');
const { hosts } = require('../../../support/cloud-hosts.js');

module.exports = () => {
  for (const [name, adapter] of Object.entries(adapters)) conformance(name, adapter);
  for (const [name, host] of Object.entries(hosts)) conformance(name, ofCloud(host));
};
