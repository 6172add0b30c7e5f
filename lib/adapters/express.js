'use strict';

const { optionalFunction } = require('../options.js');
const { createPush } = require('../push.js');

/** Documented in index.d.ts. @type {typeof import('../..').messagePush} */
function messagePush(options, handler) {
  const push = createPush(options);
  optionalFunction('handler', handler);

  return function wechatPush(req, res, next) {
    if (req.method !== 'POST') return write(res, push.withoutBody(req));
    push
      .message(req, handler ?? handOn(req, res, next))
      .then(
        (response) => write(res, response),
        (error) => (next && !res.headersSent ? next(error) : write(res, FAILED)),
      )
      .catch(() => res.destroy());
  };
}

const FAILED = { status: 500, headers: {}, body: '' };

/** What was answered here, not by the app. @type {WeakSet<object>} */
const written = new WeakSet();

/**
 * Without a handler the message goes to the next middleware, which calls `req.push.reply(value)`. Should
 * it answer by itself, that is no reply; with an error status WeChat delivers again.
 */
function handOn(req, res, next) {
  return (message, context) =>
    new Promise((reply, fail) => {
      req.push = { message, context, reply };
      res.once('finish', () => {
        if (written.has(res)) return;
        if (res.statusCode < 400) reply(undefined);
        else fail(new Error(`wechat-push: the app answered a push with status ${res.statusCode}`));
      });
      next();
    });
}

/**
 * @param {import('node:http').ServerResponse} res
 * @param {import('../..').PushResponse} response
 */
function write(res, { status, headers, body }) {
  if (res.headersSent || res.destroyed) return;
  written.add(res);
  res.statusCode = status;
  for (const name of Object.keys(headers)) res.setHeader(name, headers[name]);
  res.end(body);
}

module.exports = { messagePush };
