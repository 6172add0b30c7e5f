'use strict';

const { channel } = require('node:diagnostics_channel');
const { explainPush } = require('./explain-push.js');
const native = require('./native.js');
const { optionalFunction } = require('./options.js');

const rejected = channel('wechat-push:rejected');

/** One line for each reason in this many milliseconds; the others are counted. */
const PAUSE = 10_000;

/** @typedef {(rejection: import('..').Rejected, request: any, body?: any) => void} Report */

/**
 * Tells the owner why requests are refused: on the diagnostics channel, and to `onReject` or, where
 * there is none, to whoever develops.
 * @param {any} options
 * @returns {Report}
 */
function createReporter(options) {
  const onReject = optionalFunction('onReject', options.onReject);
  const tell = onReject ? callerOf(onReject) : printer(options);
  return (rejection, request, body) => {
    if (rejected.hasSubscribers) rejected.publish({ rejection, request });
    tell(rejection, request, body);
  };
}

/**
 * What listens must not change what the sender gets, so an error thrown there becomes a warning.
 * @param {(rejection: import('..').Rejected, request: any) => void} onReject
 * @returns {Report}
 */
function callerOf(onReject) {
  return (rejection, request) => {
    // Called at once; the promise is there for what it throws, now or later.
    new Promise((resolve) => resolve(onReject(rejection, request))).catch((error) => {
      process.emitWarning(`wechat-push: onReject threw: ${error}`, { code: 'WECHAT_PUSH_ON_REJECT' });
    });
  };
}

/**
 * Prints a line with the best hint, unless in production. A flood costs no more than counting.
 * @param {any} account
 * @returns {Report}
 */
function printer(account) {
  if (process.env.NODE_ENV === 'production') return () => {};
  /** @type {Map<string, { at: number, left: number }>} */
  const printed = new Map();
  return (rejection, request, body) => {
    const now = Date.now();
    const last = printed.get(rejection.reason);
    if (last && now - last.at < PAUSE) {
      last.left += 1;
      return;
    }
    printed.set(rejection.reason, { at: now, left: 0 });
    const left = last?.left ? ` (${last.left} more like this before)` : '';
    const hint = bestHint(rejection, request, body, account);
    process.stderr.write(`wechat-push: refused, ${rejection.reason}: ${hint}${left}\n`);
  };
}

/**
 * @param {import('..').Rejected} rejection
 * @param {any} request
 * @param {any} body
 * @param {any} account
 */
function bestHint({ reason }, { method, url }, body, account) {
  const explanation = explainPush({ method, url, body }, account);
  // What only JavaScript can see of a request is not found again.
  return explanation.reason === reason ? explanation.hints[0] : native.hint(reason, false);
}

module.exports = { createReporter };
