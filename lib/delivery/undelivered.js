'use strict';

const { channel } = require('node:diagnostics_channel');
const { once, warnings } = require('../errors.js');
const { call } = require('../callback.js');
const { platformOf } = require('../platforms.js');
const { describe } = require('../thrown.js');

const unsendable = channel('wechat-push:unsendable');
const undelivered = channel('wechat-push:undelivered');
const failed = channel('wechat-push:failed');

/**
 * A reply that no delivery can carry. What it returns is done when the app has taken care of it.
 * @param {unknown} value
 * @param {import('../..').PushMessage} message
 * @param {import('../..').PushContext} context
 * @param {import('../..').UndeliveredReason} reason
 * @param {import('../..').EndpointOptions['onUndelivered']} [onUndelivered]
 * @param {import('../wire.js').Objection} [objection] without one it came too late, or has been with the carriers
 */
function reportUndelivered(value, message, context, reason, onUndelivered, objection) {
  if (undelivered.hasSubscribers) undelivered.publish({ value, message, context, reason });
  if (onUndelivered) return call('onUndelivered', () => onUndelivered(value, message, context, reason));
  if (objection) once(objection.rule, () => warnings.replyUndeliverable(objection));
  else if (reason === 'late') once('undelivered', () => warnings.replyLost(canWait(context.account)));
  else once(`undelivered: ${reason}`, () => warnings.replyUncarried(reason));
}

/** Whether a later delivery might have carried it; a bot's events come once. @param {import('../..').PushAccount} account */
function canWait(account) {
  return !platformOf(account?.platform).isBot;
}

/**
 * A value that WeChat would take in no answer.
 * @param {unknown} value
 * @param {import('../..').PushMessage} message
 * @param {import('../..').PushContext} context
 * @param {import('../wire.js').Objection} objection
 */
function reportUnsendable(value, message, context, objection) {
  const { rule, en: detail } = objection;
  if (unsendable.hasSubscribers) unsendable.publish({ value, message, context, rule, detail });
  once(rule, () => warnings.replyUnsendable(objection));
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

module.exports = { reportFailure, reportUndelivered, reportUnsendable };
