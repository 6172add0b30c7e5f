'use strict';

// core/rows.json: what the core needs of the table.

/** The rows by family and kind. An info that has the fields of an event of its name is found there. */
function coreRows(all) {
  const rows = all.filter((row) => row.kind !== 'InfoType' || !all.some((other) => isEventOf(row, other)));
  const kindOf = ({ family, kind }) => `${family} ${kind}`;
  const kinds = [...new Set(rows.map(kindOf))];
  const lines = kinds.map((kind) => [kind, linesOf(rows.filter((row) => kindOf(row) === kind))]);
  return JSON.stringify(Object.fromEntries(lines));
}

function isEventOf(info, { family, kind, name, text }) {
  return kind === 'Event' && family === info.family && name === info.name && text === info.text;
}

/** Sorted by name, for the core searches in them. */
function linesOf(rows) {
  return rows
    .flatMap((row) => [row.name, ...row.formerly].map((name) => ({ name, line: lineOf(name, row) })))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ line }) => line);
}

/** What `Row::read` reads. */
function lineOf(name, { text, answer }) {
  return `${name} ${answer} ${text}`;
}

module.exports = { coreRows };
