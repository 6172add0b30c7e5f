'use strict';

/** Control characters, and those that turn the direction of writing, without line breaks and tabs. */
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * Text from elsewhere without the characters that would control a terminal.
 * @param {string} text
 */
function printable(text) {
  return text.toWellFormed().replace(UNPRINTABLE, '\ufffd');
}

/**
 * A value as JSON in which characters that would control a terminal are escaped.
 * @param {unknown} value
 */
function printableJson(value) {
  const escaped = (/** @type {string} */ c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, null, 2).replace(UNPRINTABLE, escaped);
}

module.exports = { printable, printableJson };
