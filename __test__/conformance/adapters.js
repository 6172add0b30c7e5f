'use strict';

// The hosts that the conformance suite runs on.

const connect = require('connect');
const express5 = require('express');
const express4 = require('express4');
const fastify = require('fastify');
const koa = require('koa');
const { createEndpoint, messagePush } = require('../..');
const fastifyAdapter = require('../../fastify.js');
const fetchAdapter = require('../../fetch.js');
const koaAdapter = require('../../koa.js');
const serverlessAdapter = require('../../serverless.js');
const { hosts, serveCloudFunction } = require('../support/cloud-hosts.js');
const { serve } = require('../support/servers.js');
const { serveWeb } = require('../support/web-server.js');

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

  Koa: ofKoa(koa),
  Fastify: ofFastify(fastify),

  'a server of Request and Response': {
    async serve(options, handler) {
      return serveWeb(fetchAdapter.messagePush(options, handler));
    },
    headerOf: (request, name) => request.headers.get(name),
  },

  ...Object.fromEntries(Object.entries(hosts).map(([name, host]) => [name, ofCloud(host)])),

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

/** @param {any} Koa */
function ofKoa(Koa) {
  const start = (middleware, next, onError) => {
    const app = new Koa();
    app.use(async (ctx, rest) => {
      try {
        await rest();
      } catch (error) {
        onError(error);
        Object.assign(ctx, { status: 500, body: '' });
      }
    });
    app.use(async (ctx) => {
      if (ctx.path === PATH) return middleware(ctx, () => next(ctx));
      ctx.body = Buffer.concat(await ctx.req.toArray());
    });
    return serveAt(app.callback());
  };
  return {
    async serve(options, handler, onError) {
      return start(koaAdapter.messagePush(options, handler), () => {}, onError);
    },
    async withoutHandler(options, app, onError) {
      // A middleware is asynchronous until it has answered.
      const next = (ctx) =>
        new Promise((resolve) => {
          const reply = (value) => resolve(ctx.wechat.reply(value));
          app({ ...ctx.wechat, reply }, (status, body) => resolve(Object.assign(ctx, { status, body })));
        });
      return start(koaAdapter.messagePush(options), next, onError);
    },
    hasErrors: true,
    hasPaths: true,
  };
}

/** @param {any} makeApp */
function ofFastify(makeApp) {
  const start = async (register, onError) => {
    const logger = Object.fromEntries(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace'].map((level) => [level, () => {}]),
    );
    const log = { ...logger, level: 'error', error: onError, child: () => log };
    const app = makeApp({ loggerInstance: log });
    app.setErrorHandler((error, request, reply) => {
      onError(error);
      return reply.code(500).send('');
    });
    register(app);
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => done(null, body));
    app.all('/*', (request, reply) => reply.send(request.body ?? ''));
    await app.ready();
    return serveAt(app.routing);
  };
  return {
    async serve(options, handler, onError) {
      const plugin = fastifyAdapter.messagePush(options, handler);
      return start((app) => app.register(plugin, { prefix: PATH }), onError);
    },
    async withoutHandler(options, app, onError) {
      const plugin = fastifyAdapter.messagePush(options);
      const routes = async (scope) => {
        scope.register(plugin);
        scope.all(PATH, (request, reply) => {
          app(request.wechat, (status, text) => reply.code(status).send(text));
        });
      };
      return start((root) => root.register(routes), onError);
    },
    hasErrors: true,
    hasPaths: true,
  };
}

/** @param {(typeof hosts)[string]} host */
function ofCloud(host) {
  return {
    serve: async (options, handler) =>
      serveCloudFunction(host, serverlessAdapter.messagePush(options, handler)),
    headerOf: ({ headers, multiValueHeaders }, name) => headers?.[name] ?? multiValueHeaders[name][0],
    isBuffered: true,
    isLossy: host.isLossy,
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
