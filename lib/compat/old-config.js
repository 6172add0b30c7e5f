'use strict';

// The config of `wechat` and `co-wechat`, as options of `messagePush`.

const { once, warnings, wrongOption } = require('../errors.js');
const { NAMES_OF_ONE, readingOptions } = require('../options.js');

/** Theirs, which are no options of ours. */
const OLD_NAMES = new Set(['appid', 'checkSignature']);

/** What an account is, or how it is found. */
const ACCOUNT_NAMES = new Set([...NAMES_OF_ONE, 'account', 'accounts']);

/** What is also said of accounts that are found in requests. */
const OF_EACH = new Set(['mode', 'platform']);

/**
 * What a config comes to.
 * @typedef {object} OldConfig
 * @property {Record<string, unknown>} account what messages are received with
 * @property {boolean} isNamed whether that is an account; else only what stands before the middleware knows it
 * @property {Record<string, unknown>} shared the options that are not of one account
 * @property {string} appIdName what the config calls the AppID
 *
 * @param {unknown} config the Token alone, or an object
 * @returns {OldConfig}
 */
function oldConfig(config) {
  const given = readingOptions(() => (isObject(config) ? valuesOf(config) : { token: config }));
  if (given.appid !== undefined && given.appId !== undefined)
    throw wrongOption('appid', 'and appId are the same; give one of them');
  if (given.checkSignature === false) tellAlwaysChecked('checkSignature: false');
  const options = withoutOldNames(given);
  const names = Object.keys(options);
  return {
    account: options,
    isNamed: names.some((name) => ACCOUNT_NAMES.has(name) && !OF_EACH.has(name)),
    shared: Object.fromEntries(Object.entries(options).filter(([name]) => !ACCOUNT_NAMES.has(name))),
    appIdName: given.appId === undefined ? 'appid' : 'appId',
  };
}

/** With what it inherits, as a config of a framework may. @param {Record<string, unknown>} config */
function valuesOf(config) {
  const values = { ...config };
  for (const name of [...ACCOUNT_NAMES, ...OLD_NAMES])
    if (!(name in values) && config[name] !== undefined) values[name] = config[name];
  return values;
}

/** @param {Record<string, unknown>} given */
function withoutOldNames(given) {
  const options = Object.fromEntries(Object.entries(given).filter(([name]) => !OLD_NAMES.has(name)));
  if ('appid' in given) options.appId = given.appid;
  // Their way to say that there is none.
  for (const name of ['appId', 'encodingAESKey']) if (options[name] === '') delete options[name];
  return options;
}

/** What switched verification off. @param {string} what */
function tellAlwaysChecked(what) {
  once(what, () =>
    warnings.doubtfulOption(`${what} changes nothing: signatures are always checked; take it out`),
  );
}

/**
 * Makes something of the options; what is wrong with them is told by the names of the config.
 * @template T
 * @param {OldConfig} config
 * @param {() => T} make
 */
function toldByOldNames({ appIdName }, make) {
  try {
    return make();
  } catch (/** @type {any} */ error) {
    throw error.option === 'appId' ? wrongOption(appIdName, error.detail) : error;
  }
}

/** @param {unknown} config @returns {config is Record<string, unknown>} */
function isObject(config) {
  return typeof config === 'object' && config !== null && !Array.isArray(config);
}

module.exports = { oldConfig, tellAlwaysChecked, toldByOldNames };
