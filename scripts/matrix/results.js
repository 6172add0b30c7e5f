'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** What the last runs came to: a table of the pages is made of it. */
const FILE = 'scripts/matrix/results.json';
const target = path.join(__dirname, 'results.json');

/**
 * What became of a cell. Of each adapter: how many tests passed, or why it did not pass.
 * @typedef {import('./parts.js').Cell & { date: string, machine: string, version: string,
 *   versions: Record<string, string>, adapters: Record<string, number | string> }} Result
 */

/** @returns {Result[]} */
function readResults() {
  return fs.existsSync(target) ? JSON.parse(fs.readFileSync(target, 'utf8')) : [];
}

/**
 * Writes down one that was run.
 * @param {Result} result
 * @param {import('./parts.js').Cell[]} cells
 */
function record(result, cells) {
  const all = withResult(result, readResults(), cells);
  // Whoever reads it meanwhile finds the old one or the new one, whole.
  const next = `${target}.${process.pid}`;
  fs.writeFileSync(next, `${JSON.stringify(all, null, 2)}\n`);
  fs.renameSync(next, target);
}

/**
 * In the place of an older one; the others stay as they are, and what is no part of the matrix any more goes.
 * @param {Result} result
 * @param {Result[]} results
 * @param {import('./parts.js').Cell[]} cells of the matrix, in its order
 */
function withResult(result, results, cells) {
  const all = [result, ...results];
  return cells.flatMap((cell) => all.find((one) => isSame(one, cell)) ?? []);
}

/** @param {import('./parts.js').Cell} one @param {import('./parts.js').Cell} other */
function isSame(one, other) {
  return one.runtime === other.runtime && one.engine === other.engine && one.host === other.host;
}

/** Whether it was run at all. @param {any} one @returns {one is Result} */
function isResult(one) {
  return one.adapters !== undefined;
}

/** Why adapters did not pass. @param {Result} result */
function reasons({ adapters }) {
  return Object.entries(adapters).filter(([, one]) => typeof one === 'string');
}

/** In a few words, the machine that this runs on. */
function machine() {
  const { glibcVersionRuntime } = /** @type {any} */ (process.report.getReport()).header;
  const libc =
    process.platform === 'linux' ? `, ${glibcVersionRuntime ? `glibc ${glibcVersionRuntime}` : 'musl'}` : '';
  return `${os.type()} ${process.arch}${libc}`;
}

module.exports = { FILE, isResult, machine, readResults, reasons, record, withResult };
