'use strict';

const { openEndpoint } = require('../endpoint/endpoint.js');
const { warnings } = require('../errors.js');
const { handlerArgument } = require('../options.js');
const { IS_WORKER } = require('../runtime.js');
const { describe } = require('../thrown.js');

/** Documented in fetch.d.ts. @param {any} options @param {any} [handler] */
function messagePush(options, handler) {
  const host = { isFrozen: IS_WORKER, isIsolated: IS_WORKER };
  const endpoint = openEndpoint(options, handlerArgument(handler), host);

  return async function wechatPush(request, /** @type {any} */ context) {
    const { method, url, headers: given, signal } = request;
    const { status, headers, body, error } = await endpoint.handle({
      method,
      url,
      headers: given,
      body: request.body,
      request,
      isClosed: () => signal.aborted,
      onClose: (listener) => signal.addEventListener('abort', listener, { once: true }),
      waitUntil: context?.waitUntil && ((work) => context.waitUntil(work)),
    });
    if (error) warnings.handlerFailed(describe(error));
    return new Response(body, { status, headers });
  };
}

module.exports = { messagePush };
