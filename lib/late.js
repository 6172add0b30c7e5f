'use strict';

const { channel } = require('node:diagnostics_channel');
const { warnOnce } = require('./options.js');

const late = channel('wechat-push:late');
const failed = channel('wechat-push:failed');

/**
 * A reply that no delivery can carry any more.
 * @param {unknown} value
 * @param {import('./delivery.js').Push} push
 */
function reportLate(value, { message, context, onLate }) {
  if (late.hasSubscribers) late.publish({ value, message, context });
  if (!onLate) {
    return warnOnce(
      "a handler's reply came too late and nobody got it; answer within 4.5 s, set replyWindow: 15000, " +
        'or send it yourself in onLate(value, message, context)',
    );
  }
  // Called at once; the promise is there for what it throws, now or later.
  new Promise((resolve) => resolve(onLate(value, message, /** @type {any} */ (context)))).catch((error) => {
    process.emitWarning(`wechat-push: onLate threw: ${error}`, { code: 'WECHAT_PUSH_ON_LATE' });
  });
}

/**
 * A handler that failed when no delivery was open, so that the error has nowhere to go.
 * @param {any} error
 * @param {import('./delivery.js').Push} push
 */
function reportFailure(error, { message, context }) {
  if (failed.hasSubscribers) failed.publish({ error, message, context });
  process.emitWarning(`wechat-push: a handler failed while no delivery was open: ${error?.stack ?? error}`, {
    code: 'WECHAT_PUSH_FAILED',
  });
}

module.exports = { reportFailure, reportLate };
