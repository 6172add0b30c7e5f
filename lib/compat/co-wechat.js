'use strict';

const { isAsyncFunction, isGeneratorFunction } = require('node:util/types');
const { messagePush } = require('../adapters/koa.js');
const { functionOf } = require('../compose.js');
const { wrongOption } = require('../errors.js');
const { middlewareByAccount } = require('./named-before.js');
const { oldConfig, tellAlwaysChecked } = require('./old-config.js');
const { withTexts } = require('./old-message.js');
const { replyOf } = require('./old-reply.js');

/**
 * Documented in compat/co-wechat.d.ts.
 * @param {unknown} config
 * @param {unknown} [isDebug]
 */
function wechat(config, isDebug) {
  if (isDebug) tellAlwaysChecked('isDebug');
  return {
    /** @param {unknown} given */
    middleware(given) {
      const handle = handlerOf(given);
      const make = (/** @type {any} */ options) => messagePush(options, answer);
      const middlewareOf = middlewareByAccount(oldConfig(config), make, namedIn);
      return (/** @type {any} */ ctx, /** @type {any} */ next) => middlewareOf(ctx)(ctx, next);

      /** @type {import('../..').PushHandler<any>} */
      async function answer(message, context) {
        const ctx = context.request;
        const old = withTexts(message);
        if (ctx) Object.defineProperty(ctx, 'weixin_xml', { get: () => context.raw, configurable: true });
        return replyOf(await handle(old, ctx), old);
      }
    },
  };
}

/** @param {unknown} given @returns {Function} */
function handlerOf(given) {
  const handler = functionOf(given, 'middleware(handler)');
  // Those of co-wechat 1; an async one has a stream for an answer.
  if (isGeneratorFunction(handler) && !isAsyncFunction(handler))
    throw wrongOption(
      'middleware(handler)',
      'must not be a function* as in co-wechat 1: write async (message, ctx) => …, with await in place of yield',
    );
  return handler;
}

/** What a middleware before has set. @param {any} ctx */
function namedIn(ctx) {
  return { token: ctx.wx_token, cryptor: ctx.wx_cryptor };
}

module.exports = wechat;
