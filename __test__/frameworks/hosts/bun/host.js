'use strict';

/* global Bun */

const { messagePush } = require('wechat-push/fetch');
const { conformance } = require('../../../conformance/conformance.js');
const { PATH } = require('../../../conformance/place.js');
const { closeLater } = require('../../../support/servers.js');

module.exports = () =>
  conformance('Bun', {
    async serve(options, handler) {
      const respond = messagePush(options, handler);
      const server = Bun.serve({
        port: 0,
        hostname: '127.0.0.1',
        fetch: (request) => (new URL(request.url).pathname === PATH ? respond(request) : echo(request)),
      });
      closeLater(() => server.stop(true));
      return `http://127.0.0.1:${server.port}${PATH}`;
    },
    headerOf: (request, name) => request.headers.get(name),
    hasPaths: true,
  });

async function echo(request) {
  return new Response(await request.arrayBuffer());
}
