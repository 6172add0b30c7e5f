'use strict';

/**
 * For `JSON.stringify`: halves of characters, which UTF-8 cannot hold, become U+FFFD.
 * @param {string} _
 * @param {unknown} value
 */
function wellFormed(_, value) {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

/**
 * What a body parser made, as JSON; nothing where there is no JSON for it.
 * @param {object} body
 */
function jsonOf(body) {
  try {
    return JSON.stringify(body) ?? '';
  } catch {
    return '';
  }
}

module.exports = { jsonOf, wellFormed };
