'use strict';

/**
 * For `JSON.stringify`: halves of characters, which UTF-8 cannot hold, become U+FFFD.
 * @param {string} _
 * @param {unknown} value
 */
function wellFormed(_, value) {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

module.exports = { wellFormed };
