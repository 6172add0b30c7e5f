'use strict';

/**
 * The word that was probably meant, or undefined when none is near.
 * @param {string} word
 * @param {string[]} known
 * @param {(one: string) => number} most how many letters may differ
 */
function nearest(word, known, most = (one) => Math.max(1, Math.floor(one.length / 3))) {
  const near = known
    .map((one) => ({ one, differing: distance(word.toLowerCase(), one.toLowerCase()) }))
    .filter(({ one, differing }) => differing <= most(one));
  return near.toSorted((a, b) => a.differing - b.differing)[0]?.one;
}

/**
 * How many letters differ; two that changed places count as one (optimal string alignment).
 * @param {string} a
 * @param {string} b
 */
function distance(a, b) {
  let before = /** @type {number[]} */ ([]);
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1] + Number(a[i - 1] !== b[j - 1]);
      const areSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = areSwapped ? before[j - 2] + 1 : Infinity;
      next.push(Math.min(changed, swapped, row[j] + 1, next[j - 1] + 1));
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}

module.exports = { nearest };
