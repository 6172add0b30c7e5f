'use strict';

// What the core is given before the first call that needs it, when this is loaded, too: in it, each platform would carry it once more, and
// reading it takes longer than all else before the first push.

/** The rows of all messages: of each kind its name and its rows, in lines. @returns {string[]} */
function rows() {
  return Object.entries(require('../../core/rows.json')).flatMap(([kind, lines]) => [kind, lines.join('\n')]);
}

/**
 * What the core has to say. Hints, what to do about reasons, what is held against replies: of each its key, both texts
 * and what becomes of the reply, one after another.
 * @returns {[hints: string[], fixes: string[], replies: string[]]}
 */
function sentences() {
  const { hints, reasons, replies } = require('../../core/hints.json');
  return [textsOf(hints), textsOf(fixesOf(reasons)), textsOf(replies)];
}

/** @param {Record<string, any>} entries */
function textsOf(entries) {
  return Object.entries(entries).flatMap(([key, { en, zh, outcome = '' }]) => [key, en, zh, outcome]);
}

/** @param {Record<string, any>} reasons */
function fixesOf(reasons) {
  return Object.fromEntries(Object.entries(reasons).map(([reason, { fix }]) => [reason, fix]));
}

module.exports = { rows, sentences };
