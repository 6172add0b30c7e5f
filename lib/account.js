'use strict';

const { createHash } = require('node:crypto');
const engine = require('./engine/index.js');
const { wrongOption } = require('./errors.js');

/**
 * Opens an account in the engine, which keeps its secrets.
 * @typedef {import('./engine/addon.js').EngineAccount & { identities: string[] }} Account `identities` has what stores
 *   know the account by: its AppID, else for each Token a hash of it
 *
 * @param {import('./engine/addon.js').EngineOptions} options
 * @returns {Account}
 */
function openAccount(options) {
  const opened = engine.openAccount(options);
  if ('option' in opened) throw wrongOption(opened.option, opened.message);
  return Object.assign(opened, { identities: identitiesOf(options) });
}

/**
 * Applications of one company have one CorpID and get the same events, so that their Tokens tell them apart.
 * @param {import('./engine/addon.js').EngineOptions} options
 */
function identitiesOf({ appId, receiveIds, tokens }) {
  if (appId !== undefined) return [appId];
  return tokens.map((token) => hashOf(receiveIds ? JSON.stringify([token, ...receiveIds]) : token));
}

/** @param {string} token */
function hashOf(token) {
  return createHash('sha256').update(token).digest('base64url').slice(0, 16);
}

module.exports = { openAccount };
