'use strict';

const path = require('node:path');
const { addonFile, platformName } = require('./platform.js');

/**
 * One account's calls into Rust.
 * @typedef {object} NativeAccount
 * @property {(method: string, url: string) => string} receive
 *   `H` and the echostr, or `R` and the rejection as JSON
 * @property {(url: string) => string} receiveGet the same for a GET
 */

/**
 * What the addon exports; `src/lib.rs` is the other side.
 * @typedef {object} Native
 * @property {(signature: string, timestamp: string, nonce: string, token: string) => boolean} checkSignature
 * @property {() => void} nothing what crossing into Rust costs by itself; for the benchmark
 * @property {(tokens: string[]) => NativeAccount | { option: string, message: string }} account
 * @property {(token: string) => string | null} doubtfulToken
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
