'use strict';

const { familyOf, platforms } = require('../lib/platforms.js');
const { meantRoute, otherCase } = require('../lib/routes.js');
const tables = /** @type {Record<Family, Table>} */ (/** @type {unknown} */ (require('./samples.json')));

/**
 * @typedef {object} Kind which message, by one of its names, and to which platform
 * @property {string} [type] a `MsgType`
 * @property {string} [event] an `Event`, of WeCom also with its `ChangeType`: `change_contact.create_user`
 * @property {string} [info] an `InfoType`, of WeCom the same
 * @property {string} [platform]
 *
 * @typedef {'wechat' | 'wecom' | 'bot'} Family
 *
 * @typedef {Record<string, Record<string, object | string>>} Table samples, or the present name of a former one
 */

/**
 * What is sent with a message or event, so that a handler finds what it reads; nothing of what is unknown.
 * @param {Kind} kind
 */
function sampleOf(kind) {
  const family = familyOf(kind.platform);
  const [field, name] = fieldOf(kind);
  return { ...NAMING[family](field, name), ...sampleIn(family, field, name) };
}

/** What says of a message what it is. @type {Record<Family, (field: Field, name: string) => object>} */
const NAMING = {
  wechat: (field, name) => ({ ...(field === 'Event' && { MsgType: 'event' }), [field]: name }),
  wecom(field, name) {
    const [first, ...rest] = field === 'MsgType' ? [name] : name.split('.');
    const changed = rest.length > 0 ? { ChangeType: rest.join('.') } : {};
    return { ...NAMING.wechat(field, first), ...changed };
  },
  bot: (field, name) => (field === 'Event' ? { event: { eventtype: name } } : { msgtype: name }),
};

/**
 * A text that a user types.
 * @param {string} content
 * @param {string} [platform]
 */
function textOf(content, platform) {
  return familyOf(platform) === 'bot' ? { text: { content } } : { Content: content };
}

/**
 * The option that was probably meant by one which names nothing that the platform is known to push.
 * @param {Kind} kind
 */
function meantOption(kind) {
  const family = familyOf(kind.platform);
  const [field, name] = fieldOf(kind);
  if (sampleIn(family, field, name)) return undefined;
  const route = PREFIXES[field] + name;
  const isOthers = OTHERS.some((other) => sampleIn(other, field, name));
  const meant = otherCase(route) ?? (isOthers ? route : meantRoute(route, family !== 'wechat'));
  return meant === undefined ? undefined : optionOf(meant, family);
}

/** Whose names are not taken for those of WeChat. @type {Family[]} */
const OTHERS = ['wecom', 'bot'];

/** What stands before the names of a field in a route, and the option for it. */
const PREFIXES = { MsgType: '', Event: 'event.', InfoType: 'info.' };
const OPTIONS = { MsgType: '--type', Event: '--event', InfoType: '--info' };

/**
 * @param {string} route that is known
 * @param {Family} family of which it is wanted
 */
function optionOf(route, family) {
  const fields = /** @type {Field[]} */ (['Event', 'InfoType', 'MsgType']);
  const field = fields.find((one) => route.startsWith(PREFIXES[one])) ?? 'MsgType';
  const name = route.slice(PREFIXES[field].length);
  const option = `${OPTIONS[field]} ${name}`;
  if (sampleIn(family, field, name)) return option;
  const other = family === 'wechat' ? OTHERS.find((one) => sampleIn(one, field, name)) : undefined;
  return other && `${option} --platform ${platformOfFamily(other)}`;
}

/** @param {Family} family */
function platformOfFamily(family) {
  return [...platforms.keys()].find((platform) => familyOf(platform) === family);
}

/** @typedef {'MsgType' | 'Event' | 'InfoType'} Field */

/** @param {Kind} kind @returns {[Field, string]} */
function fieldOf({ type, event, info }) {
  if (event !== undefined) return ['Event', event];
  return info === undefined ? ['MsgType', String(type)] : ['InfoType', info];
}

/**
 * @param {Family} family
 * @param {string} field
 * @param {string} name
 */
function sampleIn(family, field, name) {
  const rows = tables[family][field] ?? {};
  if (!Object.hasOwn(rows, name)) return undefined;
  const row = rows[name];
  return /** @type {object} */ (typeof row === 'string' ? rows[row] : row);
}

module.exports = { NAMING, meantOption, sampleOf, textOf };
