'use strict';

/* global Deno */

const { messagePush } = require('wechat-push/fetch');
const { conformance } = require('../../../conformance/conformance.js');
const { PATH } = require('../../../conformance/place.js');
const { closeLater } = require('../../../support/servers.js');

module.exports = () =>
  conformance('Deno', {
    async serve(options, handler) {
      const respond = messagePush(options, handler);
      const closing = new AbortController();
      const at = { port: 0, hostname: '127.0.0.1', signal: closing.signal, onListen: () => {} };
      const server = Deno.serve(at, (request) =>
        new URL(request.url).pathname === PATH ? respond(request) : echo(request),
      );
      closeLater(() => closing.abort());
      return `http://127.0.0.1:${server.addr.port}${PATH}`;
    },
    headerOf: (request, name) => request.headers.get(name),
    hasPaths: true,
    keepsOpen: true,
  });

async function echo(request) {
  return new Response(await request.arrayBuffer());
}
