'use strict';

const Koa = require('koa');
const { conformance } = require('../../../conformance/conformance.js');
const { ofKoa } = require('../../../conformance/of-koa.js');

module.exports = () => conformance('Koa 2', ofKoa(Koa));
