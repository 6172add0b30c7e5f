'use strict';

const { createHash } = require('node:crypto');
const engine = require('./engine/index.js');
const { wrongOption } = require('./errors.js');

/**
 * Opens an account in the engine, which keeps its secrets.
 * @typedef {import('./engine/addon.js').EngineAccount & { identities: string[], shown: Readonly<import('..').PushAccount>, bodyLimit: number }} Account
 *   `identities` has what stores know the account by, for each Token or for all; `shown` is what handlers see of it
 *
 * @param {import('./engine/addon.js').EngineOptions} options
 * @param {string} [name] what its owner calls it
 * @returns {Account}
 */
function openAccount(options, name) {
  const opened = engine.openAccount(options);
  if ('option' in opened) throw wrongOption(opened.option, opened.message);
  const { appId, platform, bodyLimit } = options;
  const shown = shownOf({ name, appId, platform });
  return Object.assign(opened, { identities: identitiesOf(options, name), shown, bodyLimit });
}

/** What is there of it. @param {Record<string, string | undefined>} parts */
function shownOf(parts) {
  return Object.freeze(Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)));
}

/**
 * What tells the account from all others in a store: its name, which its owner alone chooses; else its AppID; else for
 * each Token a hash of it. No two accounts have the same, whatever they are called.
 * @param {import('./engine/addon.js').EngineOptions} options
 * @param {string} [name]
 */
function identitiesOf({ appId, tokens }, name) {
  if (name !== undefined) return [`@${escaped(name)}`];
  return appId === undefined ? tokens.map(hashOf) : [escaped(appId)];
}

/** Without what ends an identity, or marks a name. @param {string} text */
function escaped(text) {
  return text.replace(/[%:@]/g, encodeURIComponent);
}

/** @param {string} token */
function hashOf(token) {
  return createHash('sha256').update(token).digest('base64url').slice(0, 16);
}

module.exports = { openAccount };
