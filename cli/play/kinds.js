'use strict';

const { routeOf } = require('../../lib/message-user.js');
const { familyOf } = require('../../lib/platforms.js');
const { NAMING } = require('../samples.js');
const samples = require('../samples.json');
const kinds = require('./kinds.json');

/** What stands before the names of each kind of row, as in `route`. */
const PREFIXES = /** @type {const} */ ({ MsgType: '', Event: 'event.', InfoType: 'info.' });

/**
 * The kinds that a platform pushes, as the page offers them, in groups.
 * @param {string | undefined} platform
 * @param {'en' | 'zh'} lang
 */
function kindsFor(platform, lang) {
  const family = familyOf(platform);
  const order = Object.values(kinds.groups).map((group) => group[lang]);
  const rows = fieldsOf(family).flatMap((field) =>
    Object.entries(kinds[family][field]).map(([name, row]) => ({
      name: PREFIXES[field] + name,
      group: kinds.groups[row.group][lang],
      when: row[lang],
      sample: Object.assign(NAMING[family](field, name), samples[family][field][name]),
    })),
  );
  return rows.toSorted((a, b) => order.indexOf(a.group) - order.indexOf(b.group));
}

/** What a push is called: `text`, `event.subscribe`, `info.authorized`. @param {any} message */
function nameOf(message) {
  return routeOf(message);
}

/**
 * Whether a push may be answered by a message to its user. Nothing is known of kinds that are new, and most may.
 * @param {any} message
 * @param {string | undefined} platform
 */
function takesReply(message, platform) {
  const family = familyOf(platform);
  const name = routeOf(message);
  const field = fieldsOf(family).findLast((one) => name.startsWith(PREFIXES[one])) ?? 'MsgType';
  const bare = name.slice(PREFIXES[field].length);
  const rows = kinds[family][field];
  return Object.hasOwn(rows, bare) ? rows[bare].answer === 'passive' : field !== 'InfoType';
}

/** @param {string} family @returns {('MsgType' | 'Event' | 'InfoType')[]} */
function fieldsOf(family) {
  return /** @type {any} */ (Object.keys(PREFIXES).filter((field) => field in kinds[family]));
}

module.exports = { kindsFor, nameOf, takesReply };
