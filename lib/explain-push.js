'use strict';

const { isUint8Array } = require('node:util/types');
const engine = require('./engine/index.js');
const { explainableAccount, explanationOptions } = require('./options.js');
const { jsonOf } = require('./json.js');
const wire = require('./wire.js');

/** Documented in index.d.ts. @type {typeof import('..').explainPush} */
function explainPush(request, account, options) {
  const inChinese = explanationOptions(options).lang === 'zh';
  return wire.readExplanation(engine.explain(explainRequestOf(request), namedAccountsOf(account), inChinese));
}

/**
 * The same for an account that is open in the engine, so that its secrets need not be kept for it.
 * @param {import('./engine/addon.js').EngineAccount} account
 * @param {any} request
 * @param {{ lang?: 'en' | 'zh' }} [options]
 * @returns {import('..').Explanation}
 */
function explainFor(account, request, options) {
  const inChinese = explanationOptions(options).lang === 'zh';
  return wire.readExplanation(engine.explainFor(account.number, explainRequestOf(request), inChinese));
}

/**
 * @param {any} given a text, a parsed query, or a request with its URL
 * @returns {import('./engine/addon.js').ExplainRequest}
 */
function explainRequestOf(given) {
  try {
    return isRequest(given) ? explainRequestOfHttp(given) : { ...NOTHING, text: textOf(given) };
  } catch {
    // A getter or a proxy may throw; then there is nothing to explain.
    return NOTHING;
  }
}

const NOTHING = { method: undefined, text: '', body: undefined, parsed: false, now: undefined };

/**
 * Whether it is a request, not a parsed query, which may have a parameter called url, too.
 * @param {any} given
 */
function isRequest(given) {
  return isObject(given) && typeof given.url === 'string' && typeof given.signature !== 'string';
}

/** @param {any} request */
function explainRequestOfHttp({ method, url, rawBody, body = rawBody, now = Date.now() / 1000 }) {
  const known = { ...NOTHING, method: nonEmpty(method), text: url, now: Number(now) };
  if (typeof body === 'string' || isUint8Array(body)) return { ...known, body: Buffer.from(body) };
  // A stream is a body that nobody has read yet.
  const isStream = typeof body?.pipe === 'function' || typeof body?.getReader === 'function';
  if (!isObject(body) || isStream) return known;
  return { ...known, body: Buffer.from(jsonOf(body)), parsed: true };
}

/** @param {any} given */
function textOf(given) {
  if (typeof given === 'string') return given;
  if (given instanceof URL || given instanceof URLSearchParams) return String(given);
  if (!isObject(given)) return '';
  return isQuery(given) ? queryText(given) : jsonOf(given);
}

/**
 * Whether it is a parsed query, not an object that holds one, such as the event of a function platform.
 * @param {any} given
 */
function isQuery(given) {
  const isSigned = given.signature !== undefined || given.msg_signature !== undefined;
  return isSigned || Object.values(given).every((value) => !isObject(value) || Array.isArray(value));
}

/**
 * A parsed query as text again. What is no string or list of strings gets brackets, as it would have had.
 * @param {any} query
 */
function queryText(query) {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => (typeof one === 'string' ? pair(name, one) : pair(`${name}[]`, ''))),
  );
  return `?${pairs.join('&')}`;
}

/**
 * @param {string} name
 * @param {string} value
 */
function pair(name, value) {
  return `${encoded(name)}=${encoded(value)}`;
}

/**
 * Quotes and brackets too, so that nothing takes them for those around a pasted URL.
 * @param {string} text
 */
function encoded(text) {
  const hex = (/** @type {string} */ c) => `%${c.charCodeAt(0).toString(16)}`;
  return encodeURIComponent(text.toWellFormed()).replace(/['()]/g, hex);
}

/**
 * One account, or several that have names.
 * @param {any} given
 * @returns {import('./engine/addon.js').NamedAccount[]}
 */
function namedAccountsOf(given) {
  return severalOf(given).map((account, index) => {
    const { name = `account ${index + 1}`, options, wrong } = explainableAccount(account);
    return { name, options, wrong };
  });
}

/** @param {any} given */
function severalOf(given) {
  try {
    return Array.isArray(given) && given.some(isObject) ? [...given] : [given];
  } catch {
    return [given];
  }
}

/** @param {unknown} value */
function nonEmpty(value) {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * @param {unknown} value
 * @returns {boolean}
 */
function isObject(value) {
  return typeof value === 'object' && value !== null;
}

module.exports = { explainFor, explainPush };
