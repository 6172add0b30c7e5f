'use strict';

const { once, warnings, wrongOption } = require('./errors.js');
const { readingOptions } = require('./options.js');
const { competingRoutes, meantRoute, otherCase } = require('./routes.js');

/** Documented in index.d.ts. @type {typeof import('..').route} */
function route(handlers) {
  const given = /** @type {Record<string, unknown>} */ (handlers ?? {});
  if (typeof given !== 'object') throw wrongOption('route', 'must be an object of functions');
  const byKey = new Map(readingOptions(() => Object.entries(given)));
  for (const [key, handler] of byKey) {
    if (typeof handler !== 'function') throw wrongOption(`route['${key}']`, 'must be a function');
    tellNearMiss(key);
  }
  for (const [key, other] of competingRoutes) {
    if (byKey.has(other) && !byKey.has(key)) byKey.set(key, byKey.get(other));
  }
  return function routed(message, context) {
    for (const key of keysOf(message)) {
      const handler = byKey.get(key);
      if (!handler) tellOtherCase(key, byKey);
      if (handler) return /** @type {Function} */ (handler)(message, context);
    }
  };
}

/** @param {string} key */
function tellNearMiss(key) {
  const meant = meantRoute(key, true);
  if (meant) once(`route: ${key}`, () => warnings.doubtfulRoute(key, meant));
}

/**
 * Only a push tells whether the account is one of WeChat or of WeCom.
 * @param {string} key that has no handler
 * @param {Map<string, unknown>} byKey
 */
function tellOtherCase(key, byKey) {
  const other = otherCase.get(key);
  if (other !== undefined && byKey.has(other)) {
    once(`route: ${other}`, () => warnings.doubtfulRoute(other, key));
  }
}

/**
 * The keys under which a handler for the message may stand, the most specific first.
 * @param {any} message
 */
function keysOf(message) {
  const { MsgType, Event, InfoType, ChangeType } = kindOf(message);
  if (InfoType !== undefined) return [...named('info', InfoType, ChangeType), 'info', 'default'];
  if (MsgType === 'event') return [...named('event', Event, ChangeType), 'event', 'default'];
  return [MsgType, 'default'];
}

/** @param {any} message */
function kindOf(message) {
  try {
    const { MsgType, Event, InfoType, ChangeType } = message;
    return { MsgType, Event, InfoType, ChangeType };
  } catch {
    return {};
  }
}

/**
 * The names come from the sender: they may be objects instead of strings.
 * @param {string} kind
 * @param {unknown} name
 * @param {unknown} change what changed, of events and infos of WeCom
 */
function named(kind, name, change) {
  if (typeof name !== 'string') return [];
  const key = `${kind}.${name}`;
  return typeof change === 'string' && change !== '' ? [`${key}.${change}`, key] : [key];
}

module.exports = { keysOf, route };
