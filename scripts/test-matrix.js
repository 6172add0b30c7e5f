'use strict';

// The conformance suite on the tarball, in each runtime, with each engine, on each framework:
//   node scripts/test-matrix.js [words] [tarball] [--record]
// Words pick parts, such as "node22 wasm" or "bun deno own"; without any, all are run, which takes half an hour.
// --record puts the results of these parts among those from which the pages' tables are made.

const fs = require('node:fs');
const { runHost } = require('../__test__/frameworks/hosts.js');
const { addonFile } = require('../lib/engine/machine.js');
const { makeApp, versionsIn } = require('./matrix/app.js');
const { cells, pick } = require('./matrix/parts.js');
const { printCell, printTable } = require('./matrix/print.js');
const { isResult, machine, reasons, record } = require('./matrix/results.js');
const { runtimeOf } = require('./matrix/runtimes.js');
const { tarball, workFolder } = require('./tarball/tarball.js');

/** @typedef {import('./matrix/results.js').Result} Result */

/** The file of the tarball that has an engine. */
const FILES = { addon: addonFile(), wasm: 'lib/engine/core.wasm' };

try {
  main(process.argv.slice(2));
} catch (/** @type {any} */ error) {
  process.stderr.write(`test:matrix: ${error.message}\n`);
  process.exitCode = 1;
}

/** @param {string[]} args */
function main(args) {
  const given = args.find((arg) => arg.endsWith('.tgz'));
  const picked = pick(args.filter((arg) => arg !== given && arg !== '--record'));
  const work = workFolder('matrix');
  const packed = tarball(work, given);
  const app = makeApp(work, packed.file, [...new Set(picked.flatMap(needed))]);
  const runtimes = new Map();
  const results = [];
  for (const cell of picked) {
    if (!runtimes.has(cell.runtime)) runtimes.set(cell.runtime, runtimeOf(cell.runtime, app.frameworks));
    const result = { ...cell, ...resultOf(cell, runtimes.get(cell.runtime), { app, packed }) };
    printCell(result);
    if (args.includes('--record') && isResult(result)) record(result, cells);
    results.push(result);
  }
  printTable(results);
  process.exitCode = results.some((one) => isResult(one) && reasons(one).length > 0) ? 1 : 0;
}

/** The hosts that are installed for a cell: a runtime that npm has is one. @param {import('./matrix/parts.js').Cell} cell */
function needed({ runtime, host }) {
  return runtime.startsWith('node') ? [host] : [host, runtime];
}

/**
 * @param {import('./matrix/parts.js').Cell} cell
 * @param {import('./matrix/runtimes.js').Runtime} runtime
 * @returns {Omit<Result, keyof import('./matrix/parts.js').Cell> | { skip: string }}
 */
function resultOf({ engine, host }, runtime, { app, packed }) {
  if ('skip' in runtime) return runtime;
  if (!packed.files.includes(FILES[engine])) return { skip: `the tarball has no ${FILES[engine]}` };
  const { version, ...start } = runtime;
  const env = { ...start.env, WECHAT_PUSH_ENGINE: engine, NEXT_TELEMETRY_DISABLED: '1' };
  const { skip, words, folder, adapters } = runHost(app.frameworks, host, { ...start, env });
  if (skip) return { skip };
  if (folder !== undefined && fs.realpathSync(folder) !== fs.realpathSync(app.installed))
    throw new Error(`${host} did not run on the tarball, but on ${folder}`);
  const counts = Object.entries(adapters).map(([name, one]) => [name, verdict(one)]);
  return {
    version,
    machine: machine(),
    date: new Date().toISOString().slice(0, 10),
    versions: versionsIn(app, host),
    adapters: counts.length > 0 ? Object.fromEntries(counts) : { [host]: words },
  };
}

/** How many tests passed, or why it did not pass. @param {{ passed: number, failed: string[] }} counts */
function verdict({ passed, failed }) {
  if (failed.length === 0) return passed;
  return `${failed.length} of ${passed + failed.length} failed: ${failed.slice(0, 3).join('; ')}`;
}
