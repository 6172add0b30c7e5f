'use strict';

const { appFailed } = require('../errors.js');

/**
 * The mode without a handler: the app gets the push by the request's `next`, and calls `reply(value)`. Should it
 * answer by itself, that is no reply; with an error status WeChat delivers again.
 * @param {import('../..').EndpointRequest} request
 * @returns {import('../..').PushHandler}
 */
function nextAsHandler({ next }) {
  return (message, context) =>
    new Promise((reply, fail) => {
      const answered = (/** @type {number} */ status) =>
        status < 400 ? reply(undefined) : fail(appFailed(status));
      next?.({ message, context, reply, answered });
    });
}

module.exports = { nextAsHandler };
