'use strict';

// Accounts that a middleware before has named in the request: its Token, or a cryptor.

const { isUint8Array } = require('node:util/types');
const { wrongOption } = require('../errors.js');
const { platformOf } = require('../platforms.js');
const { accountOfCryptor } = require('./cryptor.js');
const { toldByOldNames } = require('./old-config.js');

/** How many letters and digits an EncodingAESKey has. */
const KEY_LENGTH = 43;

/**
 * Chooses, for each request, the middleware of the configured account, or the one of accounts that are named in requests.
 * @template Middleware
 * @param {import('./old-config.js').OldConfig} config
 * @param {(options: any) => Middleware} make
 * @param {(request: any) => { token?: unknown, cryptor?: unknown }} namedIn
 * @returns {(request: any) => Middleware}
 */
function middlewareByAccount(config, make, namedIn) {
  const { account, isNamed, shared } = config;
  const ofNamed = () => make({ ...shared, account: ({ request }) => accountOf(namedIn(request), account) });
  if (!isNamed) {
    const named = ofNamed();
    return () => named;
  }
  const configured = toldByOldNames(config, () => make({ ...account, ...shared }));
  /** @type {Middleware | undefined} */
  let named;
  return (request) => {
    const { token, cryptor } = namedIn(request);
    return token || cryptor ? (named ??= ofNamed()) : configured;
  };
}

/**
 * @param {{ token?: unknown, cryptor?: unknown }} named
 * @param {any} configured
 */
function accountOf({ token, cryptor }, { encodingAESKey, appId, receiveId, platform, mode }) {
  if (cryptor) return { ...accountOfAnyCryptor(cryptor, platform), platform, mode };
  return token ? { token, encodingAESKey, appId, receiveId, platform, mode } : undefined;
}

/**
 * Of ours, or of one of the package `wechat-crypto`.
 * @param {any} cryptor
 * @param {any} platform
 */
function accountOfAnyCryptor(cryptor, platform) {
  const { appId: id, ...keys } = accountOfCryptor(cryptor) ?? accountOfTheirs(cryptor);
  return platformOf(platform).hasReceiveId ? { ...keys, receiveId: id } : { ...keys, appId: id };
}

/** @param {any} cryptor */
function accountOfTheirs({ token, key, id }) {
  if (typeof token === 'string' && typeof id === 'string' && isUint8Array(key)) {
    const encodingAESKey = Buffer.from(key).toString('base64').slice(0, KEY_LENGTH);
    return { token, encodingAESKey, appId: id };
  }
  throw wrongOption('cryptor', 'must be made by new WXBizMsgCrypt(…) of wechat-push/compat/wechat-crypto');
}

module.exports = { middlewareByAccount };
