'use strict';

const { accessTokenOptions } = require('../options.js');
const { memoryRecords } = require('../stores/memory-records.js');
const { withFallback } = require('../stores/fallback.js');
const { IS_WORKER } = require('../runtime.js');
const { callWithToken } = require('./call.js');
const { openApi } = require('./request.js');
const { corpToken, stableToken } = require('./token.js');

/** Documented in api.d.ts. @type {typeof import('../../api').accessToken} */
function accessToken(options) {
  const { appId, appSecret, corpId, corpSecret, store, fetch } = accessTokenOptions(options);
  const isWeCom = corpId !== undefined;
  const api = openApi({ isWeCom, fetch });
  // A store that hangs counts as one that is away.
  const records = (store && withFallback(store, api.clock, IS_WORKER).records) ?? memoryRecords(100);
  const token = isWeCom
    ? corpToken(api, { corpId, corpSecret, records })
    : stableToken(api, { appId, appSecret, records });
  return {
    get: token.get,
    call: (path, body, given) => callWithToken(api, token, path, body, given?.signal),
  };
}

module.exports = { accessToken };
