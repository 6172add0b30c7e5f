'use strict';

const { channel } = require('node:diagnostics_channel');

const rejected = channel('wechat-push:rejected');

/**
 * Tells the owner why a request was refused. What listens must not change what the sender gets, so
 * an error thrown there becomes a warning.
 * @param {import('..').Rejected} rejection
 * @param {unknown} request
 * @param {((rejection: import('..').Rejected, request: any) => void) | undefined} onReject
 */
function reportRejection(rejection, request, onReject) {
  if (rejected.hasSubscribers) rejected.publish({ rejection, request });
  if (!onReject) return;
  // Called at once; the promise is there for what it throws, now or later.
  new Promise((resolve) => resolve(onReject(rejection, request))).catch((error) => {
    process.emitWarning(`wechat-push: onReject threw: ${error}`, { code: 'WECHAT_PUSH_ON_REJECT' });
  });
}

module.exports = { reportRejection };
