'use strict';

const { systemClock } = require('../clock.js');
const { API_ANSWERS_WITHIN } = require('../deadlines.js');
const { reading, wrongOption } = require('../errors.js');
const { wellFormed } = require('../json.js');
const { apiFailed, apiRefused } = require('./api-error.js');

const ORIGINS = { wechat: 'https://api.weixin.qq.com', wecom: 'https://qyapi.weixin.qq.com' };

/** So much of an answer is read. */
const ANSWER_LIMIT = 4 * 1024 * 1024;

/** The server for tests must be of this machine: what is sent there are secrets. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Where calls go, and how.
 * @typedef {object} Api
 * @property {boolean} isWeCom
 * @property {URL} base
 * @property {typeof fetch} fetch
 * @property {typeof systemClock} clock
 */

/**
 * @param {{ isWeCom?: boolean, fetch?: typeof fetch, clock?: typeof systemClock }} [how]
 * @returns {Api}
 */
function openApi({ isWeCom = false, fetch: given, clock = systemClock } = {}) {
  const base = replacedBase() ?? new URL(isWeCom ? ORIGINS.wecom : ORIGINS.wechat);
  // Looked up with every call, and called as a plain function: Workers want no `this`.
  return { isWeCom, base, clock, fetch: given ?? ((url, init) => fetch(url, init)) };
}

function replacedBase() {
  const given = process.env.WECHAT_PUSH_API_URL;
  if (!given) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url && /^https?:$/.test(url.protocol) && LOOPBACK.test(url.hostname)) return new URL('/', url);
  throw wrongOption('WECHAT_PUSH_API_URL', 'must be a server of this machine, such as http://127.0.0.1:8080');
}

/**
 * One call of an interface: POST with a body, else GET. Gives the answer, whose `errcode` is 0 or absent; throws an
 * `ApiError` for any other, in which there is neither the query nor anything else that was sent.
 * @param {Api} api
 * @param {string} path with or without a query
 * @param {object} sent
 * @param {Record<string, string>} [sent.query] holds secrets
 * @param {any} [sent.body]
 * @param {AbortSignal} [sent.signal]
 * @returns {Promise<any>}
 */
async function request(api, path, { query = {}, body, signal }) {
  const url = urlOf(api, path);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const { pathname } = url;
  const { response, text } = await exchanged(api, url, body, signal);
  const { status } = response;
  if (!response.ok) throw apiFailed(pathname, 'http_status', { more: String(status), status });
  const answer = answerIn(text);
  if (!answer) throw apiFailed(pathname, 'not_json', { more: contentType(response) });
  const { errcode = 0, errmsg = '' } = answer;
  if (Number(errcode) === 0) return answer;
  const hidden = [...Object.values(query), ...secretsOf(body)];
  throw apiRefused(pathname, {
    errcode: Number(errcode),
    errmsg: without(hidden, String(errmsg)),
    isWeCom: api.isWeCom,
  });
}

/**
 * A path at the API's own host, so that a token goes nowhere else.
 * @param {Api} api
 * @param {unknown} path
 */
function urlOf({ base }, path) {
  const url =
    typeof path === 'string' && URL.canParse(path, base.href) ? new URL(path, base.href) : undefined;
  if (!url || url.origin !== base.origin || url.pathname === '/') {
    throw wrongOption('path', "must be the path of an interface, such as 'cgi-bin/getcallbackip'");
  }
  if (url.searchParams.has('access_token')) {
    throw wrongOption('path', 'must come without access_token, which is added to it');
  }
  return url;
}

/**
 * @param {Api} api
 * @param {URL} url
 * @param {any} body
 * @param {AbortSignal} [signal]
 */
async function exchanged({ fetch: send, clock }, url, body, signal) {
  const json = body === undefined ? undefined : jsonOf(body);
  const ending = new AbortController();
  let reason = /** @type {import('./api-error.js').Failure} */ ('unreachable');
  const end = (/** @type {typeof reason} */ why) => {
    reason = why;
    ending.abort();
  };
  const onAbort = () => end('aborted');
  const timer = clock.setTimeout(() => end('timeout'), API_ANSWERS_WITHIN);
  signal?.addEventListener('abort', onAbort);
  try {
    if (signal?.aborted) onAbort();
    return await Promise.race([
      sent(send, url, json, ending.signal, () => end('too_large')),
      // Not every fetch that is given looks at the signal.
      new Promise((_, reject) => ending.signal.addEventListener('abort', reject)),
    ]);
  } catch (/** @type {any} */ error) {
    // The error itself may hold the URL, with the token.
    throw apiFailed(url.pathname, reason, { more: reason === 'unreachable' ? codeOf(error) : undefined });
  } finally {
    clock.clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

/**
 * @param {typeof fetch} send
 * @param {URL} url
 * @param {string | undefined} json
 * @param {AbortSignal} signal
 * @param {() => void} tooLarge
 */
async function sent(send, url, json, signal, tooLarge) {
  signal.throwIfAborted();
  const response = await send(url.href, {
    method: json === undefined ? 'GET' : 'POST',
    headers: json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' },
    body: json,
    // A token does not go where an answer points.
    redirect: 'manual',
    signal,
  });
  return { response, text: await textOf(response, tooLarge) };
}

/**
 * @param {Response} response
 * @param {() => void} tooLarge
 */
async function textOf(response, tooLarge) {
  // A fetch that is given may have a body of its own kind.
  const reader = response.body?.getReader?.();
  if (!reader) return response.text();
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > ANSWER_LIMIT) throw tooLarge();
    text += decoder.decode(value, { stream: true });
  }
}

/**
 * As JSON with the characters themselves, which WeChat wants.
 * @param {unknown} body
 */
function jsonOf(body) {
  const wrong = () => wrongOption('body', 'must be an object that JSON can hold');
  const json = reading(() => JSON.stringify(body, wellFormed), wrong);
  if (typeof body !== 'object' || body === null || json === undefined) throw wrong();
  return json;
}

/** @param {string} text */
function answerIn(text) {
  try {
    const answer = JSON.parse(withLongNumbersAsText(text));
    return typeof answer === 'object' && answer !== null ? answer : undefined;
  } catch {
    return undefined;
  }
}

/** Integers that JavaScript would round, such as `msgid`, become strings. @param {string} json */
function withLongNumbersAsText(json) {
  return json.replaceAll(/"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\w.+-])-?\d{16,}(?![\d.eE])/g, (one) =>
    one.startsWith('"') || Number.isSafeInteger(Number(one)) ? one : `"${one}"`,
  );
}

/** What stands in an answer's head is not secret, and short. @param {Response} response */
function contentType(response) {
  return (response.headers.get('content-type') ?? '').slice(0, 60);
}

/** The code of the system, such as ECONNREFUSED. @param {any} error */
function codeOf(error) {
  try {
    const code = error.cause?.code ?? error.code;
    return typeof code === 'string' && /^[A-Za-z_]{1,40}$/.test(code) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** @param {any} body */
function secretsOf(body) {
  return typeof body?.secret === 'string' ? [body.secret] : [];
}

/**
 * @param {string[]} secrets
 * @param {string} text
 */
function without(secrets, text) {
  return secrets.reduce((left, secret) => (secret ? left.replaceAll(secret, '***') : left), text);
}

module.exports = { ORIGINS, openApi, request };
