'use strict';

/**
 * Writes a response. The status is set only where it differs, since changing a response's properties is slow.
 * @param {any} res
 * @param {import('../..').EndpointResponse} response
 */
function write(res, { status, headers, body }) {
  if (res.headersSent || res.destroyed) return;
  if (res.statusCode !== status) res.statusCode = status;
  for (const name in headers) res.setHeader(name, headers[name]);
  res.end(body);
}

/** What an endpoint wants to know of a connection. @param {any} res */
function connectionOf(res) {
  return {
    isClosed: () => res.destroyed,
    onClose: (/** @type {() => void} */ listener) => onClose(res, listener),
  };
}

/**
 * Calls `listener` when the connection closes, or at once when it has closed already.
 * @param {any} res
 * @param {() => void} listener
 */
function onClose(res, listener) {
  if (res.destroyed) listener();
  else res.once('close', listener);
}

/**
 * Calls once the app has answered. When the connection has closed before that, Node has no event for it.
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

module.exports = { connectionOf, onAnswered, onClose, write };
