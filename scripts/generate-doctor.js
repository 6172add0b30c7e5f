'use strict';

// Writes the list of who may answer in docs/doctor*.md from cli/answered-by.js and cli/findings.json; with --check it only says whether it is up to date.

const fs = require('node:fs');
const path = require('node:path');
const { SIGNATURES } = require('../cli/answered-by.js');
const findings = require('../cli/findings.json');
const texts = require('../cli/texts.json');
const { fillIn, format, root, writeOrCheck } = require('./write-generated.js');

const PAGES = { en: 'docs/doctor.md', zh: 'docs/doctor.zh-CN.md' };
const SOURCE = 'cli/answered-by.js and cli/findings.json';

main();

async function main() {
  for (const [lang, file] of Object.entries(PAGES)) {
    const page = fs.readFileSync(path.join(root, file), 'utf8');
    writeOrCheck(file, await format(fillIn(page, SOURCE, list(lang)), file), SOURCE);
  }
}

/** @param {string} lang */
function list(lang) {
  const names = [...new Set(SIGNATURES.map(({ name }) => name))];
  return names.map((name) => `- \`${name}\`${who(name, lang)}${entry(findings[name], lang)}`).join('\n');
}

/** Those that a finding is about, in parentheses, when it is about several. */
function who(name, lang) {
  const rows = SIGNATURES.filter((row) => row.name === name);
  const all = new Set(rows.flatMap((row) => (row.who ? [row.who[lang]] : captured(row.body))));
  if (all.size === 0) return '';
  const [open, close] = lang === 'zh' ? ['（', '）'] : [' (', ')'];
  return open + [...all].join(texts.list_comma[lang]) + close;
}

/** The names that a pattern reads out of the page itself. */
function captured(pattern) {
  return /\(\?<who>([^)]+)\)/.exec(pattern?.source ?? '')?.[1].split('|') ?? [];
}

/** What is filled in at run time is left open. */
function entry({ cause, next }, lang) {
  const [colon, gap] = lang === 'zh' ? ['：', ''] : [': ', ' '];
  return `${colon}${cause[lang]}${gap}${next[lang]}`.replace(/\{\w+\}\.?/g, '…');
}
