'use strict';

const { checkKey, opened, sealed, signatureOf, textOf } = require('./envelope.js');

/** Documented in compat/wechat-crypto.d.ts. */
class WXBizMsgCrypt {
  #token;
  #encodingAESKey;

  /**
   * @param {unknown} token
   * @param {unknown} encodingAESKey
   * @param {unknown} id
   */
  constructor(token, encodingAESKey, id) {
    this.#token = textOf('token', token, 1);
    checkKey(encodingAESKey);
    this.#encodingAESKey = /** @type {string} */ (encodingAESKey);
    this.id = textOf('id', id, 1);
  }

  /**
   * @param {unknown} timestamp
   * @param {unknown} nonce
   * @param {unknown} encrypt
   */
  getSignature(timestamp, nonce, encrypt) {
    return signatureOf(this.#token, timestamp, nonce, encrypt);
  }

  /** @param {unknown} text */
  decrypt(text) {
    const { message, id } = opened(this.#encodingAESKey, text);
    return { message, id };
  }

  /** @param {unknown} text */
  encrypt(text) {
    return sealed(this.#encodingAESKey, text, this.id);
  }

  /**
   * The account that it stands for; nothing where it is none of ours.
   * @param {any} cryptor
   */
  static accountOf(cryptor) {
    if (typeof cryptor !== 'object' || cryptor === null || !(#token in cryptor)) return undefined;
    return { token: cryptor.#token, encodingAESKey: cryptor.#encodingAESKey, appId: cryptor.id };
  }
}

const { accountOf } = WXBizMsgCrypt;
// It would hand the secrets out to whoever has the class.
Reflect.deleteProperty(WXBizMsgCrypt, 'accountOf');

module.exports = { WXBizMsgCrypt, accountOfCryptor: accountOf };
