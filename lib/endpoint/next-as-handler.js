'use strict';

const { appFailed, once, warnings } = require('../errors.js');

/**
 * The mode without a handler: the app gets the push by the request's `next`, and calls `reply(value)`. Should it
 * answer by itself, that is no reply; with an error status WeChat delivers again.
 * @param {import('../..').EndpointRequest} request
 * @returns {import('../..').PushHandler<any>}
 */
function nextAsHandler(request) {
  return (message, context) =>
    new Promise((resolve, fail) => {
      let isOpen = true;
      const reply = (/** @type {unknown} */ value) => {
        const isFirst = isOpen;
        isOpen = false;
        resolve(value);
        return isFirst;
      };
      const answered = (/** @type {number} */ status) => {
        if (!isOpen) return false;
        if (status >= 400) fail(appFailed(status));
        else if (status !== 200) warnOfStatus(status);
        reply(undefined);
        return true;
      };
      // It may be asynchronous, and fail later.
      new Promise((called) => called(request.next?.({ message, context, reply, answered }))).catch(fail);
    });
}

/** Frameworks have their own: NestJS answers a POST with 201. @param {number} status */
function warnOfStatus(status) {
  if (process.env.NODE_ENV !== 'production') once(`status ${status}`, () => warnings.appAnswered(status));
}

module.exports = { nextAsHandler };
