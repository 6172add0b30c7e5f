'use strict';

const { bodyOfNode } = require('../endpoint/body.js');
const { openEndpoint } = require('../endpoint/endpoint.js');
const { connectionOf } = require('./node-response.js');

/** Documented in koa.d.ts. @param {any} options @param {any} [handler] */
function messagePush(options, handler) {
  const endpoint = openEndpoint(options, handler);

  return async function wechatPush(/** @type {any} */ ctx, /** @type {any} */ next) {
    let isTheirs = false;
    /** @type {Promise<void> | undefined} */
    let app;
    const { status, headers, body, error } = await endpoint.handle({
      method: ctx.method,
      url: ctx.url,
      headers: ctx.headers,
      body: bodyOfNode(ctx.req, ctx.request.body, ctx.request.rawBody),
      request: ctx,
      ...connectionOf(ctx.res),
      next: handler ? undefined : (push) => (app = handOver(push)),
    });
    // Koa ends the response with this function, and after that no app can set its status.
    if (ctx.res.destroyed) await app?.catch(() => {});
    if (isTheirs || ctx.res.destroyed) return;
    if (error) throw error;
    ctx.status = status;
    ctx.body = body;
    ctx.set(headers);

    /** @param {import('../..').Push} push */
    async function handOver(push) {
      ctx.wechat = push;
      await next();
      isTheirs = push.answered(ctx.status);
    }
  };
}

module.exports = { messagePush };
