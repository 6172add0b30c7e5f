/// <reference types="node" />

/**
 * The `msg_signature`: 40 lower-case hexadecimal digits. Compare it with `crypto.timingSafeEqual`.
 *
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS`, with the name in `option`, when one of them is no text.
 * @see https://developer.work.weixin.qq.com/document/path/90968
 */
export function getSignature(
  token: string,
  timestamp: string | number,
  nonce: string | number,
  encrypt: string,
): string;

/**
 * Opens the text of `Encrypt`, whose signature you have compared; compare `id` next.
 *
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when the EncodingAESKey is wrong; `ERR_WECHAT_PUSH_ENVELOPE`, with a
 *   `reason`, when the text is no base64, does not decrypt under this key, or has wrong lengths or text.
 */
export function decrypt(
  encodingAESKey: string,
  encrypt: string,
): { message: string; id: string; random: Buffer };

/**
 * Seals a message: gives the text of `Encrypt`.
 *
 * @param id Whom it is for: the CorpID, the SuiteID or `''`.
 * @param random 16 bytes; those of the system by default.
 */
export function encrypt(encodingAESKey: string, message: string, id: string, random?: Uint8Array): string;

export interface GetJsApiSignatureOptions {
  /** Of the page; what begins with `#` does not count. */
  url: string;
  /** The `jsapi_ticket`. */
  ticket: string;
  /** Random by default. */
  nonceStr?: string;
  /** Seconds since 1970; the clock's time by default. */
  timestamp?: number | string;
}

/**
 * The signature that a page hands to WeCom's JS-SDK.
 * @see https://developer.work.weixin.qq.com/document/path/90506
 */
export function getJsApiSignature(options: GetJsApiSignatureOptions): {
  timestamp: string | number;
  nonceStr: string;
  signature: string;
};
