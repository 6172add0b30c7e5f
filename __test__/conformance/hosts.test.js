'use strict';

const { adapters } = require('./adapters.js');
const { conformance } = require('./conformance.js');

for (const [name, adapter] of Object.entries(adapters)) conformance(name, adapter);
