'use strict';

// Writes the tables of docs/compat*.md from lib/compat/differences.json; with --check it only says whether they are up
// to date.

const fs = require('node:fs');
const path = require('node:path');
const { differences, modules } = require('../lib/compat/differences.json');
const { fillIn, format, root, writeOrCheck } = require('./write-generated.js');

const SOURCE = 'lib/compat/differences.json';

const MIDDLEWARES = ['wechat', 'co-wechat'];
const FUNCTIONS = ['wechat-crypto', '@wecom/crypto'];

const PAGES = {
  en: {
    file: 'docs/compat.md',
    modules: ['in place of', '`require`', 'what there is'],
    differences: ['what differs', 'why', 'of'],
    both: 'both',
  },
  zh: {
    file: 'docs/compat.zh-CN.md',
    modules: ['代替', '`require`', '有哪些'],
    differences: ['不同之处', '原因', '哪个包'],
    both: '两者',
  },
};

main();

async function main() {
  for (const [lang, words] of Object.entries(PAGES)) {
    let page = fs.readFileSync(path.join(root, words.file), 'utf8');
    page = fillIn(page, `${SOURCE}: modules`, moduleTable(words));
    page = fillIn(page, `${SOURCE}: middlewares`, differenceTable(MIDDLEWARES, lang, words));
    page = fillIn(page, `${SOURCE}: functions`, differenceTable(FUNCTIONS, lang, words));
    writeOrCheck(words.file, await format(page, words.file), SOURCE);
  }
}

function moduleTable(words) {
  const rows = modules.map((one) => [
    `\`${one.package}\` ${one.version}`,
    `\`${one.module}\``,
    one.names.map((name) => `\`${name}\``).join(', '),
  ]);
  return table(words.modules, rows);
}

/** The rows that are of one of these packages. */
function differenceTable(packages, lang, words) {
  const rows = differences.flatMap((one) => {
    const of = one.packages.filter((name) => packages.includes(name));
    if (of.length === 0) return [];
    return [[one.what[lang], one.why[lang], of.length === packages.length ? words.both : `\`${of.join()}\``]];
  });
  return table(words.differences, rows);
}

function table(columns, rows) {
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
