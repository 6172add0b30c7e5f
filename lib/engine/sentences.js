'use strict';

/**
 * What the core has to say, which it is given at the first use: in it, each platform would carry it once more, and
 * reading it takes longer than all else before the first push. Hints, what to do about reasons, what is held against
 * replies: of each its key, both texts and what becomes of the reply, one after another.
 * @returns {[hints: string[], fixes: string[], replies: string[]]}
 */
function sentences() {
  const { hints, reasons, replies } = require('../../core/hints.json');
  return [rows(hints), rows(fixesOf(reasons)), rows(replies)];
}

/** @param {Record<string, any>} entries */
function rows(entries) {
  return Object.entries(entries).flatMap(([key, { en, zh, outcome = '' }]) => [key, en, zh, outcome]);
}

/** @param {Record<string, any>} reasons */
function fixesOf(reasons) {
  return Object.fromEntries(Object.entries(reasons).map(([reason, { fix }]) => [reason, fix]));
}

module.exports = { sentences };
