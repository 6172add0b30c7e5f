'use strict';

// core/src/message/table.rs: what the core needs of the table.

const statics = { MsgType: 'MSG_TYPES', Event: 'EVENTS', InfoType: 'INFO_TYPES' };
const prefixes = { wechat: '', wecom: 'WECOM_', bot: 'BOT_' };

/** The text of the file. An info that has the fields of an event of its name is found there. */
function rustTable(all) {
  const rows = all.filter((row) => row.kind !== 'InfoType' || !all.some((other) => isEventOf(row, other)));
  const parts = Object.entries(prefixes).flatMap(([family, prefix]) =>
    Object.entries(statics).flatMap(([kind, name]) => {
      const own = rows.filter((row) => row.family === family && row.kind === kind);
      return own.length > 0 ? [staticOf(prefix + name, own)] : [];
    }),
  );
  return `// Generated from core/messages.json by scripts/generate-messages.js.

use crate::message::sorted_rows::SortedRows;

${parts.join('\n')}`;
}

function isEventOf(info, { family, kind, name, text }) {
  return kind === 'Event' && family === info.family && name === info.name && text === info.text;
}

/** One text for each kind: an array of rows, each with texts of its own, would take twice as much of WebAssembly. */
function staticOf(title, rows) {
  const lines = rows
    .flatMap((row) => [row.name, ...row.formerly].map((name) => ({ name, line: lineOf(name, row) })))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ line }) => line);
  return `#[rustfmt::skip]
pub(super) static ${title}: SortedRows = SortedRows::new("\\
${lines.join('\n')}");
`;
}

/** What `Row::read` reads. */
function lineOf(name, { text, answer }) {
  return `${name} ${answer} ${text}`;
}

module.exports = { rustTable };
