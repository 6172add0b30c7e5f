'use strict';

const { randomBytes } = require('node:crypto');

// Access tokens as WeChat's server gives and takes them. All times are in seconds of WeChat's.

/** So long before the end of a token `stable_token` gives the next one, and a replaced one of `token` stays. */
const OVERLAP = 300;

/** `force_refresh` does nothing sooner than this, nor more often in a day. */
const FORCED_EVERY = 30;
const FORCED_A_DAY = 20;
const DAY = 86_400;

const NO_SECRET = { errcode: 40125, errmsg: 'invalid appsecret' };
const NO_APP = { errcode: 40013, errmsg: 'invalid appid' };

/**
 * @param {object} rules
 * @param {() => number} rules.now
 * @param {number} rules.lifetime
 * @param {Record<string, string>} [rules.secrets] by AppID or CorpID; without it any pair is right
 */
function createTokens({ now, lifetime, secrets }) {
  const overlap = Math.min(OVERLAP, lifetime / 2);
  /** @type {Map<string, { id: string, ends: number }>} */
  const tokens = new Map();
  /** The token that `stable_token` gives, by AppID; and when each was renewed by force. */
  const current = new Map();
  /** @type {Map<string, number[]>} */
  const forced = new Map();

  /** @param {string} id */
  function make(id) {
    const token = `${id}-${randomBytes(60).toString('base64url')}`;
    tokens.set(token, { id, ends: now() + lifetime });
    return token;
  }

  /** @param {string} token */
  function given(token) {
    const { ends } = /** @type {{ ends: number }} */ (tokens.get(token));
    return { access_token: token, expires_in: Math.round(ends - now()) };
  }

  /** @param {unknown} id @param {unknown} secret */
  function wrongPair(id, secret) {
    if (typeof id !== 'string' || id === '' || (secrets && !Object.hasOwn(secrets, id))) return NO_APP;
    if (typeof secret !== 'string' || secret === '' || (secrets && secrets[id] !== secret)) return NO_SECRET;
    return undefined;
  }

  /** @param {string} id */
  function isForced(id) {
    const times = (forced.get(id) ?? []).filter((at) => at > now() - DAY);
    if (times.length >= FORCED_A_DAY || (times.at(-1) ?? -Infinity) > now() - FORCED_EVERY) return false;
    forced.set(id, [...times, now()]);
    return true;
  }

  return {
    /** @param {any} body */
    stable({ appid, secret, grant_type: grant, force_refresh: force }) {
      if (grant !== 'client_credential') return { errcode: 40002, errmsg: 'invalid grant_type' };
      const wrong = wrongPair(appid, secret);
      if (wrong) return wrong;
      const token = current.get(appid);
      const isReplaced = force === true && token !== undefined && isForced(appid);
      if (isReplaced) tokens.delete(token);
      const left = (tokens.get(token)?.ends ?? 0) - now();
      if (left <= overlap) current.set(appid, make(appid));
      return given(current.get(appid));
    },

    /** Each call makes a new one. @param {Record<string, string>} query */
    fresh({ appid, secret }) {
      const wrong = wrongPair(appid, secret);
      if (wrong) return wrong;
      const key = `fresh ${appid}`;
      const before = tokens.get(current.get(key));
      if (before) before.ends = Math.min(before.ends, now() + overlap);
      current.set(key, make(appid));
      return given(current.get(key));
    },

    /** Of WeCom. @param {Record<string, string>} query */
    corp({ corpid: id, corpsecret: secret }) {
      const wrong = wrongPair(id, secret);
      if (wrong) return { ...wrong, errcode: wrong === NO_SECRET ? 40001 : wrong.errcode };
      if ((tokens.get(current.get(id))?.ends ?? 0) <= now()) current.set(id, make(id));
      return { errcode: 0, errmsg: 'ok', ...given(current.get(id)) };
    },

    /** Whose it is; or what is wrong with it. @param {string | undefined} token */
    idOf(token, isWeCom = false) {
      if (!token) return { errcode: 41001, errmsg: 'access_token missing' };
      const known = tokens.get(token);
      if (!known) {
        return isWeCom
          ? { errcode: 40014, errmsg: 'invalid access_token' }
          : { errcode: 40001, errmsg: 'invalid credential, access_token is invalid or not latest' };
      }
      return known.ends > now() ? { id: known.id } : { errcode: 42001, errmsg: 'access_token expired' };
    },

    /** Ends all of them, as time does. */
    expire() {
      for (const token of tokens.values()) token.ends = now();
    },

    /** Takes all of them away, as somebody does who renews them elsewhere. */
    replace() {
      tokens.clear();
      current.clear();
    },
  };
}

module.exports = { createTokens };
