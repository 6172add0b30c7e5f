'use strict';

const { meantRoute } = require('../lib/routes.js');
const table = require('../core/messages.json');

/**
 * @typedef {object} Kind which message, by one of its names
 * @property {string} [type] a `MsgType`
 * @property {string} [event] an `Event`
 */

/**
 * What WeChat sends with a message or event, so that a handler finds what it reads; nothing of what is unknown.
 * @param {Kind} kind
 */
function sampleOf({ type, event }) {
  if (event !== undefined) return { MsgType: 'event', Event: event, ...rowOf(table.Event, event)?.sample };
  return { MsgType: type, ...rowOf(table.MsgType, String(type))?.sample };
}

/**
 * The option that was probably meant by one which names nothing that is known.
 * @param {Kind} kind
 */
function meantOption({ type, event }) {
  const meant = meantRoute(event === undefined ? String(type) : `event.${event}`);
  if (meant?.startsWith('event.')) return `--event ${meant.slice('event.'.length)}`;
  return meant !== undefined && meant in table.MsgType ? `--type ${meant}` : undefined;
}

/**
 * @param {Record<string, { sample: object, formerly?: string[] }>} rows
 * @param {string} name
 */
function rowOf(rows, name) {
  return Object.hasOwn(rows, name)
    ? rows[name]
    : Object.values(rows).find(({ formerly }) => formerly?.includes(name));
}

module.exports = { meantOption, sampleOf };
