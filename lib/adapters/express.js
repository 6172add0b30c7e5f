'use strict';

const { wrongOption } = require('../options.js');
const { createReceiver } = require('../receiver.js');
const { reportRejection } = require('../report.js');

/** Documented in index.d.ts. @type {typeof import('../..').messagePush} */
function messagePush(options) {
  const receiver = createReceiver(options);
  const onReject = typeof options === 'object' && 'onReject' in options ? options.onReject : undefined;
  if (onReject !== undefined && typeof onReject !== 'function')
    throw wrongOption('onReject', 'must be a function');

  return function wechatPush(req, res) {
    const outcome = receiver.receive({ method: req.method, url: req.url });
    if (outcome.type === 'rejected') reportRejection(outcome, req, onReject);
    write(res, receiver.respond(outcome));
  };
}

/**
 * @param {import('node:http').ServerResponse} res
 * @param {import('../..').PushResponse} response
 */
function write(res, { status, headers, body }) {
  res.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  res.end(body);
}

module.exports = { messagePush };
