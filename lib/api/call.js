'use strict';

const { isTokenRejected } = require('./api-error.js');
const { request } = require('./request.js');

/**
 * Calls an interface with an access token; once more with another when that is rejected.
 * @param {import('./request.js').Api} api
 * @param {import('./token.js').Token} token
 * @param {string} path
 * @param {any} [body]
 * @param {AbortSignal} [signal]
 */
async function callWithToken(api, token, path, body, signal) {
  const send = (/** @type {string} */ used) =>
    request(api, path, { query: { access_token: used }, body, signal });
  const used = await token.get();
  try {
    return await send(used);
  } catch (error) {
    if (!isTokenRejected(error)) throw error;
    const other = await token.replace(used);
    if (other === used) throw error;
    return send(other);
  }
}

module.exports = { callWithToken };
