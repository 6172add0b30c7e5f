'use strict';

const { channel } = require('node:diagnostics_channel');
const { once, warnings } = require('../errors.js');
const { call } = require('../callback.js');
const { describe } = require('../thrown.js');

const undelivered = channel('wechat-push:undelivered');
const failed = channel('wechat-push:failed');

/**
 * A reply that no delivery can carry.
 * @param {unknown} value
 * @param {import('../..').PushMessage} message
 * @param {import('../..').PushContext} context
 * @param {import('../..').UndeliveredReason} reason
 * @param {import('../..').MessagePushOptions['onUndelivered']} [onUndelivered]
 */
function reportUndelivered(value, message, context, reason, onUndelivered) {
  if (undelivered.hasSubscribers) undelivered.publish({ value, message, context, reason });
  if (onUndelivered) call('onUndelivered', () => onUndelivered(value, message, context, reason));
  else once('undelivered', warnings.replyLost);
}

/**
 * A handler that failed when no delivery was open, so that the error has nowhere to go.
 * @param {unknown} error
 * @param {import('../..').PushMessage} message
 * @param {import('../..').PushContext} context
 */
function reportFailure(error, message, context) {
  if (failed.hasSubscribers) failed.publish({ error, message, context });
  warnings.handlerFailed(describe(error));
}

module.exports = { reportFailure, reportUndelivered };
