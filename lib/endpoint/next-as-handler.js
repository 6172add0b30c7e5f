'use strict';

const { appFailed } = require('../errors.js');

/**
 * The mode without a handler: the app gets the push by the request's `next`, and calls `reply(value)`. Should it
 * answer by itself, that is no reply; with an error status WeChat delivers again.
 * @param {import('../..').EndpointRequest} request
 * @returns {import('../..').PushHandler}
 */
function nextAsHandler(request) {
  return (message, context) =>
    new Promise((reply, fail) => {
      const answered = (/** @type {number} */ status) =>
        status < 400 ? reply(undefined) : fail(appFailed(status));
      // It may be asynchronous, and fail later.
      new Promise((called) => called(request.next?.({ message, context, reply, answered }))).catch(fail);
    });
}

module.exports = { nextAsHandler };
