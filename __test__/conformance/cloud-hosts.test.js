'use strict';

const { hosts } = require('../support/cloud-hosts.js');
const { conformance } = require('./conformance.js');
const { ofCloud } = require('./of-cloud.js');

for (const [name, host] of Object.entries(hosts)) conformance(name, ofCloud(host));
