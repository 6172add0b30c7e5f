'use strict';

const { answerInstead, nextAsHandler } = require('../hand-on.js');
const { optionalFunction } = require('../options.js');
const { createPush } = require('../push.js');
const { toError } = require('../thrown.js');
const { shareHiddenClasses } = require('./hidden-class.js');

const FAILED = { status: 500, headers: {}, body: '' };

/** Documented in index.d.ts. @type {typeof import('../..').messagePush} */
function messagePush(options, handler) {
  const push = createPush(options);
  optionalFunction('handler', handler);

  return function wechatPush(req, res, next) {
    shareHiddenClasses(req, res);
    if (req.method !== 'POST') return write(res, push.withoutBody(req));
    push
      .message(req, res, handler ?? nextAsHandler(req, res, next))
      .then(
        (response) => {
          if (!handler && !res.destroyed) answerInstead(res);
          write(res, response);
        },
        (error) => (next && !res.headersSent ? next(toError(error)) : write(res, FAILED)),
      )
      .catch(() => res.destroy());
  };
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
