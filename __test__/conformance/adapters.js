'use strict';

// The hosts that the conformance suite runs on.

const connect = require('connect');
const express5 = require('express');
const express4 = require('express4');
const { createEndpoint, messagePush } = require('../..');
const { serve } = require('../support/servers.js');

const PATH = '/wx/push';

/** @type {Record<string, import('./conformance.js').Adapter>} */
const adapters = {
  'Express 4': ofApp(express4, (request, name) => request.get(name)),
  'Express 5': ofApp(express5, (request, name) => request.get(name)),
  Connect: ofApp(connect),

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

/**
 * Express and its like.
 * @param {any} makeApp
 * @param {import('./conformance.js').Adapter['headerOf']} [headerOf]
 */
function ofApp(makeApp, headerOf) {
  const start = (middleware, next, onError = () => {}) => {
    const app = makeApp().use(PATH, middleware).use(PATH, next);
    app.use((req, res) => req.pipe(res));
    return serveAt(
      app.use((error, req, res, last) => {
        onError(error);
        if (res.headersSent) last(error);
        else answering(res)(500, '');
      }),
    );
  };
  return {
    async serve(options, handler, onError) {
      const middleware = messagePush(options, handler);
      return start(middleware, (req, res) => res.end('the next middleware'), onError);
    },
    async withoutHandler(options, app, onError) {
      return start(messagePush(options), (req, res) => app(req.wechat, answering(res)), onError);
    },
    headerOf,
    hasErrors: true,
    hasPaths: true,
  };
}

async function serveAt(app) {
  return (await serve(app)) + PATH;
}

/** An answer of the app itself. */
function answering(res) {
  return (status, text) => {
    res.statusCode = status;
    res.end(text);
  };
}

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
