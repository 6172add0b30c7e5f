'use strict';

const { isResult, reasons } = require('./results.js');

/** @param {any} result */
function printCell({ runtime, engine, host, adapters, skip }) {
  const seconds = String(Math.round(performance.now() / 1000)).padStart(5);
  const words = adapters ? `${Object.keys(adapters).length} adapters` : `not tested: ${skip}`;
  process.stdout.write(`${seconds} s  ${runtime} ${engine} ${host}: ${words}\n`);
}

/** A line for each adapter, a column for each runtime with each engine. */
function printTable(results) {
  const columns = [...new Set(results.map(columnOf))];
  const tested = results.filter(isResult);
  const adapters = [...new Set(tested.flatMap((one) => Object.keys(one.adapters)))];
  const wide = Math.max(0, ...adapters.map((name) => name.length));
  const row = (first, others) => `${first.padEnd(wide)}  ${others.join('  ')}\n`;
  process.stdout.write(`\n${row('', columns)}`);
  for (const name of adapters) {
    const cellOf = (column) => tested.find((one) => columnOf(one) === column && name in one.adapters);
    const cellsOfRow = columns.map((column) => {
      const word = { number: 'pass', string: 'FAIL', undefined: '-' }[typeof cellOf(column)?.adapters[name]];
      return word.padEnd(column.length);
    });
    process.stdout.write(row(name, cellsOfRow));
  }
  process.stdout.write('\n');
  for (const result of tested)
    for (const [name, why] of reasons(result)) process.stdout.write(`${columnOf(result)}, ${name}: ${why}\n`);
  for (const one of results.filter((any) => !isResult(any)))
    process.stdout.write(`${columnOf(one)}, ${one.host}: not tested: ${one.skip}\n`);
}

function columnOf({ runtime, engine }) {
  return `${runtime} ${engine}`;
}

module.exports = { printCell, printTable };
