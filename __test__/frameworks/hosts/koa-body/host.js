'use strict';

const Koa = require('koa');
const { koaBody } = require('koa-body');
const bodyParser = require('koa-bodyparser');
const { besideParsers } = require('../../../adapters/koa-parsers.js');
const { closeServers } = require('../../../support/servers.js');

module.exports = () => {
  afterEach(closeServers);
  besideParsers(Koa, {
    'koa-body': koaBody(),
    'koa-body that keeps what it read': koaBody({ includeUnparsed: true }),
    'koa-bodyparser': bodyParser(),
    'koa-bodyparser of all types': bodyParser({ enableTypes: ['json', 'form', 'text', 'xml'] }),
  });
};
