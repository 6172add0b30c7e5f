/**
 * What the package `wechat-crypto` is, on the core of this package: signs, opens and seals the envelopes of one account.
 * How it differs, and why: docs/compat.md.
 *
 * Like its model it does not say whom a message is from: compare the signature, with `crypto.timingSafeEqual`, before
 * you open anything, and `id` after. `createReceiver` of this package does both.
 *
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/Technical_Plan.html
 */
declare class WXBizMsgCrypt {
  /**
   * @param token The Token from WeChat's console.
   * @param encodingAESKey The EncodingAESKey: 43 letters and digits.
   * @param id The AppID, of WeCom the CorpID.
   * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, with the name in `option`, when one of them is wrong.
   */
  constructor(token: string, encodingAESKey: string, id: string);

  readonly id: string;

  /** The `msg_signature`: 40 lower-case hexadecimal digits. */
  getSignature(timestamp: string | number, nonce: string | number, encrypt: string): string;

  /**
   * Opens the text of `Encrypt`.
   * @throws {TypeError} `ERR_WECHAT_PUSH_ENVELOPE`, with a `reason`, when it is no base64, does not decrypt under this
   *   key, or has wrong lengths or text.
   */
  decrypt(text: string): { message: string; id: string };

  /** Seals a message: gives the text of `Encrypt`. */
  encrypt(text: string): string;
}

declare namespace WXBizMsgCrypt {}

export = WXBizMsgCrypt;
