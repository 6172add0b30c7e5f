'use strict';

const { createHash, randomUUID } = require('node:crypto');
const {
  DAY,
  LOOK_FOR_TOKEN_EVERY,
  TOKEN_AWAITED,
  TOKEN_FORCED_A_DAY,
  TOKEN_FORCED_EVERY,
  TOKEN_RENEWED_BEFORE,
} = require('../deadlines.js');
const { wrongOption } = require('../errors.js');
const { IS_WORKER } = require('../runtime.js');
const { apiFailed } = require('./api-error.js');
const { request } = require('./request.js');
const { pause } = require('./pause.js');
const { recordOf, steady, valueIn } = require('./steady-records.js');

/**
 * Where a call gets its access token.
 * @typedef {object} Token
 * @property {() => Promise<string>} get
 * @property {(rejected: string) => Promise<string>} replace gives the one to use in place of one that the API rejected;
 *   the same where there is no other
 *
 * @typedef {object} Source of a token that all processes share
 * @property {string} key of its record
 * @property {import('../..').PushRecords} records
 * @property {typeof import('../clock.js').systemClock} clock
 * @property {(force: boolean) => Promise<{ access_token: string, expires_in: number }>} ask
 * @property {boolean} canForce
 */

/**
 * By `stable_token`, which gives all callers the same token, until five minutes before its end.
 * https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
 * @param {import('./request.js').Api} api
 * @param {{ appId: string, appSecret: string, records: import('../..').PushRecords }} account
 * @returns {Token}
 */
function stableToken(api, { appId, appSecret, records }) {
  const body = { grant_type: 'client_credential', appid: appId, secret: appSecret };
  return sharedToken({
    key: keyOf(appId, appSecret),
    records,
    clock: api.clock,
    ask: (force) =>
      asked(api, 'cgi-bin/stable_token', { body: force ? { ...body, force_refresh: true } : body }),
    canForce: true,
  });
}

/**
 * By `gettoken` of WeCom.
 * https://developer.work.weixin.qq.com/document/path/91039
 * @param {import('./request.js').Api} api
 * @param {{ corpId: string, corpSecret: string, records: import('../..').PushRecords }} account
 * @returns {Token}
 */
function corpToken(api, { corpId, corpSecret, records }) {
  return sharedToken({
    key: keyOf(corpId, corpSecret),
    records,
    clock: api.clock,
    ask: () => asked(api, 'cgi-bin/gettoken', { query: { corpid: corpId, corpsecret: corpSecret } }),
    canForce: false,
  });
}

/**
 * Of the app's own function, which is asked every time.
 * @param {(about: { account: any, rejected?: string }) => unknown} give
 * @param {any} account
 * @returns {Token}
 */
function givenToken(give, account) {
  const taken = async (/** @type {string | undefined} */ rejected) => {
    const token = await give(rejected === undefined ? { account } : { account, rejected });
    if (typeof token === 'string' && token !== '') return token;
    throw wrongOption('accessToken', 'must return an access token, a non-empty string');
  };
  return { get: () => taken(undefined), replace: taken };
}

/**
 * The secret itself, or what the app's function gives, for apps with many accounts.
 * @param {'appSecret' | 'corpSecret'} option
 * @param {string | ((about: { account: any }) => unknown)} given
 * @param {any} account
 * @returns {Promise<string>}
 */
async function secretOf(option, given, account) {
  const secret = typeof given === 'string' ? given : await given({ account });
  if (typeof secret === 'string' && secret !== '') return secret;
  throw wrongOption(option, 'must be, or return, a non-empty string');
}

/**
 * Who does not know the secret finds no token: accounts can share a store.
 * @param {string} id
 * @param {string} secret
 */
function keyOf(id, secret) {
  return `${id}:token:${createHash('sha256').update(`${id}:${secret}`).digest('base64url').slice(0, 22)}`;
}

/**
 * @param {import('./request.js').Api} api
 * @param {string} path
 * @param {object} sent
 */
async function asked(api, path, sent) {
  const answer = await request(api, path, sent);
  const { access_token: token, expires_in: seconds } = answer;
  if (typeof token === 'string' && token !== '' && Number.isFinite(seconds) && seconds > 0) return answer;
  throw apiFailed(`/${path}`, 'no_token');
}

/** @param {Source} source @returns {Token} */
function sharedToken(source) {
  return {
    get: async () => (await kept(source)) ?? renewed(source),
    replace: (rejected) => renewed(source, rejected),
  };
}

/** What this process is getting right now: all callers wait for the same. @type {WeakMap<object, Map<string, Promise<string>>>} */
const renewals = new WeakMap();

/**
 * @param {Source} source
 * @param {string} [rejected]
 * @returns {Promise<string>}
 */
function renewed(source, rejected) {
  if (IS_WORKER) return renew(source, rejected);
  const running = renewals.get(source.records) ?? new Map();
  renewals.set(source.records, running);
  const name = `${source.key} ${rejected}`;
  const before = running.get(name);
  if (before) return before;
  const renewal = renew(source, rejected).finally(() => running.delete(name));
  running.set(name, renewal);
  return renewal;
}

/**
 * Gets a token, as the only one of all processes; the others wait for it.
 * @param {Source} source
 * @param {string} [rejected]
 */
async function renew(source, rejected) {
  for (;;) {
    const unlock = await lock(source);
    try {
      const token = await kept(source);
      if (token !== undefined && token !== rejected) return token;
      if (unlock) return await fetched(source, rejected);
    } finally {
      await unlock?.();
    }
    await pause(source.clock, LOOK_FOR_TOKEN_EVERY);
  }
}

/**
 * @param {Source} source
 * @param {string} [rejected]
 */
async function fetched(source, rejected) {
  // Where somebody without our store has renewed it, this gives theirs, and leaves it valid.
  const current = await source.ask(false);
  if (current.access_token !== rejected || !(await mayForce(source))) return keep(source, current);
  return keep(source, await source.ask(true));
}

/**
 * @param {Source} source
 * @returns {Promise<string | undefined>}
 */
async function kept({ records, key }) {
  return valueIn(await steady(records).get(key))?.token;
}

/**
 * Keeps a token until it has to be renewed, by the clock of the store.
 * @param {Source} source
 * @param {{ access_token: string, expires_in: number }} got
 */
async function keep({ records, key }, { access_token: token, expires_in: seconds }) {
  const lifetime = seconds * 1000;
  const ttl = Math.max(1, Math.round(lifetime - Math.min(TOKEN_RENEWED_BEFORE, lifetime * 0.4)));
  await steady(records).set(key, recordOf({ token }), { ttl });
  return token;
}

/**
 * Gives a function that unlocks, where nobody else has the lock.
 * @param {Source} source
 */
async function lock({ records: shared, key }) {
  const records = steady(shared);
  const name = `${key}:lock`;
  const value = recordOf({ by: randomUUID() });
  if (!(await records.set(name, value, { ttl: TOKEN_AWAITED, version: null }))) return undefined;
  return async () => {
    const held = await records.get(name);
    if (held?.value === value) await records.set(name, null, { ttl: 1, version: held.version });
  };
}

/**
 * Whether a token may be renewed before its time. Each time takes a place that is free again after its lifetime: one
 * for 30 seconds, and one of ten for a day. While the store is away nobody may, since nobody knows of the others.
 * @param {Source} source
 */
async function mayForce({ records, key, canForce }) {
  const take = (/** @type {string} */ name, /** @type {number} */ ttl) =>
    records.set(`${key}:${name}`, recordOf(), { ttl, version: null });
  try {
    if (!canForce || !(await take('forced', TOKEN_FORCED_EVERY))) return false;
    for (let place = 1; place <= TOKEN_FORCED_A_DAY; place++) {
      if (await take(`forced-${place}`, DAY)) return true;
    }
  } catch {
    // The store is away.
  }
  return false;
}

module.exports = { corpToken, givenToken, secretOf, stableToken };
