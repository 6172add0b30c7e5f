'use strict';

const { stripVTControlCharacters } = require('node:util');

/** Chinese, Japanese and Korean characters and full-width forms, which take two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/gu;

/**
 * Rows as aligned lines.
 * @param {string[][]} rows
 * @param {number[]} [right] the columns that end at the right
 */
function table(rows, right = []) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => width(row[column]))));
  return rows.map((row) =>
    row
      .map((cell, at) => padded(cell, widths[at], right.includes(at)))
      .join('  ')
      .trimEnd(),
  );
}

/**
 * @param {string} cell
 * @param {number} wanted
 * @param {boolean} right
 */
function padded(cell, wanted, right) {
  const blanks = ' '.repeat(wanted - width(cell));
  return right ? blanks + cell : cell + blanks;
}

/** @param {string} text */
function width(text) {
  const bare = stripVTControlCharacters(text);
  return bare.length + (bare.match(WIDE)?.length ?? 0);
}

module.exports = { table };
