'use strict';

const engine = require('./engine/index.js');
const { tokenArgument } = require('./options.js');

/** How many tokens are kept ready, for apps that serve many accounts. */
const MAX_READY = 1000;

/** @type {Map<string, Check>} the checks of tokens that were seen, which are good strings */
const ready = new Map();

/** The last call's, which in most apps is the only one. */
let last = { token: /** @type {unknown} */ (Symbol('none yet')), check: /** @type {Check} */ (() => false) };

/** @typedef {(signature: string, timestamp: string, nonce: string) => boolean} Check */

/** Documented in index.d.ts. @type {typeof import('..').checkPush} */
function checkPush(query, token) {
  if (token === last.token) return matches(query, last.check);
  const tokens = tokenArgument(token);
  if (typeof token !== 'string') return tokens.some((one) => matches(query, checkOf(one)));
  last = { token, check: checkOf(token) };
  return matches(query, last.check);
}

/** @param {string} token */
function checkOf(token) {
  let check = ready.get(token);
  if (!check) {
    if (ready.size === MAX_READY) ready.clear();
    check = engine.checker(token);
    ready.set(token, check);
  }
  return check;
}

/**
 * @param {any} query
 * @param {Check} check
 */
function matches(query, check) {
  if (query === null || query === undefined) return false;
  try {
    const { signature, timestamp, nonce } = query;
    return (
      typeof signature === 'string' &&
      typeof timestamp === 'string' &&
      typeof nonce === 'string' &&
      check(signature, timestamp, nonce)
    );
  } catch {
    // A getter or a proxy may throw; then the query matches nothing.
    return false;
  }
}

module.exports = { checkPush };
