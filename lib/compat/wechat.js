'use strict';

const { messagePush } = require('../adapters/express.js');
const { checkPush } = require('../check-push.js');
const { functionOf } = require('../compose.js');
const { warnings } = require('../errors.js');
const { describe } = require('../thrown.js');
const { Chain, TYPES } = require('./chain.js');
const { Events } = require('./events.js');
const { Exchange } = require('./exchange.js');
const { List } = require('./list.js');
const { middlewareByAccount } = require('./named-before.js');
const { oldConfig } = require('./old-config.js');

/** What a middleware of ours has verified. @type {WeakMap<object, InstanceType<typeof Exchange>>} */
const verified = new WeakMap();

/**
 * Documented in compat/wechat.d.ts.
 * @param {[config?: unknown, handler?: unknown]} given
 */
function wechat(...given) {
  const [config, handler] = given;
  if (given.length < 2) return chainFor(config);
  if (Chain.is(handler)) return middlewareOf(config, handler);
  return chainFor(config, functionOf(handler, 'handler')).middlewarify();
}

for (const type of TYPES) {
  wechat[type] = (/** @type {Function} */ handler) => chainFor(undefined)[type](handler);
}

/**
 * @param {unknown} config
 * @param {any} [handler] for all messages
 */
function chainFor(config, handler) {
  return new Chain((chain) => middlewareOf(config, chain), handler);
}

/**
 * @param {unknown} config
 * @param {InstanceType<typeof Chain>} chain
 */
function middlewareOf(config, chain) {
  const read = oldConfig(config);
  const { session = true } = read.shared;
  read.shared = { ...read.shared, session };
  const receiverOf = middlewareByAccount(read, (options) => messagePush(options), namedIn);

  return function wechatMiddleware(/** @type {any} */ req, /** @type {any} */ res, given) {
    const next = given ?? ((/** @type {unknown} */ error) => end(res, error));
    const exchange = verified.get(req);
    if (exchange) return void exchange.pass(chain, next);
    receiverOf(req)(req, res, (error) => (error ? next(error) : pass(req, res, next).catch(next)));
  };

  /**
   * @param {any} req
   * @param {any} res
   * @param {(error?: unknown) => void} next
   */
  async function pass(req, res, next) {
    const exchange = new Exchange(req.wechat, req, res);
    verified.set(req, exchange);
    await exchange.open(session !== false, next);
    await exchange.pass(chain, next);
  }
}

/** What a middleware before has set. @param {any} req */
function namedIn(req) {
  return { token: req.wechat_token, cryptor: req.cryptor };
}

/**
 * Where there is no framework to go on.
 * @param {any} res
 * @param {unknown} error
 */
function end(res, error) {
  if (error) warnings.handlerFailed(describe(error));
  if (res.headersSent) return;
  res.statusCode = error ? 500 : 404;
  res.end();
}

module.exports = Object.assign(wechat, { List, Event: Events, checkSignature: checkPush });
