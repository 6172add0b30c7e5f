'use strict';

const engine = require('./engine/index.js');
const { reading, typeError } = require('./given.js');

const MEBIBYTE = 1024 * 1024;

/** @type {import('./engine/addon.js').EngineOptions} */
const NO_OPTIONS = {
  tokens: [],
  encodingAesKeys: [],
  appId: undefined,
  mode: undefined,
  tolerance: 0,
  bodyLimit: MEBIBYTE,
};

/** What was warned about, so that each is said once. */
const warned = new Set();

/**
 * A `TypeError` that names the option.
 * @param {string} option
 * @param {string} message what it has to be
 */
function wrongOption(option, message) {
  return typeError('ERR_WECHAT_PUSH_OPTIONS', `option ${option} ${message}`, { option });
}

/**
 * What `read` makes of given options.
 * @template T
 * @param {() => T} read
 */
function readingOptions(read) {
  return reading(read, () => wrongOption('options', 'cannot be read: one of their properties throws'));
}

/**
 * What the user gave for options as an object; the token alone will do.
 * @param {any} given
 * @returns {any}
 */
function optionsOf(given) {
  const isOptions = () => typeof given === 'object' && given !== null && !Array.isArray(given);
  return readingOptions(isOptions) ? given : { token: given };
}

/**
 * The options of one account, with the types that the addon reads.
 * @param {any} options
 * @param {(message: string, about?: string) => void} [warn]
 * @returns {import('./engine/addon.js').EngineOptions}
 */
function accountOptions(options, warn = warnOnce) {
  const { token, encodingAESKey, appId, mode, tolerance, bodyLimit } = readingOptions(() => knownOf(options));
  if (appId !== undefined && encodingAESKey === undefined && mode === undefined) {
    warn("appId is given without encodingAESKey, so pushes are taken in plaintext; say mode: 'plain' if so");
  }
  return {
    tokens: tokensOf(token, warn),
    encodingAesKeys: encodingAESKey === undefined ? [] : keysOf(encodingAESKey),
    appId: optional('appId', appId),
    mode: optional('mode', mode),
    tolerance: whole('tolerance', tolerance, 0, 'seconds, 0 for any age'),
    bodyLimit: whole('bodyLimit', bodyLimit, 1, 'bytes'),
  };
}

/** @param {any} options */
function knownOf({ token, encodingAESKey, appId, mode, tolerance = 300, bodyLimit = MEBIBYTE }) {
  return { token, encodingAESKey, appId, mode, tolerance, bodyLimit };
}

/**
 * What becomes of deliveries.
 * @param {any} options
 */
function deliveryOptions(options) {
  return readingOptions(() => deliveryOf(options));
}

/** @param {any} options */
function deliveryOf({ replyWindow = 5000, store, onUndelivered }) {
  if (replyWindow !== 5000 && replyWindow !== 15000) {
    throw wrongOption('replyWindow', 'must be 5000 or 15000, milliseconds');
  }
  const methods = ['begin', 'peek', 'finish', 'release', 'claimUnsent'];
  if (store !== undefined && !methods.every((name) => typeof store?.[name] === 'function')) {
    throw wrongOption('store', 'must be memoryStore(…), or redisStore(…) from wechat-push/redis');
  }
  return { replyWindow, store, onUndelivered: optionalFunction('onUndelivered', onUndelivered) };
}

/**
 * The options of one account for an explanation: what is wrong with them is told, not thrown, unless a
 * getter throws.
 * @param {any} options
 * @returns {{ options: import('./engine/addon.js').EngineOptions, wrong: { option: string, message: string } | undefined }}
 */
function explainableOptions(options) {
  try {
    return { options: accountOptions(options, () => {}), wrong: undefined };
  } catch (/** @type {any} */ error) {
    if (error?.code !== 'ERR_WECHAT_PUSH_OPTIONS') throw error;
    // What the Token alone can tell is still told.
    const tokens = strings(options.token) ?? [];
    const wrong = { option: error.option, message: error.message.replace(/^.*?option \S+ /, '') };
    return { options: { ...NO_OPTIONS, tokens }, wrong };
  }
}

/**
 * The tokens as an array; throws a `TypeError` when there is none, warns when WeChat's console could
 * not hold one.
 * @param {unknown} token
 * @param {(message: string, about?: string) => void} [warn]
 * @returns {string[]}
 */
function tokensOf(token, warn = warnOnce) {
  const tokens = strings(token);
  if (!tokens) {
    throw wrongOption(
      'token',
      "must be the Token from WeChat's console, a non-empty string (or an array of them)",
    );
  }
  for (const one of tokens) {
    const doubt = engine.doubtfulToken(one);
    if (doubt !== null) warn(doubt, one);
  }
  return tokens;
}

/** @param {unknown} key */
function keysOf(key) {
  const keys = strings(key);
  if (keys) return keys;
  const must = "must be the EncodingAESKey from WeChat's console, 43 characters (or [current, previous])";
  throw wrongOption('encodingAESKey', must);
}

/**
 * @param {unknown} value a non-empty string or an array of them
 * @returns {string[] | undefined}
 */
function strings(value) {
  const all = readingOptions(() => (Array.isArray(value) ? [...value] : [value]));
  return all.length > 0 && all.every((one) => typeof one === 'string' && one !== '') ? all : undefined;
}

/**
 * @param {string} option
 * @param {unknown} value
 */
function optional(option, value) {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw wrongOption(option, 'must be a non-empty string');
}

/**
 * @param {string} option
 * @param {unknown} value
 * @param {number} least
 * @param {string} unit
 */
function whole(option, value, least, unit) {
  if (Number.isInteger(value) && Number(value) >= least && Number(value) < 2 ** 32) return Number(value);
  throw wrongOption(option, `must be a whole number of ${unit}`);
}

/**
 * @param {string} option
 * @param {unknown} value
 */
function aboveZero(option, value) {
  if (Number.isFinite(value) && Number(value) > 0) return Number(value);
  throw wrongOption(option, 'must be a number above 0');
}

/**
 * @param {string} option
 * @param {any} value
 * @param {string[]} choices
 */
function oneOf(option, value, choices) {
  if (choices.includes(value)) return value;
  throw wrongOption(option, `must be ${choices.map((choice) => `'${choice}'`).join(' or ')}`);
}

/**
 * A function, or undefined.
 * @param {string} option
 * @param {any} value
 */
function optionalFunction(option, value) {
  if (value === undefined || typeof value === 'function') return value;
  throw wrongOption(option, 'must be a function');
}

/**
 * @param {string} message
 * @param {string} [about] what is warned about once
 */
function warnOnce(message, about = message, code = 'WECHAT_PUSH_OPTIONS') {
  if (warned.has(about)) return;
  warned.add(about);
  process.emitWarning(`wechat-push: ${message}`, { code });
}

module.exports = {
  NO_OPTIONS,
  aboveZero,
  accountOptions,
  deliveryOptions,
  explainableOptions,
  oneOf,
  optionalFunction,
  optionsOf,
  readingOptions,
  tokensOf,
  warnOnce,
  whole,
  wrongOption,
};
