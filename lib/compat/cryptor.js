'use strict';

const { checkKey, opened, sealed, signatureOf, textOf } = require('./envelope.js');

/**
 * The account that each stands for, where nobody who prints it sees the secrets.
 * @type {WeakMap<object, { token: string, encodingAESKey: string, appId: string }>}
 */
const accounts = new WeakMap();

/** Documented in compat/wechat-crypto.d.ts. */
class WXBizMsgCrypt {
  /**
   * @param {any} token
   * @param {any} encodingAESKey
   * @param {any} id
   */
  constructor(token, encodingAESKey, id) {
    checkKey(encodingAESKey);
    this.id = textOf('id', id, 1);
    accounts.set(this, { token: textOf('token', token, 1), encodingAESKey, appId: this.id });
  }

  /**
   * @param {unknown} timestamp
   * @param {unknown} nonce
   * @param {unknown} encrypt
   */
  getSignature(timestamp, nonce, encrypt) {
    return signatureOf(accountOfCryptor(this)?.token, timestamp, nonce, encrypt);
  }

  /** @param {unknown} text */
  decrypt(text) {
    const { message, id } = opened(accountOfCryptor(this)?.encodingAESKey, text);
    return { message, id };
  }

  /** @param {unknown} text */
  encrypt(text) {
    return sealed(accountOfCryptor(this)?.encodingAESKey, text, this.id);
  }
}

/** Nothing where it is none of ours. @param {any} cryptor */
function accountOfCryptor(cryptor) {
  return accounts.get(cryptor);
}

module.exports = { WXBizMsgCrypt, accountOfCryptor };
