'use strict';

const { createGateway } = require('../lib/gateway.js');
const engine = require('../lib/engine/index.js');
const { concealer } = require('./conceal.js');
const { UsageError } = require('./usage-error.js');
const { randomToken } = require('./random.js');

/**
 * The account that the options describe.
 * @param {import('./options.js').Values} values
 * @param {(key: string) => void} note
 * @throws {UsageError} also from `gateway`
 */
function accountOf(values, note) {
  const { token, platform, 'app-id': appId, 'encoding-aes-key': encodingAESKey } = values;
  if (token === undefined) throw new UsageError('no_token');
  refuseUnknown(platform);
  if (engine.doubtfulToken(token) !== null) note('doubtful_token');

  return {
    modes: values.mode ?? [encodingAESKey === undefined ? 'plain' : 'secure'],
    formats: values.format ?? ['xml'],

    /** WeChat's server with this account. */
    gateway(mode = 'plain', format = 'xml') {
      return gatewayOf({ mode, format, platform, token, appId, encodingAESKey });
    },

    /** A forger: the same account with another Token. */
    stranger(mode = 'plain', format = 'xml') {
      return gatewayOf({ mode, format, platform, token: randomToken(), appId, encodingAESKey });
    },

    conceal: concealer([token, encodingAESKey]),
  };
}

/** @typedef {ReturnType<typeof accountOf>} Account */

/** @param {string | undefined} platform */
function refuseUnknown(platform) {
  const known = engine.platforms();
  if (platform === undefined || known.includes(platform)) return;
  throw new UsageError('wrong_choice', { name: '--platform', choices: known.join(', ') });
}

/** @param {any} options */
function gatewayOf({ mode, format, platform, token, appId, encodingAESKey }) {
  const sealed = mode === 'plain' ? {} : { appId, encodingAESKey };
  try {
    return createGateway({ mode, format, platform, token, ...sealed });
  } catch (/** @type {any} */ error) {
    if (error.code === 'ERR_WECHAT_PUSH_OPTIONS') throw new UsageError(`wrong_${error.option}`, { mode });
    throw error;
  }
}

module.exports = { accountOf };
