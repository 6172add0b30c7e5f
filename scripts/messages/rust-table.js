'use strict';

// core/src/message/table.rs: what the core needs of the table.

const statics = { MsgType: 'MSG_TYPES', Event: 'EVENTS', InfoType: 'INFO_TYPES' };
const answers = { passive: 'Answer::Passive', data: 'Answer::Data', none: 'Answer::None' };

/** The text of the file. */
function rustTable(rows) {
  const parts = Object.keys(statics).map((kind) => staticOf(kind, rows));
  return `// Generated from core/messages.json by scripts/generate-messages.js.

use crate::message::row::{Answer, Row};

${parts.join('\n')}`;
}

function staticOf(kind, rows) {
  const lines = rows
    .filter((row) => row.kind === kind)
    .flatMap((row) => [row.name, ...row.formerly].map((name) => ({ name, line: lineOf(name, row) })))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ line }) => line);
  return `#[rustfmt::skip]
pub(super) static ${statics[kind]}: [Row; ${lines.length}] = [
${lines.join('\n')}
];
`;
}

function lineOf(name, { text, answer }) {
  return `    Row::new("${name}", "${text}", ${answers[answer]}),`;
}

module.exports = { rustTable };
