'use strict';

const { createGateway } = require('../lib/gateway.js');
const { UsageError } = require('./options.js');
const { randomToken } = require('./random.js');

/** What WeChat's console takes. */
const TOKEN = /^[A-Za-z0-9]{3,32}$/;

/**
 * The account that the options describe.
 * @param {import('./options.js').Values} values
 * @param {(key: string) => void} note
 * @throws {UsageError} also from `gateway`
 */
function accountOf(values, note) {
  const { token, 'app-id': appId, 'encoding-aes-key': encodingAESKey } = values;
  if (token === undefined) throw new UsageError('no_token');
  if (!TOKEN.test(token)) note('doubtful_token');
  const secrets = [token, encodingAESKey].filter((secret) => secret !== undefined);

  return {
    modes: values.mode ?? [encodingAESKey === undefined ? 'plain' : 'secure'],
    formats: values.format ?? ['xml'],

    /** WeChat's server with this account. */
    gateway(mode = 'plain', format = 'xml') {
      return gatewayOf({ mode, format, token, appId, encodingAESKey });
    },

    /** Somebody who knows all of it but the Token. */
    stranger(mode = 'plain', format = 'xml') {
      return gatewayOf({ mode, format, token: randomToken(), appId, encodingAESKey });
    },

    /** What a server sent, without the secrets that it may have printed. @param {string} text */
    conceal: (text) => secrets.reduce((all, secret) => all.replaceAll(secret, '***'), text),
  };
}

/** @typedef {ReturnType<typeof accountOf>} Account */

/** @param {any} options */
function gatewayOf({ mode, format, token, appId, encodingAESKey }) {
  const sealed = mode === 'plain' ? {} : { appId, encodingAESKey };
  try {
    return createGateway({ mode, format, token, ...sealed });
  } catch (/** @type {any} */ error) {
    if (error.code === 'ERR_WECHAT_PUSH_OPTIONS') throw new UsageError(`wrong_${error.option}`, { mode });
    throw error;
  }
}

module.exports = { accountOf };
