'use strict';

const { conformance } = require('../../../conformance/conformance.js');
const { ofNest } = require('../../of-nest.js');

module.exports = async () => {
  const adapters = await ofNest((name) => import(name));
  for (const [place, adapter] of Object.entries(adapters)) conformance(`NestJS 12 ${place}`, adapter);
};
