'use strict';

const { optionalFunction } = require('../options.js');
const { createPush } = require('../push.js');

/** Documented in index.d.ts. @type {typeof import('../..').messagePush} */
function messagePush(options, handler) {
  const push = createPush(options);
  optionalFunction('handler', handler);

  const answer = handler ? write : writeInstead;

  return function wechatPush(req, res, next) {
    if (req.method !== 'POST') return write(res, push.withoutBody(req));
    push
      .message(req, handler ?? handOn(req, res, next))
      .then(
        (response) => answer(res, response),
        (error) => (next && !res.headersSent ? next(error) : write(res, FAILED)),
      )
      .catch(() => res.destroy());
  };
}

const FAILED = { status: 500, headers: {}, body: '' };

/** On a response that is ours, while the app could have answered. */
const INSTEAD = Symbol('wechat-push');

/**
 * Without a handler the message goes to the next middleware, which calls `req.push.reply(value)`. Should
 * it answer by itself, that is no reply; with an error status WeChat delivers again.
 */
function handOn(req, res, next) {
  return (message, context) =>
    new Promise((reply, fail) => {
      req.push = { message, context, reply };
      // So that a body parser that comes later does not try to read again.
      // oxlint-disable-next-line no-underscore-dangle -- the name they look for
      req._body = true;
      res.once('finish', () => {
        if (res[INSTEAD]) return;
        if (res.statusCode < 400) reply(undefined);
        else fail(new Error(`wechat-push: the app answered a push with status ${res.statusCode}`));
      });
      next();
    });
}

function writeInstead(res, response) {
  res[INSTEAD] = true;
  write(res, response);
}

/**
 * Properties that Node or Express has to add to a response are slow, so what is right is left.
 * @param {any} res
 * @param {import('../..').PushResponse} response
 */
function write(res, { status, headers, body }) {
  if (res.headersSent || res.destroyed) return;
  if (res.statusCode !== status) res.statusCode = status;
  for (const name in headers) res.setHeader(name, headers[name]);
  res.end(body);
}

module.exports = { messagePush };
