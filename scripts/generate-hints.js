'use strict';

// Writes of core/hints.json what the core says into Rust; with --check it only says whether that is up to date.

const hints = require('../core/hints.json');
const { writeOrCheck } = require('./write-generated.js');

const target = 'core/src/explain/sentences.rs';

writeOrCheck(target, sentences(), 'core/hints.json');

function sentences() {
  const fixes = Object.fromEntries(Object.entries(hints.reasons).map(([reason, { fix }]) => [reason, fix]));
  return `//! What there is to say, in English and Chinese. Generated from core/hints.json by scripts/generate-hints.js.

use crate::explain::words::Sentences;

const fn said(key: &'static str, en: &'static str, zh: &'static str) -> Sentences {
    of_reply(key, en, zh, "")
}

const fn of_reply(
    key: &'static str,
    en: &'static str,
    zh: &'static str,
    outcome: &'static str,
) -> Sentences {
    Sentences { key, en, zh, outcome }
}

${table('HINTS', hints.hints)}
${table('FIXES', fixes)}
${table('REPLIES', hints.replies)}`;
}

function table(name, entries) {
  const rows = Object.entries(entries).map(([key, { en, zh, outcome }]) => {
    const texts = [key, en, zh, outcome].filter((text) => text !== undefined).map(literal);
    return `    ${outcome === undefined ? 'said' : 'of_reply'}(${texts.join(', ')}),`;
  });
  return `#[rustfmt::skip]
pub(super) static ${name}: &[Sentences] = &[
${rows.join('\n')}
];
`;
}

/** A string of Rust. JSON writes the same, but for what it escapes as `\\u…`, of which texts have none. */
function literal(text) {
  const json = JSON.stringify(text);
  if (json.includes('\\u')) throw new Error(`${target}: a control character in ${json}`);
  return json;
}
