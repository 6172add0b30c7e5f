'use strict';

// Reads core/messages.json.

const fs = require('node:fs');
const path = require('node:path');
const { root } = require('../write-generated.js');
const { parseFields } = require('./fields.js');

const file = 'core/messages.json';

/**
 * The rows, in the order of the file.
 * @returns {{
 *   family: 'wechat' | 'wecom' | 'bot', kind: 'MsgType' | 'Event' | 'InfoType', name: string, formerly: string[],
 *   text: string, fields: any[], values?: Record<string, string[]>,
 *   said?: string, user?: string, ticket?: { is: string, of: string, time: string },
 *   answer: 'passive' | 'update' | 'welcome' | 'stream' | 'data' | 'none', when: Record<string, string>, group: string,
 *   source: string, date: string, sample: object,
 * }[]} `said` and `user` are the places of what the user said and of its id, where that is not `FromUserName` (empty:
 *   nobody's); `ticket` says in which field the ticket is, whose, and when it was made; `text` is what the file says of
 *   the `fields`; `values` are all that a field can have; `formerly` are former or competing names of the same thing;
 *   `answer` is what the push takes (`update`: of the card that was clicked; `welcome`, `stream`: of a bot, the first words and the rest of a stream; `none`: neither; the sources are
 *   clear, its sender is no user, or only accounts that take no passive replies to events get it); `date` is when the source was read.
 */
function readRows() {
  const table = JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
  const { wecom, bot, ...wechat } = table;
  return [...rowsOf('wechat', wechat), ...rowsOf('wecom', wecom), ...rowsOf('bot', bot)];
}

function rowsOf(family, kinds) {
  return Object.entries(kinds).flatMap(([kind, rows]) =>
    Object.entries(rows).map(([name, { fields, formerly = [], ...rest }]) =>
      Object.assign(rest, { family, kind, name, formerly, text: fields, fields: parseFields(fields) }),
    ),
  );
}

module.exports = { file, readRows };
