'use strict';

const { wrongOption } = require('./options.js');

/** Documented in index.d.ts. @type {typeof import('..').route} */
function route(handlers) {
  const byKey = new Map(Object.entries(/** @type {Record<string, unknown>} */ (handlers ?? {})));
  for (const [key, handler] of byKey) {
    if (typeof handler !== 'function') throw wrongOption(`route['${key}']`, 'must be a function');
  }
  return function routed(message, context) {
    for (const key of keysOf(message)) {
      const handler = byKey.get(key);
      if (handler) return /** @type {Function} */ (handler)(message, context);
    }
  };
}

/**
 * The keys of a message, the closest first.
 * @param {any} message
 */
function keysOf({ MsgType, Event, InfoType }) {
  if (InfoType !== undefined) return [`info.${InfoType}`, 'info', 'default'];
  if (MsgType === 'event') return [`event.${Event}`, 'event', 'default'];
  return [MsgType, 'default'];
}

module.exports = { route };
