'use strict';

const fastify = require('fastify');
const { conformance } = require('../../../conformance/conformance.js');
const { ofFastify } = require('../../../conformance/of-fastify.js');

module.exports = () => conformance('Fastify 4', ofFastify(fastify));
