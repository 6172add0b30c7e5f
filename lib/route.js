'use strict';

const { functionOf, runThrough } = require('./compose.js');
const { once, warnings, wrongOption } = require('./errors.js');
const { readingOptions } = require('./options.js');

/** Loaded for apps that use `route`: it holds the names of hundreds of events. */
const routes = () => require('./routes.js');

/** Documented in index.d.ts. @type {typeof import('..').route} */
function route(handlers) {
  const given = /** @type {Record<string, unknown>} */ (handlers ?? {});
  if (typeof given !== 'object') throw wrongOption('route', 'must be an object of functions');
  const byKey = new Map(
    readingOptions(() => Object.entries(given).map(([key, value]) => [key, handlersOf(key, value)])),
  );
  for (const key of byKey.keys()) tellNearMiss(key);
  for (const [key, other] of routes().competingRoutes) {
    const others = byKey.get(other);
    if (others && !byKey.has(key)) byKey.set(key, others);
  }
  return function routed(message, context, next) {
    const keys = routesOf(message);
    const found = keys.flatMap((key) => byKey.get(key) ?? []);
    if (!byKey.has(keys[0] ?? '')) tellOtherCase(keys, byKey);
    return runThrough(found, message, context, next);
  };
}

/**
 * One handler or a list of them, each of which may leave the message to the next.
 * @param {string} key
 * @param {unknown} value
 */
function handlersOf(key, value) {
  if (!Array.isArray(value)) return [functionOf(value, `route['${key}']`)];
  if (value.length === 0) throw wrongOption(`route['${key}']`, 'must have a function in its array');
  return Array.from(value, (handler, index) => functionOf(handler, `route['${key}'][${index}]`));
}

/** @param {string} key */
function tellNearMiss(key) {
  const [name, eventKey] = namedEvent(key);
  const meant = routes().meantRoute(name, true);
  if (meant) once(`route: ${key}`, () => warnings.doubtfulRoute(key, meant + eventKey));
}

/**
 * Only a push tells whether the account is one of WeChat or of WeCom.
 * @param {string[]} keys of the push
 * @param {Map<string, unknown>} byKey
 */
function tellOtherCase(keys, byKey) {
  for (const key of keys) {
    const other = routes().otherCase(key);
    if (other !== undefined && byKey.has(other) && !byKey.has(key)) {
      once(`route: ${other}`, () => warnings.doubtfulRoute(other, key));
    }
  }
}

/**
 * The name that a route has of an event, and `:KEY` where it is for one of its keys.
 * @param {string} key
 */
function namedEvent(key) {
  const at = key.indexOf(':');
  // In `event:subscribe` a point was meant.
  const isName = at === -1 || ['event', 'info'].includes(key.slice(0, at));
  return isName ? [key, ''] : [key.slice(0, at), key.slice(at)];
}

/**
 * The keys under which a handler for the message may stand, the most specific first; those that name an event also with
 * its EventKey.
 * @param {any} message
 */
function routesOf(message) {
  const { EventKey } = kindOf(message);
  const keys = keysOf(message);
  if (typeof EventKey !== 'string' || EventKey === '') return keys;
  // What the sender has named no kind of has none in its keys.
  return keys.flatMap((key) => (key?.startsWith?.('event.') ? [`${key}:${EventKey}`, key] : key));
}

/**
 * The same by the kind of the message alone.
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
    const { MsgType, Event, EventKey, InfoType, ChangeType } = message;
    if (MsgType === undefined && InfoType === undefined && isOfBot(message)) return kindOfBot(message);
    return { MsgType, Event, EventKey, InfoType, ChangeType };
  } catch {
    return {};
  }
}

/** Whether it has the names that bots of WeCom are pushed. @param {any} message */
function isOfBot(message) {
  return typeof message.msgtype === 'string';
}

/** @param {any} message */
function kindOfBot({ msgtype: MsgType, event }) {
  const Event = event?.eventtype;
  const EventKey = typeof Event === 'string' ? event[Event]?.event_key : undefined;
  return { MsgType, Event, EventKey, InfoType: undefined, ChangeType: undefined };
}

/**
 * The names come from the sender: they may be objects instead of strings, or look like a key behind a name.
 * @param {string} kind
 * @param {unknown} name
 * @param {unknown} change what changed, of events and infos of WeCom
 */
function named(kind, name, change) {
  if (typeof name !== 'string' || name.includes(':')) return [];
  const key = `${kind}.${name}`;
  const isName = typeof change === 'string' && change !== '' && !change.includes(':');
  return isName ? [`${key}.${change}`, key] : [key];
}

module.exports = { isOfBot, keysOf, route };
