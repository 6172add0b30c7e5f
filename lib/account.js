'use strict';

const engine = require('./engine/index.js');
const { wrongOption } = require('./errors.js');
const { platformOf } = require('./platforms.js');
const { trusts } = require('./trusts.js');

/**
 * Opens an account in the engine, which keeps its secrets.
 * @typedef {{ number: number, identity: string | undefined, identities: string[], opened: import('./engine/addon.js').EngineAccount, shown: Readonly<import('..').PushAccount>, headers: string[] | undefined, bodyLimit: number, grows: boolean }} Account
 *   `opened` keeps it open; `identities` has what stores know the account by, for each Token or for all, and `identity` is
 *   the latter; `shown` is what handlers see of it, and `grows` says whether its users are shown a text while it grows
 *
 * @param {import('./engine/addon.js').EngineOptions} options
 * @param {string} [name] what its owner calls it
 * @returns {Account}
 */
function openAccount(options, name) {
  const opened = engine.openAccount(options);
  if ('option' in opened) throw wrongOption(opened.option, opened.message);
  const { appId, platform, bodyLimit } = options;
  const identities = identitiesOf(options, name);
  // Spelt out, and first what each push needs, so that it lies in one place: of thousands of accounts none is in the
  // processor's caches.
  return {
    number: opened.number,
    identity: identities.length === 1 ? identities[0] : undefined,
    headers: trusts.get(options.trust ?? ''),
    bodyLimit,
    grows: platformOf(platform).isBot,
    identities,
    shown: shownOf({ name, appId, platform }),
    opened,
  };
}

/** What stores know an account by, of a request that this Token signed. @param {Account} account @param {number} token */
function identityBy({ identity, identities }, token) {
  return identity ?? identities[token] ?? identities[0];
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
function identitiesOf({ appId, receiveIds, tokens, trust = '' }, name) {
  if (name !== undefined) return [`@${escaped(name)}`];
  if (appId !== undefined) return [escaped(appId)];
  if (tokens.length === 0) return [trust];
  // Applications of one company have one CorpID and get the same events, so that their Tokens tell them apart.
  return tokens.map((token) => hashOf(receiveIds ? JSON.stringify([token, ...receiveIds]) : token));
}

/** Without what ends an identity, or marks a name. @param {string} text */
function escaped(text) {
  return text.replace(/[%:@]/g, encodeURIComponent);
}

/** @param {string} token */
function hashOf(token) {
  // Not at the top, as with an AppID nothing needs it, and it takes milliseconds to load.
  const { createHash } = require('node:crypto');
  return createHash('sha256').update(token).digest('base64url').slice(0, 16);
}

module.exports = { identityBy, openAccount };
