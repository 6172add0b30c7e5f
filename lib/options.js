'use strict';

const native = require('./native.js');

/** Tokens that were warned about, so that each is named once. */
const warned = new Set();

/**
 * A `TypeError` that names the option.
 * @param {string} option
 * @param {string} message what it has to be
 */
function wrongOption(option, message) {
  const error = new TypeError(`wechat-push: option ${option} ${message}`);
  return Object.assign(error, { code: 'ERR_WECHAT_PUSH_OPTIONS', option });
}

/**
 * The tokens as an array; throws a `TypeError` when there is none, warns when WeChat's console could
 * not hold one.
 * @param {unknown} token
 * @returns {string[]}
 */
function tokensOf(token) {
  const tokens = Array.isArray(token) ? token : [token];
  if (tokens.length === 0 || !tokens.every((one) => typeof one === 'string' && one !== '')) {
    throw wrongOption(
      'token',
      "must be the Token from WeChat's console, a non-empty string (or an array of them)",
    );
  }
  for (const one of tokens) warnIfDoubtful(one);
  return tokens;
}

/** @param {string} token */
function warnIfDoubtful(token) {
  if (warned.has(token)) return;
  const doubt = native.doubtfulToken(token);
  if (doubt === null) return;
  warned.add(token);
  process.emitWarning(`wechat-push: ${doubt}`, { code: 'WECHAT_PUSH_DOUBTFUL_TOKEN' });
}

module.exports = { tokensOf, wrongOption };
