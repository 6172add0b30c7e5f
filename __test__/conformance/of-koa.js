'use strict';

const { messagePush } = require('wechat-push/koa');
const { PATH, serveAt } = require('./place.js');

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
      return start(messagePush(options, handler), () => {}, onError);
    },
    async withoutHandler(options, app, onError) {
      // A middleware is asynchronous until it has answered.
      const next = (ctx) =>
        new Promise((resolve) => {
          const reply = (value) => resolve(ctx.wechat.reply(value));
          app({ ...ctx.wechat, reply }, (status, body) => resolve(Object.assign(ctx, { status, body })));
        });
      return start(messagePush(options), next, onError);
    },
    hasErrors: true,
    hasPaths: true,
  };
}

module.exports = { ofKoa };
