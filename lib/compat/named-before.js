'use strict';

// Accounts that a middleware before has named in the request: its Token, or a cryptor.

const { isUint8Array } = require('node:util/types');
const { wrongOption } = require('../errors.js');
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
  const { account, shared } = config;
  const ofNamed = () => make({ ...shared, account: ({ request }) => accountOf(namedIn(request), account) });
  if (!account) {
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
function accountOf({ token, cryptor }, configured) {
  const mode = configured?.mode;
  if (cryptor) return { ...accountOfAnyCryptor(cryptor), mode };
  if (!token) return undefined;
  const { encodingAESKey, appId, platform } = configured ?? {};
  return { token, encodingAESKey, appId, platform, mode };
}

/** Ours, or one of the package `wechat-crypto`. @param {any} cryptor */
function accountOfAnyCryptor(cryptor) {
  const ours = accountOfCryptor(cryptor);
  if (ours) return ours;
  const { token, key, id } = cryptor;
  if (typeof token === 'string' && typeof id === 'string' && isUint8Array(key)) {
    const encodingAESKey = Buffer.from(key).toString('base64').slice(0, KEY_LENGTH);
    return { token, encodingAESKey, appId: id };
  }
  throw wrongOption('cryptor', 'must be made by new WXBizMsgCrypt(…) of wechat-push/compat/wechat-crypto');
}

module.exports = { middlewareByAccount };
