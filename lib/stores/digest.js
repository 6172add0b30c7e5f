'use strict';

const crypto = require('node:crypto');

/**
 * The SHA-1 of a text, in few bytes: what is remembered of a push for long.
 * @type {(text: string, encoding: 'binary' | 'base64url') => string}
 */
const digestOf = crypto.hash ? (text, encoding) => crypto.hash('sha1', text, encoding) : byObject;

/**
 * Node before 20.12 has no quicker way.
 * @param {string} text
 * @param {'binary' | 'base64url'} encoding
 */
function byObject(text, encoding) {
  return crypto.createHash('sha1').update(text).digest(encoding);
}

module.exports = { digestOf };
