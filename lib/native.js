'use strict';

const path = require('node:path');
const { addonFile, platformName } = require('./platform.js');

/**
 * One account's calls into Rust.
 * @typedef {object} NativeAccount
 * @property {(url: string) => string} receiveGet
 *   `H` and the echostr; `R` and the rejection as JSON; or a message as JSON, and after a unit
 *   separator each its id, its ticket and its proof
 * @property {(url: string, body: Uint8Array | string, now: number, parsed: boolean) => string | [string, ...(string | string[])[]]} receivePost
 *   the same; `parsed` when the body is JSON of what a body parser made. Where long texts stand beside the
 *   JSON, an array of it and of them, a long one in pieces; the JSON has a unit separator and its place for each
 * @property {(url: string, now: number) => string} checkUrl `R` and the rejection as JSON, or nothing
 * @property {(body: Uint8Array | string, parsed: boolean) => string} plaintext of a push that was received
 * @property {(ticket: string, value: string, now: number, json: boolean) => string} reply
 *   `T`, `X` or `J` and a body as text, XML or JSON, or `E` and why the value cannot be sent
 * @property {(now: number) => string} handshakeRequest
 *   what WeChat sends, as JSON, or `E` and why not
 * @property {(message: string, now: number, json: boolean) => string} pushRequest the same
 * @property {(message: string, body: Uint8Array | string, json: boolean) => string} readAnswer
 *   the reply to a message (or to `''`) as JSON, `N` for none, or `F` and the flaw as JSON
 */

/**
 * What the addon exports; `src/lib.rs` is the other side.
 * @typedef {object} Native
 * @property {(token: string) => (signature: string, timestamp: string, nonce: string) => boolean} checker
 * @property {() => void} nothing what crossing into Rust costs by itself; for the benchmark
 * @property {(options: NativeOptions) => NativeAccount | { option: string, message: string }} account
 * @property {(url: string) => import('..').PushQuery} query
 * @property {(reason: string, limit: number) => string} refusal
 * @property {(appKey: string, event: string, payload: string, given: string) => boolean} payEventSigMatches
 * @property {(token: string) => string | null} doubtfulToken
 * @property {(status: number, contentEncoding?: string, location?: string) => string | null} answerFlaw
 *   why WeChat does not look into such an answer, as JSON
 * @property {(body: Uint8Array, echostr: string) => string | null} echoFlaw
 *   why the body does not answer the handshake, as JSON
 * @property {(asked: Asked, accounts: NamedAccount[], chinese: boolean) => string} explain an explanation as JSON
 * @property {(reason: string, chinese: boolean) => string} hint what to do about a reason
 */

/**
 * @typedef {object} NativeOptions
 * @property {string[]} tokens
 * @property {string[]} encodingAesKeys
 * @property {string | undefined} appId
 * @property {string | undefined} mode
 * @property {number} tolerance
 * @property {number} bodyLimit
 */

/**
 * @typedef {object} Asked
 * @property {string | undefined} method
 * @property {string} text a URL, a query, or a line that holds one
 * @property {Uint8Array | undefined} body
 * @property {boolean} parsed when the body is JSON of what a body parser made
 * @property {number | undefined} now in seconds
 */

/**
 * @typedef {object} NamedAccount
 * @property {string} name
 * @property {NativeOptions} options
 * @property {{ option: string, message: string } | undefined} wrong what is wrong with their types
 */

/** @returns {Native} */
function load() {
  const file = path.join(__dirname, '..', addonFile());
  try {
    return require(file);
  } catch (cause) {
    const message =
      `wechat-push could not load its native addon for ${platformName()} (Node ${process.version}). ` +
      `It looked for ${file}: ${reason(cause)}. ` +
      'To build it here, install Rust (https://rustup.rs) and run "npm explore wechat-push -- npm run build:native" ' +
      'in your app, or "npm run build" in a clone.';
    throw Object.assign(new Error(message, { cause }), { code: 'ERR_WECHAT_PUSH_ADDON' });
  }
}

/** @param {any} cause */
function reason(cause) {
  if (cause?.code === 'MODULE_NOT_FOUND') return 'there is no such file';
  return String(cause?.message ?? cause).split('\n')[0];
}

module.exports = load();
