'use strict';

/**
 * Properties that Node or Express has to add to a response are slow, so what is right is left.
 * @param {any} res
 * @param {import('../..').EndpointResponse} response
 */
function write(res, { status, headers, body }) {
  if (res.headersSent || res.destroyed) return;
  if (res.statusCode !== status) res.statusCode = status;
  for (const name in headers) res.setHeader(name, headers[name]);
  res.end(body);
}

/**
 * Calls when the sender has left; at once where that was before.
 * @param {any} res
 * @param {() => void} listener
 */
function onClose(res, listener) {
  if (res.destroyed) listener();
  else res.once('close', listener);
}

/**
 * Calls once the app has answered; also where the sender has left before, after which Node tells nobody.
 * @param {any} res
 * @param {() => void} call
 */
function onAnswered(res, call) {
  res.once('finish', call);
  onClose(res, () => {
    if (res.writableFinished) return;
    if (res.writableEnded) return call();
    const { end } = res;
    res.end = (...args) => {
      call();
      return end.apply(res, args);
    };
  });
}

module.exports = { onAnswered, onClose, write };
