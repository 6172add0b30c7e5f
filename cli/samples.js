'use strict';

const { platformOf, platforms } = require('../lib/platforms.js');
const { meantRoute, otherCase } = require('../lib/routes.js');
const samples = require('./samples.json');

/**
 * @typedef {object} Kind which message, by one of its names, and to which platform
 * @property {string} [type] a `MsgType`
 * @property {string} [event] an `Event`, of WeCom also with its `ChangeType`: `change_contact.create_user`
 * @property {string} [info] an `InfoType`, of WeCom the same
 * @property {string} [platform]
 *
 * @typedef {Record<string, Record<string, object | string>>} Table samples, or the present name of a former one
 */

const { wecom, wechat } = /** @type {Record<string, Table>} */ (/** @type {unknown} */ (samples));

/** The platform whose messages are in the table `wecom`. */
const WECOM = [...platforms].find(([, { isWeCom }]) => isWeCom)?.[0];

/**
 * What is sent with a message or event, so that a handler finds what it reads; nothing of what is unknown.
 * @param {Kind} kind
 */
function sampleOf(kind) {
  const isWeCom = platformOf(kind.platform).isWeCom;
  const [field, name] = fieldOf(kind);
  const [first, ...rest] = isWeCom && field !== 'MsgType' ? name.split('.') : [name];
  const changed = rest.length > 0 ? { ChangeType: rest.join('.') } : {};
  const event = field === 'Event' ? { MsgType: 'event' } : {};
  return { ...event, [field]: first, ...changed, ...sampleIn(tableOf(isWeCom), field, name) };
}

/**
 * The option that was probably meant by one which names nothing that the platform is known to push.
 * @param {Kind} kind
 */
function meantOption(kind) {
  const isWeCom = platformOf(kind.platform).isWeCom;
  const [field, name] = fieldOf(kind);
  if (sampleIn(tableOf(isWeCom), field, name)) return undefined;
  const route = PREFIXES[field] + name;
  const isOfWeCom = sampleIn(wecom, field, name) !== undefined;
  const meant = otherCase(route) ?? (isOfWeCom ? route : meantRoute(route, isWeCom));
  return meant === undefined ? undefined : optionOf(meant, isWeCom);
}

/** What stands before the names of a field in a route, and the option for it. */
const PREFIXES = { MsgType: '', Event: 'event.', InfoType: 'info.' };
const OPTIONS = { MsgType: '--type', Event: '--event', InfoType: '--info' };

/**
 * @param {string} route that is known
 * @param {boolean} isWeCom whether it is wanted of WeCom
 */
function optionOf(route, isWeCom) {
  const fields = /** @type {(keyof typeof OPTIONS)[]} */ (['Event', 'InfoType', 'MsgType']);
  const field = fields.find((one) => route.startsWith(PREFIXES[one])) ?? 'MsgType';
  const name = route.slice(PREFIXES[field].length);
  const isOwn = sampleIn(tableOf(isWeCom), field, name);
  const isOthers = sampleIn(tableOf(!isWeCom), field, name);
  if (!isOwn && (isWeCom || !isOthers)) return undefined;
  const elsewhere = isOwn || isWeCom ? '' : ` --platform ${WECOM}`;
  return `${OPTIONS[field]} ${name}${elsewhere}`;
}

/** @param {Kind} kind @returns {['MsgType' | 'Event' | 'InfoType', string]} */
function fieldOf({ type, event, info }) {
  if (event !== undefined) return ['Event', event];
  return info === undefined ? ['MsgType', String(type)] : ['InfoType', info];
}

/** @param {boolean} isWeCom @returns {Table} */
function tableOf(isWeCom) {
  return isWeCom ? wecom : wechat;
}

/**
 * @param {Table} table
 * @param {string} field
 * @param {string} name
 */
function sampleIn(table, field, name) {
  const rows = table[field];
  if (!Object.hasOwn(rows, name)) return undefined;
  const row = rows[name];
  return /** @type {object} */ (typeof row === 'string' ? rows[row] : row);
}

module.exports = { meantOption, sampleOf };
