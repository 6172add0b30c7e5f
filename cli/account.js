'use strict';

const { explainPush } = require('../lib/explain-push.js');
const { createGateway } = require('../lib/gateway.js');
const engine = require('../lib/engine/index.js');
const { platformOf, platforms } = require('../lib/platforms.js');
const { createReceiver } = require('../lib/receiver.js');
const { vouchingHeaders } = require('../lib/trusts.js');
const { concealer } = require('./conceal.js');
const { sampleOf, textOf } = require('./samples.js');
const { UsageError } = require('./usage-error.js');
const { randomToken } = require('./random.js');

/**
 * The account that the options describe.
 * @param {import('./options.js').Values} values
 * @param {(key: string) => void} note
 * @throws {UsageError} also from what makes a gateway
 */
function accountOf(values, note) {
  const { token, platform, trust, 'app-id': appId, 'encoding-aes-key': encodingAESKey } = values;
  if (token === undefined && trust === undefined) throw new UsageError('no_token');
  const kind = platformOf(platform);
  const receiveId = receiversOf(values, kind);
  if (kind.isEncrypted && trust !== undefined) throw new UsageError('wrong_trust');
  if (kind.isEncrypted && values.mode?.some((mode) => mode !== 'secure'))
    throw new UsageError('no_modes', { platform });
  if (kind.isBot && values.format?.includes('xml')) throw new UsageError('only_json', { platform });
  if (token !== undefined && engine.doubtfulToken(token) !== null) note('doubtful_token');
  const isUnsigned = token === undefined;
  const usual = encodingAESKey === undefined || isUnsigned ? 'plain' : 'secure';
  const given = { platform, trust, token, appId, receiveId, encodingAESKey };

  return {
    modes: values.mode ?? [kind.isEncrypted ? 'secure' : usual],
    formats: values.format ?? [kind.isBot ? 'json' : 'xml'],
    /** Whether there is a mode to choose. */
    hasModes: !kind.isEncrypted,
    /** Whom pushes can be for: of WeCom one or several. */
    receivers: receiveId ?? [undefined],
    /** Whether Tencent says which ports it reaches. */
    knowsPorts: !kind.isWeCom && !kind.isBot && !isUnsigned,
    /** A message with a text. @param {string} content */
    text: (content) => ({ ...sampleOf({ type: 'text', platform }), ...textOf(content, platform) }),
    /** What names it, as options of a gateway. */
    named: { trust, appId, receiveId },
    /** Whether no push has a signature. */
    isUnsigned,

    /**
     * WeChat's server with this account.
     * @param {string} [mode]
     * @param {string} [format]
     * @param {string} [receiver]
     */
    gateway(mode = 'plain', format = 'xml', receiver = undefined) {
      return gatewayOf({ ...given, ...(receiver !== undefined && { receiveId: [receiver] }), mode, format });
    },

    /**
     * Who gets its pushes, and opens what is sealed as one.
     * @param {string} [mode]
     */
    receiver(mode = 'plain') {
      const sealed = mode === 'plain' ? {} : { appId, encodingAESKey };
      return withRightOptions(() =>
        createReceiver(/** @type {any} */ ({ platform, trust, token, receiveId, mode, ...sealed })),
      );
    },

    /**
     * What the account makes of a request.
     * @param {any} request
     * @param {'en' | 'zh'} lang
     * @param {string} [mode]
     */
    explain(request, lang, mode) {
      return explainPush(request, /** @type {any} */ ({ ...given, mode }), { lang });
    },

    /** A forger: the same account with another Token, or from outside of the cloud. */
    stranger(mode = 'plain', format = 'xml') {
      if (isUnsigned) return outsider(gatewayOf({ ...given, mode, format }));
      return gatewayOf({ ...given, mode, format, token: randomToken() });
    },

    /** What asks for the handshake, which takes no more than the account's platform needs. */
    checker() {
      return kind.sealsEchostr || isUnsigned ? gatewayOf(given) : gatewayOf({ token, mode: 'plain' });
    },

    /** The checkers of another kind that these secrets would do for, by the name of what is found where one passes. */
    otherCheckers() {
      if (isUnsigned) return [];
      const bot = kind.isBot ? undefined : { platform: 'wecom-bot', token, encodingAESKey };
      if (kind.sealsEchostr) return checkersOf({ speaks_bot: bot, speaks_wechat: { token, mode: 'plain' } });
      if (encodingAESKey === undefined) return [];
      // An AppID that is none of WeChat's may be the CorpID.
      const ids = [...(values.otherIds ?? []), appId ?? ''];
      const asWeCom = (/** @type {string} */ id) => ({
        platform: 'wecom',
        token,
        encodingAESKey,
        receiveId: [id],
      });
      return [
        ...checkersOf({ speaks_bot: bot }),
        ...ids.flatMap((id) => checkersOf({ speaks_wecom: asWeCom(id) })),
      ];
    },

    conceal: concealer([token, encodingAESKey]),
  };
}

/** @typedef {ReturnType<typeof accountOf>} Account */

/**
 * @param {import('./options.js').Values} values
 * @param {import('../lib/platforms.js').Platform} kind
 */
function receiversOf({ platform, 'receive-id': receiveId, 'app-id': appId }, kind) {
  if (kind.hasReceiveId && appId !== undefined) throw new UsageError('no_app_id', { platform });
  if (kind.hasReceiveId && !kind.isForNobody && receiveId === undefined)
    throw new UsageError('no_receive_id', { platform });
  if (!kind.hasReceiveId && receiveId !== undefined) {
    const having = [...platforms].filter(([, { hasReceiveId }]) => hasReceiveId).map(([name]) => name);
    throw new UsageError('wrong_receiveId', { platforms: having });
  }
  return receiveId && [...new Set(receiveId)];
}

/** @param {Record<string, object | undefined>} options of accounts, by what is found where one passes */
function checkersOf(options) {
  return Object.entries(options).flatMap(([name, given]) => {
    const gateway = given && gatewayIfRight(given);
    return gateway ? [{ name, gateway }] : [];
  });
}

/** @param {any} options */
function gatewayOf({ mode, format, appId, encodingAESKey, ...options }) {
  const sealed = mode === 'plain' ? {} : { appId, encodingAESKey };
  return withRightOptions(() => createGateway({ mode, format, ...options, ...sealed }));
}

/**
 * What is made of options, which came from the command line.
 * @template T
 * @param {() => T} make
 * @throws {UsageError}
 */
function withRightOptions(make) {
  try {
    return make();
  } catch (/** @type {any} */ error) {
    if (error.code === 'ERR_WECHAT_PUSH_OPTIONS') throw new UsageError(`wrong_${error.option}`);
    throw error;
  }
}

/** The same where what was given will do; nobody asked for it. @param {any} options */
function gatewayIfRight(options) {
  try {
    return gatewayOf(options);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/**
 * One who can reach the server without the cloud.
 * @param {import('../testing').Gateway} gateway
 * @returns {import('../testing').Gateway}
 */
function outsider(gateway) {
  return {
    ...gateway,
    request(message, options) {
      const sent = gateway.request(message, options);
      const headers = Object.entries(sent.headers).filter(([name]) => !vouchingHeaders.includes(name));
      return { ...sent, headers: Object.fromEntries(headers) };
    },
  };
}

module.exports = { accountOf };
