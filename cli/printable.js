'use strict';

/**
 * Foreign text without what a terminal would obey: control characters, and those that turn the
 * direction of writing.
 * @param {string} text
 */
function printable(text) {
  return text
    .toWellFormed()
    .replace(/(?![\n\t])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '\ufffd');
}

module.exports = { printable };
