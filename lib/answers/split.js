'use strict';

const engine = require('../engine/index.js');

/**
 * The beginning of a text that has at most so many bytes of UTF-8, and the rest: cut after a sentence, a line or a word,
 * else between two characters; not in a link, nor in a block of code but where that is longer than a part, in which case
 * it is closed, and opened again in the rest. Blank lines at the cut go.
 * @param {string} text
 * @param {number} bytes 16 or more
 * @returns {[first: string, rest: string]}
 */
function splitText(text, bytes) {
  return split(text, bytes, false);
}

/**
 * The same of a text that is still being written: what is not finished belongs to the rest, too, the last sentence or
 * the last word.
 * @param {string} text
 * @param {number} bytes 16 or more
 * @returns {[finished: string, rest: string]}
 */
function splitGrowing(text, bytes) {
  return split(text, bytes, true);
}

/**
 * @param {string} text
 * @param {number} bytes
 * @param {boolean} isGrowing
 * @returns {[string, string]}
 */
function split(text, bytes, isGrowing) {
  const near = farEnough(text, bytes);
  const [first, pieces] = engine.split(text.slice(0, near), bytes, isGrowing);
  const rest = (typeof pieces === 'string' ? pieces : pieces.join('')) + text.slice(near);
  return rest === '' ? [first, rest] : [first.trimEnd(), rest.replace(BLANK_LINES, '')];
}

/**
 * So much of a text is looked at: twice the bytes of a part, so that a part costs the same however long the text is.
 * @param {string} text
 * @param {number} bytes
 */
function farEnough(text, bytes) {
  const units = bytes * 2 + 4;
  const isInsideCharacter = text.charCodeAt(units) >> 10 === LOW_SURROGATE;
  return isInsideCharacter ? units + 1 : units;
}

const LOW_SURROGATE = 0xdc00 >> 10;
const BLANK_LINES = /^(?:[^\S\n]*\n)+/;

module.exports = { BLANK_LINES, splitGrowing, splitText };
