'use strict';

const { openEndpoint } = require('../endpoint/endpoint.js');
const { connectionOf, onAnswered, write } = require('./node-response.js');

/** Documented in fastify.d.ts. @param {any} options @param {any} [handler] */
function messagePush(options, handler) {
  const endpoint = openEndpoint(options, handler);
  // Without a handler the routes beside it get the message, so the plugin has no scope of its own.
  return Object.assign(wechatPush, { [Symbol.for('skip-override')]: !handler });

  async function wechatPush(/** @type {any} */ scope) {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    if (handler) scope.all('/', answer);
    else scope.decorateRequest('wechat', null).addHook('preHandler', answer);
  }

  /** @param {any} request @param {any} reply @param {() => void} [next] */
  function answer(request, reply, next) {
    const { method, url, headers, body, rawBody = body, routeOptions } = request;
    const given = { method, url, headers, body: rawBody, bodyLimit: routeOptions.bodyLimit, request };
    let isOurs = false;
    endpoint.handle({ ...given, ...connectionOf(reply.raw), next: next && handOver }).then((response) => {
      isOurs = !reply.raw.destroyed;
      if (isOurs) send(reply, response);
    });

    /** @param {import('../..').Push} push */
    function handOver(push) {
      const take = (/** @type {unknown} */ value) => {
        // Or Fastify would answer by itself as soon as an async route has returned.
        if (!reply.sent) reply.hijack();
        return push.reply(value);
      };
      request.wechat = { ...push, reply: take };
      onAnswered(reply.raw, () => isOurs || push.answered(reply.statusCode));
      next?.();
    }
  }
}

/** @param {any} reply @param {import('../..').EndpointResponse} response */
function send(reply, response) {
  if (reply.sent) return write(reply.raw, response);
  reply.code(response.status).headers(response.headers);
  reply.send(response.error ?? response.body);
}

module.exports = { messagePush };
