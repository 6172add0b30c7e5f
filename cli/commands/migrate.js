'use strict';

const { differences } = require('../../lib/compat/differences.json');
const { diffOf } = require('../migrate/diff.js');
const { edited, write } = require('../migrate/edits.js');
const { filesOf } = require('../migrate/files.js');
const table = require('../migrate/packages.json');
const { readFile } = require('../migrate/read-file.js');
const { printable } = require('../printable.js');
const { table: aligned } = require('../table.js');

/** More than that nobody reads. */
const MOST = 1000;

/**
 * @typedef {import('../migrate/read-file.js').Finding} Finding
 * @typedef {import('../migrate/edits.js').Edit} Edit
 * @typedef {{ file: string, text: string, edits: Edit[] }} Change what is certain in one file
 */

/** @type {import('../main.js').Command['check']} */
async function check({ given, values, words, progress }) {
  const root = given || '.';
  const skipped = /** @type {import('../migrate/files.js').Skipped[]} */ ([]);
  const findings = /** @type {Finding[]} */ ([]);
  const changes = /** @type {Change[]} */ ([]);
  const said = /** @type {Set<string>} */ (new Set());
  let files = 0;
  for (const { path, text, isExact } of filesOf(root, (one) => skipped.length < MOST && skipped.push(one))) {
    files++;
    progress.show(printable(path));
    const read = readFile(path, text);
    if (read === null) skipped.push({ path, why: 'unreadable', detail: 'tokens' });
    if (read === null || read.findings.length === 0) continue;
    for (const one of read.findings) findings.push(one);
    const isOfPackages = read.findings.some(({ kind }) => kind === 'package' || kind === 'use');
    if (isOfPackages) for (const word of read.words) said.add(word);
    if (isExact && read.edits.length > 0) changes.push({ file: path, text, edits: read.edits });
    if (findings.length <= 10 * MOST) continue;
    skipped.push({ path, why: 'too_many' });
    break;
  }
  const found = ofPackages(findings);
  const diff = changes.map((one) => diffOf(one.file, one.text, one.edits)).join('\n');
  const written = values.write ? changes.map((one) => writeChange(root, one)) : [];
  return {
    ok: found.every(({ moved }) => moved) && written.every(({ failed }) => failed === null),
    folder: root,
    files,
    skipped,
    found: found.slice(0, MOST).map((one) => shown(one, words)),
    more: Math.max(0, found.length - MOST),
    changes: changesOf(found, said, words),
    diff,
    written,
  };
}

/**
 * What is used of a package counts where that package is loaded somewhere, or, for names that others have too, in the
 * same file.
 * @param {Finding[]} findings
 */
function ofPackages(findings) {
  const loads = findings.filter(({ kind }) => kind === 'package' || kind === 'dependency');
  const everywhere = new Map(loads.map((one) => [one.package, one.moved]));
  for (const one of loads) if (!one.moved && one.kind === 'package') everywhere.set(one.package, false);
  return findings.flatMap((one) => {
    if (one.kind !== 'use') return [one];
    const { packages, own } = /** @type {import('../migrate/uses.js').Use} */ (one.use);
    const near = loads.find(
      ({ file, package: name }) => file === one.file && packages.includes(String(name)),
    );
    const name = near?.package ?? (own ? packages.find((any) => everywhere.has(any)) : undefined);
    return name ? [{ ...one, package: name, moved: near?.moved ?? Boolean(everywhere.get(name)) }] : [];
  });
}

/**
 * @param {string} root
 * @param {Change} change
 */
function writeChange(root, { file, text, edits }) {
  return { file, failed: write(root, file, text, edited(text, edits)) };
}

/**
 * A finding as `--json` shows it.
 * @param {Finding} finding
 * @param {import('../words.js').Words} words
 */
function shown({ file, line, kind, package: name, code, sure, moved, edits, use }, words) {
  const row = name === null ? undefined : /** @type {any} */ (table.packages)[name];
  const isWritten = edits.length > 0;
  const instead = insteadOf();
  return { file, line, kind, package: name, code, sure, moved, edit: isWritten, instead };

  function insteadOf() {
    if (use) return use.instead[words.lang];
    if (kind === 'dependency') return words.text('migrate.dependency', { name });
    if (kind !== 'package') return words.text(`migrate.${isWritten ? 'rewritten' : kind}`);
    if (moved) return words.text('migrate.moved', { name });
    if (!row.compat) return row.instead[words.lang];
    return words.text(isWritten ? 'migrate.compat' : 'migrate.by_hand', { compat: row.compat });
  }
}

/**
 * What becomes different, as far as the code has to do with it, and with which packages' modules.
 * @param {Finding[]} found
 * @param {Set<string>} said the words of the code
 * @param {import('../words.js').Words} words
 */
function changesOf(found, said, words) {
  const left = new Set(
    found.filter(({ kind, moved }) => kind === 'package' && !moved).map((one) => one.package),
  );
  const changed = differences
    .map(({ id, packages, what }) => ({ id, of: packages.filter((name) => left.has(name)), what }))
    .filter(({ id, of }) => of.length > 0 && concerns(id, said))
    .map(({ of, what }) => ({ of, what: /** @type {any} */ (what)[words.lang] }));
  const kinds = ['signature', 'msg_signature', 'decryption'].filter((kind) =>
    found.some((one) => one.kind === kind),
  );
  const byHand = kinds.map((kind) => ({
    of: [words.text(`migrate.kind.${kind}`)],
    what: words.text(`migrate.changes.${kind}`),
  }));
  return [...changed, ...byHand];
}

/**
 * @param {string} id
 * @param {Set<string>} said
 */
function concerns(id, said) {
  const only = /** @type {Record<string, string>} */ (table.differences)[id];
  return only === undefined || only.split('|').some((word) => said.has(word));
}

/** @type {import('../main.js').Command['print']} */
function print({ folder, files, skipped, found, more, changes, diff, written, ok }, page) {
  const { words, paint } = page;
  if (found.length === 0) {
    return [paint('green', words.text('migrate.nothing', { folder, files })), ...notRead(skipped, page)].join(
      '\n',
    );
  }
  const left = found.filter((/** @type {any} */ one) => !one.moved).length;
  const count = new Set(found.map((/** @type {any} */ one) => one.file)).size;
  const facts = { left: left + more, moved: found.length - left, count, files };
  const sum = words.text(ok ? 'migrate.done' : 'migrate.sum', facts);
  return [
    ...foundLines(found, page),
    ...(more > 0 ? ['', words.text('migrate.more', { more })] : []),
    ...changeLines(changes, page),
    ...diffLines(diff, written, page),
    ...notRead(skipped, page),
    ...installLines(found, page),
    '',
    ok ? paint('green', sum) : paint('yellow', sum),
    words.text('migrate.guide'),
  ].join('\n');
}

/**
 * What is found several times in a file stands in one line.
 * @param {any[]} found
 * @param {import('../main.js').Page} page
 */
function foundLines(found, { words, paint }) {
  const same = new Map();
  for (const one of found) {
    const key = JSON.stringify([one.file, one.code, one.instead, one.moved]);
    same.set(key, (same.get(key) ?? []).concat(one));
  }
  const rows = Array.from(same.values(), (alike) => {
    const [{ file, code, sure, moved, instead }] = alike;
    const lines = [...new Set(alike.map((/** @type {any} */ one) => one.line))].join(',');
    return [
      moved ? paint('green', '✓') : paint('yellow', sure ? '→' : '?'),
      printable(`${file}:${lines}`),
      paint('bold', printable(code)),
      sure ? instead : words.text('migrate.likely') + instead,
    ];
  });
  return aligned(rows);
}

/**
 * @param {{ of: string[], what: string }[]} changes
 * @param {import('../main.js').Page} page
 */
function changeLines(changes, { words, paint }) {
  const groups = /** @type {Map<string, string[]>} */ (new Map());
  for (const { of, what } of changes) {
    const head = words.text('migrate.changes_of', { of });
    groups.set(head, (groups.get(head) ?? []).concat(`  - ${what}`));
  }
  return Array.from(groups, ([head, lines]) => ['', paint('bold', head)].concat(lines)).flat();
}

/**
 * @param {string} diff
 * @param {{ file: string, failed: string | null }[]} written
 * @param {import('../main.js').Page} page
 */
function diffLines(diff, written, { words, paint }) {
  if (diff === '') return [];
  const done = words.text(written.length === 0 ? 'migrate.would_write' : 'migrate.written');
  const failed = written.flatMap(({ file, failed: why }) => {
    if (why === null) return [];
    return [
      `${paint('red', '✗')} ${words.text(why === 'changed' ? 'migrate.changed' : 'migrate.unwritten', { file, why })}`,
    ];
  });
  return ['', paint('bold', done), ...shownLines(diff).map(coloured), ...failed];

  /** @param {string} line */
  function coloured(line) {
    if (/^(?:---|\+\+\+) /.test(line)) return paint('bold', line);
    const colour = /** @type {const} */ ({ '-': 'red', '+': 'green', '@': 'dim' })[line[0]];
    return colour ? paint(colour, line) : line;
  }
}

/** What ends the lines of a file is not to be seen. @param {string} diff */
function shownLines(diff) {
  return printable(diff.replaceAll(/\r$/gm, '')).split('\n');
}

/**
 * @param {any[]} skipped
 * @param {import('../main.js').Page} page
 */
function notRead(skipped, { words, paint }) {
  const whys = [...new Set(skipped.map(({ why }) => why))];
  const lines = whys.map((why) => {
    const paths = skipped
      .filter((one) => one.why === why)
      .map(({ path, detail }) => path + (detail ? ` (${detail})` : ''));
    const facts = { paths: paths.slice(0, 5), more: paths.length - 5 };
    const said = words.text(`migrate.skipped.${why}`, facts);
    return paint('dim', said + (paths.length > 5 ? words.text('migrate.and_more', facts) : ''));
  });
  return lines.length > 0 ? ['', ...lines] : [];
}

/**
 * @param {any[]} found
 * @param {import('../main.js').Page} page
 */
function installLines(found, { words }) {
  const wanted = new Set(found.filter(({ kind }) => kind === 'dependency').map((one) => one.package));
  const names = [...wanted].filter((name) => Object.hasOwn(table.packages, name));
  if (found.every(({ moved }) => moved)) return [];
  const old = names.length > 0 ? [`  npm uninstall ${names.join(' ')}`] : [];
  return ['', words.text('migrate.install'), '  npm install wechat-push', ...old];
}

module.exports = { check, print };
