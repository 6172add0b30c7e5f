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

/** By what an app answers by itself. */
const ANSWERING = /** @type {const} */ (['writeHead', 'flushHeaders', 'write', 'end']);

/** What gives a response back that is kept. @type {WeakMap<object, () => void>} */
const kept = new WeakMap();

/**
 * Keeps a response for the reply that an app has given: what the app still does with it, such as `res.end()`, would go
 * in the reply's place.
 * @param {any} res
 */
function keep(res) {
  if (kept.has(res) || res.headersSent || res.destroyed) return;
  const { statusCode } = res;
  const headers = Object.entries(res.getHeaders());
  const own = ANSWERING.map((name) => /** @type {const} */ ([name, res[name]]));
  for (const name of ANSWERING) res[name] = () => res;
  kept.set(res, () => {
    for (const [name, method] of own) res[name] = method;
    if (res.headersSent) return;
    res.statusCode = statusCode;
    for (const name of res.getHeaderNames()) res.removeHeader(name);
    for (const [name, value] of headers) res.setHeader(name, value);
  });
}

/** Gives it back, as it was. @param {any} res */
function letGo(res) {
  kept.get(res)?.();
  kept.delete(res);
}

module.exports = { connectionOf, keep, letGo, onAnswered, onClose, write };
