'use strict';

const { openEndpoint } = require('../endpoint/endpoint.js');
const { warnings } = require('../errors.js');
const { handlerArgument } = require('../options.js');
const { describe } = require('../thrown.js');
const { readEvent } = require('./serverless-events.js');

/** Documented in serverless.d.ts. @param {any} options @param {any} [handler] */
function messagePush(options, handler) {
  const endpoint = openEndpoint(options, handlerArgument(handler), { isFrozen: true });

  return async function wechatPush(event, context) {
    const { request, answer } = readEvent(event, context);
    const response = await endpoint.handle(request);
    if (response.error) warnings.handlerFailed(describe(response.error));
    return answer(response);
  };
}

module.exports = { messagePush };
