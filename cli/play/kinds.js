'use strict';

const { familyOf } = require('../../lib/platforms.js');
const { NAMING } = require('../samples.js');
const samples = require('../samples.json');
const kinds = require('./kinds.json');

/** What names a push, and what it is that its name is under. */
const FIELDS = /** @type {const} */ (['MsgType', 'Event', 'InfoType']);

/**
 * The kinds that a platform pushes, as the page offers them, in groups.
 * @param {string | undefined} platform
 * @param {'en' | 'zh'} lang
 */
function kindsFor(platform, lang) {
  const family = familyOf(platform);
  const rows = FIELDS.flatMap((field) =>
    Object.entries(kinds[family][field] ?? {}).map(([name, row]) => ({
      field,
      name,
      group: kinds.groups[row.group][lang],
      when: row[lang],
      sample: { ...NAMING[family](field, name), ...samples[family][field][name] },
    })),
  );
  return rows.toSorted((a, b) => placeOf(a.group, lang) - placeOf(b.group, lang));
}

/**
 * What a push is called, `text`, `event.subscribe`, `info.authorized`.
 * @param {any} message
 */
function nameOf({ MsgType, Event, InfoType, ChangeType, msgtype, event }) {
  if (msgtype !== undefined || event?.eventtype !== undefined)
    return event?.eventtype === undefined ? String(msgtype) : `event.${event.eventtype}`;
  const change = ChangeType === undefined ? '' : `.${ChangeType}`;
  if (InfoType !== undefined) return `info.${InfoType}${change}`;
  return MsgType === 'event' || MsgType === undefined ? `event.${Event}${change}` : String(MsgType);
}

/**
 * Whether a push may be answered by a message to its user. Nothing is known of kinds that are new, and most may.
 * @param {any} message
 * @param {string | undefined} platform
 */
function takesReply(message, platform) {
  const [field, name] =
    message.InfoType === undefined ? ['Event', message.Event] : ['InfoType', message.InfoType];
  const isMessage = field === 'Event' && message.MsgType !== 'event' && message.MsgType !== undefined;
  const rows = kinds[familyOf(platform)][isMessage ? 'MsgType' : field] ?? {};
  const key = isMessage ? message.MsgType : name;
  const changed = `${key}.${message.ChangeType}`;
  const row = [changed, key].map((one) => (Object.hasOwn(rows, one) ? rows[one] : undefined)).find(Boolean);
  return row ? row.answer === 'passive' : field !== 'InfoType';
}

/** @param {string} title @param {'en' | 'zh'} lang */
function placeOf(title, lang) {
  return Object.values(kinds.groups).findIndex((group) => group[lang] === title);
}

module.exports = { kindsFor, nameOf, takesReply };
