'use strict';

// core/src/message/table.rs: what the core needs of the table.

const statics = { MsgType: 'MSG_TYPES', Event: 'EVENTS', InfoType: 'INFO_TYPES' };
const prefixes = { wechat: '', wecom: 'WECOM_' };
const answers = {
  passive: 'Answer::Passive',
  update: 'Answer::Update',
  data: 'Answer::Data',
  none: 'Answer::None',
};

/** The text of the file. An info that has the fields of an event of its name is found there. */
function rustTable(all) {
  const rows = all.filter((row) => row.kind !== 'InfoType' || !all.some((other) => isEventOf(row, other)));
  const parts = Object.entries(prefixes).flatMap(([family, prefix]) =>
    Object.entries(statics).map(([kind, name]) =>
      staticOf(
        prefix + name,
        rows.filter((row) => row.family === family && row.kind === kind),
      ),
    ),
  );
  return `// Generated from core/messages.json by scripts/generate-messages.js.

use crate::message::row::{Answer, Row};

${parts.join('\n')}`;
}

function isEventOf(info, { family, kind, name, text }) {
  return kind === 'Event' && family === info.family && name === info.name && text === info.text;
}

function staticOf(title, rows) {
  const lines = rows
    .flatMap((row) => [row.name, ...row.formerly].map((name) => ({ name, line: lineOf(name, row) })))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ line }) => line);
  return `#[rustfmt::skip]
pub(super) static ${title}: [Row; ${lines.length}] = [
${lines.join('\n')}
];
`;
}

function lineOf(name, { text, answer }) {
  return `    Row::new("${name}", "${text}", ${answers[answer]}),`;
}

module.exports = { rustTable };
