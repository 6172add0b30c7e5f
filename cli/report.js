'use strict';

const { printable } = require('./printable.js');
const { table } = require('./table.js');

const MARKS = { pass: '✓', note: '!', fail: '✗', skip: '–' };
const STYLES = /** @type {const} */ ({ pass: 'green', note: 'yellow', fail: 'red', skip: 'dim' });

/**
 * One check in words, as `--json` shows it.
 * @typedef {object} Row
 * @property {string} check
 * @property {string | null} mode
 * @property {string | null} format
 * @property {string | null} receiver whom the message was for, where there are several
 * @property {'pass' | 'note' | 'fail' | 'skip'} verdict
 * @property {number | null} status of the answer
 * @property {number | null} duration of the exchange, in milliseconds
 * @property {string | null} said what was found, when nothing is wrong
 * @property {string | null} finding a stable name
 * @property {string | null} cause
 * @property {string | null} next what to do
 * @property {string | null} detail in English
 */

/**
 * @param {string} check
 * @param {import('./checks.js').Checked} found
 * @param {import('./words.js').Words} words
 * @param {{ mode?: string, format?: string, receiver?: string }} [of]
 * @returns {Row}
 */
function rowOf(check, { verdict, finding, said, detail, answer }, words, { mode, format, receiver } = {}) {
  const wrong = finding ? words.finding(finding) : { finding: null, cause: null, next: null };
  return {
    check,
    mode: mode ?? null,
    format: format ?? null,
    receiver: receiver ?? null,
    verdict,
    status: answer?.status ?? null,
    duration: answer?.duration ?? null,
    said: said ? words.text(`said.${said.key}`, said.facts) : null,
    ...wrong,
    detail: detail ? printable(detail) : null,
  };
}

/**
 * The rows as a table.
 * @param {Row[]} rows
 * @param {import('./main.js').Page} page
 */
function tableOf(rows, { words, paint }) {
  const head = ['', ...['check', 'status', 'time', 'result'].map((name) => words.text(`column.${name}`))];
  const problems = groupsOf(rows);
  const lines = rows.map((row) => [
    paint(STYLES[row.verdict], MARKS[row.verdict]),
    nameOf(row, words),
    String(row.status ?? ''),
    row.duration === null ? '' : words.time(row.duration),
    row.said ?? words.text('said.see', { n: problems.findIndex((same) => same.includes(row)) + 1 }),
  ]);
  return table([head.map((name) => paint('dim', name)), ...lines], [2, 3]);
}

/**
 * What is wrong and what to do, each finding only once.
 * @param {Row[]} rows
 * @param {import('./main.js').Page} page
 */
function problemsOf(rows, page) {
  return groupsOf(rows).flatMap((same, at) => problem(same, at + 1, page));
}

/**
 * The rows with a finding, those with the same one together.
 * @param {Row[]} rows
 */
function groupsOf(rows) {
  const wrong = rows.filter((row) => row.finding !== null);
  const isFirst = (/** @type {Row} */ row) => wrong.find((one) => isSame(one, row)) === row;
  return wrong.filter(isFirst).map((row) => wrong.filter((one) => isSame(one, row)));
}

/**
 * @param {Row} a
 * @param {Row} b
 */
function isSame(a, b) {
  return a.verdict === b.verdict && a.cause === b.cause;
}

/**
 * @param {Row[]} alike
 * @param {number} number that the table refers to
 * @param {import('./main.js').Page} page
 */
function problem(alike, number, { words, paint }) {
  const [{ verdict, cause, next, detail }] = alike;
  const names = alike.map((row) => nameOf(row, words)).join(words.text('list_comma'));
  const mark = paint(STYLES[verdict], MARKS[verdict]);
  const more = detail ? [`  ${paint('dim', words.text('detail', { detail }))}`] : [];
  return [
    '',
    `${mark} ${number}. ${paint('bold', names)}${words.text('colon')}${cause}`,
    ...more,
    `  → ${next}`,
  ];
}

/**
 * @param {Row} row
 * @param {import('./words.js').Words} words
 */
function nameOf({ check, mode, format, receiver }, words) {
  const name = words.text(`check.${check}`);
  const modeName = mode && words.text(`mode.${mode}`);
  const ways = [modeName, format?.toUpperCase(), receiver && `“${receiver}”`].filter(Boolean);
  return ways.length === 0 ? name : name + words.text('way', { ways: ways.join(words.text('way_comma')) });
}

/** Whether nothing failed. @param {Row[]} rows */
function isFine(rows) {
  return rows.every((row) => row.verdict !== 'fail');
}

module.exports = { isFine, problemsOf, rowOf, tableOf };
