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
      .message(req, handler ?? handOn(req, next))
      .then(
        (response) => write(res, response),
        (error) => (next ? next(error) : write(res, FAILED)),
      )
      .catch(() => res.destroy());
  };
}

const FAILED = { status: 500, headers: {}, body: '' };

/** Without a handler the message goes to the next middleware, which calls `req.push.reply(value)`. */
function handOn(req, next) {
  return (message, context) =>
    new Promise((reply) => {
      req.push = { message, context, reply };
      next();
    });
}

/**
 * @param {import('node:http').ServerResponse} res
 * @param {import('../..').PushResponse} response
 */
function write(res, { status, headers, body }) {
  if (res.headersSent || res.destroyed) return;
  res.statusCode = status;
  for (const name of Object.keys(headers)) res.setHeader(name, headers[name]);
  res.end(body);
}

module.exports = { messagePush };
