'use strict';

const native = require('./native.js');
const { tokensOf } = require('./options.js');

/** @type {unknown} the token that the last call brought, known to be a good string */
let known;

/** Documented in index.d.ts. @type {typeof import('..').checkPush} */
function checkPush(query, token) {
  if (token !== known) {
    const tokens = tokensOf(token);
    if (typeof token !== 'string') return tokens.some((one) => matches(query, one));
    known = token;
  }
  return matches(query, /** @type {string} */ (token));
}

/**
 * @param {any} query
 * @param {string} token
 */
function matches(query, token) {
  if (query === null || query === undefined) return false;
  const { signature, timestamp, nonce } = query;
  return (
    typeof signature === 'string' &&
    typeof timestamp === 'string' &&
    typeof nonce === 'string' &&
    native.checkSignature(signature, timestamp, nonce, token)
  );
}

module.exports = { checkPush };
