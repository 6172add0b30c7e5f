'use strict';

const { createHash } = require('node:crypto');
const engine = require('./engine/index.js');
const { wrongOption } = require('./errors.js');
const { trusts } = require('./trusts.js');

/**
 * Opens an account in the engine, which keeps its secrets.
 * @typedef {import('./engine/addon.js').EngineAccount & { identities: string[], headers: string[] | undefined }} Account
 *   `identities` has what stores know the account by: its AppID, else for each Token a hash of it; `headers`, of an account
 *   that trusts, are those by which pushes without a signature are known
 *
 * @param {import('./engine/addon.js').EngineOptions} options
 * @returns {Account}
 */
function openAccount(options) {
  const opened = engine.openAccount(options);
  if ('option' in opened) throw wrongOption(opened.option, opened.message);
  return Object.assign(opened, {
    identities: identitiesOf(options),
    headers: trusts.get(options.trust ?? ''),
  });
}

/**
 * Applications of one company have one CorpID and get the same events, so that their Tokens tell them apart.
 * @param {import('./engine/addon.js').EngineOptions} options
 */
function identitiesOf({ appId, receiveIds, tokens, trust = '' }) {
  if (appId !== undefined) return [appId];
  if (tokens.length === 0) return [trust];
  return tokens.map((token) => hashOf(receiveIds ? JSON.stringify([token, ...receiveIds]) : token));
}

/** @param {string} token */
function hashOf(token) {
  return createHash('sha256').update(token).digest('base64url').slice(0, 16);
}

module.exports = { openAccount };
