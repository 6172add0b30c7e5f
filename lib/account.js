'use strict';

const { createHash } = require('node:crypto');
const engine = require('./engine/index.js');
const { wrongOption } = require('./errors.js');

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
  return Object.assign(opened, { identities: identitiesOf(options), headers: headersOf(options) });
}

/** @param {import('./engine/addon.js').EngineOptions} options */
function identitiesOf({ appId, tokens, trust = '' }) {
  if (appId !== undefined) return [appId];
  return tokens.length > 0 ? tokens.map(hashOf) : [trust];
}

/** @param {import('./engine/addon.js').EngineOptions} options */
function headersOf({ trust }) {
  if (trust === undefined) return undefined;
  const [, ...headers] =
    engine
      .trusts()
      .map((one) => one.split(' '))
      .find(([name]) => name === trust) ?? [];
  return headers;
}

/** @param {string} token */
function hashOf(token) {
  return createHash('sha256').update(token).digest('base64url').slice(0, 16);
}

module.exports = { openAccount };
