'use strict';

const { getRequestListener } = require('@hono/node-server');
const { Hono } = require('hono');
const { messagePush } = require('wechat-push/fetch');
const { conformance } = require('../../../conformance/conformance.js');
const { PATH, serveAt } = require('../../../conformance/place.js');

module.exports = () =>
  conformance('Hono', {
    async serve(options, handler) {
      const respond = messagePush(options, handler);
      const app = new Hono();
      app.all(PATH, (c) => respond(c.req.raw));
      app.all('*', async (c) => c.body(await c.req.arrayBuffer()));
      return serveAt(getRequestListener(app.fetch));
    },
    headerOf: (request, name) => request.headers.get(name),
    hasPaths: true,
  });
