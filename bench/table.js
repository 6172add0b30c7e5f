'use strict';

/**
 * Prints one group: the first row is ours, every other says how often ours fits into it. Or lines as they are.
 * @param {{ title: string, rows?: [name: string, ns: number, must?: string][], lines?: string[] }} table
 */
function printTable({ title, rows, lines = [] }) {
  if (!rows) return console.log([`\n${title}`, ...lines].join('\n  '));
  const [, ours] = rows[0];
  const width = Math.max(...rows.map(([name]) => name.length));
  console.log(`\n${title}`);
  for (const [name, ns, must = ''] of rows) {
    const ratio = name === rows[0][0] ? '' : `${(ns / ours).toFixed(2)}×`;
    console.log(`  ${name.padEnd(width)}  ${ns.toFixed(0).padStart(8)} ns  ${ratio.padStart(8)}  ${must}`);
  }
}

module.exports = { printTable };
