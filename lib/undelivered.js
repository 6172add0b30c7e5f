'use strict';

const { channel } = require('node:diagnostics_channel');
const { warnOnce } = require('./options.js');
const { describe } = require('./thrown.js');

const undelivered = channel('wechat-push:undelivered');
const failed = channel('wechat-push:failed');

/**
 * A reply that no delivery can carry.
 * @param {unknown} value
 * @param {import('..').PushMessage} message
 * @param {import('..').PushContext} context
 * @param {import('..').UndeliveredReason} reason
 * @param {import('..').MessagePushOptions['onUndelivered']} [onUndelivered]
 */
function reportUndelivered(value, message, context, reason, onUndelivered) {
  if (undelivered.hasSubscribers) undelivered.publish({ value, message, context, reason });
  if (!onUndelivered) {
    return warnOnce(
      "a handler's reply came too late and nobody got it; answer within 4.5 s, set replyWindow: 15000, " +
        'or send it yourself in onUndelivered(value, message, context, reason)',
      'late',
      'WECHAT_PUSH_UNDELIVERED',
    );
  }
  // Called at once; the promise is there for what it throws, now or later.
  new Promise((resolve) => resolve(onUndelivered(value, message, context, reason))).catch((error) => {
    process.emitWarning(`wechat-push: onUndelivered threw: ${describe(error)}`, {
      code: 'WECHAT_PUSH_ON_UNDELIVERED',
    });
  });
}

/**
 * A handler that failed when no delivery was open, so that the error has nowhere to go.
 * @param {unknown} error
 * @param {import('..').PushMessage} message
 * @param {import('..').PushContext} context
 */
function reportFailure(error, message, context) {
  if (failed.hasSubscribers) failed.publish({ error, message, context });
  process.emitWarning(`wechat-push: a handler failed while no delivery was open: ${describe(error)}`, {
    code: 'WECHAT_PUSH_FAILED',
  });
}

module.exports = { reportFailure, reportUndelivered };
