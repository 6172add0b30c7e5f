'use strict';

const { messagePush } = require('wechat-push/serverless');
const { serveCloudFunction } = require('../support/cloud-hosts.js');

/** @param {(typeof import('../support/cloud-hosts.js').hosts)[string]} host */
function ofCloud(host) {
  return {
    serve: async (options, handler) => serveCloudFunction(host, messagePush(options, handler)),
    headerOf: ({ headers, multiValueHeaders }, name) => headers?.[name] ?? multiValueHeaders[name][0],
    isBuffered: true,
    isLossy: host.isLossy,
  };
}

module.exports = { ofCloud };
