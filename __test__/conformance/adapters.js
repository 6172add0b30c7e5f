'use strict';

// The hosts that the conformance suite runs on.

const connect = require('connect');
const express5 = require('express');
const express4 = require('express4');
const fastify = require('fastify');
const koa = require('koa');
const { createEndpoint, messagePush } = require('wechat-push');
const web = require('wechat-push/fetch');
const { serve } = require('../support/servers.js');
const { serveWeb } = require('../support/web-server.js');
const { ofExpress } = require('./of-express.js');
const { ofFastify } = require('./of-fastify.js');
const { ofKoa } = require('./of-koa.js');
const { answering } = require('./place.js');

/** @type {Record<string, import('./conformance.js').Adapter>} */
const adapters = {
  'Express 4': ofExpress(express4, (request, name) => request.get(name)),
  'Express 5': ofExpress(express5, (request, name) => request.get(name)),
  Connect: ofExpress(connect),

  'node:http': {
    async serve(options, handler) {
      const middleware = messagePush(options, handler);
      return serve((req, res) => middleware(req, res));
    },
    async withoutHandler(options, app) {
      const middleware = messagePush(options);
      return serve((req, res) =>
        middleware(req, res, (error) => (error ? answering(res)(500, '') : app(req.wechat, answering(res)))),
      );
    },
  },

  Koa: ofKoa(koa),
  Fastify: ofFastify(fastify),

  'a server of Request and Response': {
    async serve(options, handler) {
      return serveWeb(web.messagePush(options, handler));
    },
    headerOf: (request, name) => request.headers.get(name),
  },

  'an adapter over createEndpoint': {
    async serve(options, handler) {
      const endpoint = createEndpoint(options, handler);
      return serve((req, res) => answer(endpoint, req, res));
    },
    async withoutHandler(options, app) {
      const endpoint = createEndpoint(options);
      return serve((req, res) =>
        answer(endpoint, req, res, (push) =>
          app(push, (status, text) => {
            push.answered(status);
            answering(res)(status, text);
          }),
        ),
      );
    },
  },
};

/** An adapter as a user would write it, whose body is an iterable of bytes. */
async function answer(endpoint, req, res, next) {
  const { method, url, headers } = req;
  const body = (async function* bytes() {
    for await (const chunk of req) yield chunk;
  })();
  const onClose = (listener) => res.once('close', listener);
  const response = await endpoint.handle({ method, url, headers, body, request: req, onClose, next });
  if (res.headersSent) return;
  for (const [name, value] of Object.entries(response.headers)) res.setHeader(name, value);
  res.statusCode = response.status;
  res.end(response.body);
}

module.exports = { adapters };
