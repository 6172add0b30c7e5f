'use strict';

const { openEndpoint } = require('../endpoint/endpoint.js');
const { onAnswered, onClose, write } = require('./node-response.js');

/** Documented in fastify.d.ts. @type {typeof import('../../fastify').messagePush} */
function messagePush(options, handler) {
  const endpoint = openEndpoint(options, handler);
  // Without a handler the routes beside it get the message, so the plugin has no scope of its own.
  return Object.assign(wechatPush, { [Symbol.for('skip-override')]: !handler });

  async function wechatPush(/** @type {any} */ scope) {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    if (handler) scope.all('/', (request, reply) => void answer(request, reply));
    else
      scope
        .decorateRequest('wechat', null)
        .addHook('preHandler', (request, reply, next) => void answer(request, reply, next));
  }

  /** @param {any} request @param {any} reply @param {() => void} [next] */
  async function answer(request, reply, next) {
    const { method, url, headers, body, rawBody = body, routeOptions } = request;
    const { raw } = reply;
    let isOurs = false;
    const given = { method, url, headers, body: rawBody, bodyLimit: routeOptions.bodyLimit, request };
    const connection = { isClosed: () => raw.destroyed, onClose: (listener) => onClose(raw, listener) };
    const response = await endpoint.handle({ ...given, ...connection, next: next && handOver });
    isOurs = !raw.destroyed;
    if (reply.sent) return write(raw, response);
    reply
      .code(response.status)
      .headers(response.headers)
      .send(response.error ?? response.body);

    /** @param {import('../..').Push} push */
    function handOver(push) {
      request.wechat = {
        ...push,
        reply(/** @type {unknown} */ value) {
          // Or Fastify would answer by itself as soon as an async route has returned.
          if (!reply.sent) reply.hijack();
          push.reply(value);
        },
      };
      onAnswered(raw, () => isOurs || push.answered(reply.statusCode));
      next?.();
    }
  }
}

module.exports = { messagePush };
