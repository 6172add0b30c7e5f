'use strict';

const { wordsOf } = require('./errcodes.js');

/** The token was replaced or has expired. */
const TOKEN_REJECTED = new Set([40001, 40014, 42001]);

/** The user's budget is used up, or its time over. */
const BUDGET_OVER = new Set([45015, 45047]);

/** To try again a little later may help. */
const BUSY = new Set([-1]);

/** Why there is no answer to judge, for people. */
const FAILURES = {
  unreachable: { en: 'cannot be reached', zh: '无法连接' },
  timeout: { en: 'did not answer in time', zh: '未在限定时间内响应' },
  aborted: { en: 'was not waited for any longer', zh: '调用已被取消' },
  http_status: { en: 'answered with an HTTP error', zh: '返回了 HTTP 错误' },
  not_json: { en: 'answered with something that is no JSON', zh: '返回的内容不是 JSON' },
  too_large: { en: 'gave an answer that is too large', zh: '返回的内容过大' },
  no_token: { en: 'gave no access token', zh: '没有返回 access_token' },
  not_taken: { en: 'takes no such message', zh: '不支持这种消息' },
  elsewhere: {
    en: 'the response_url of the message is none of https://qyapi.weixin.qq.com, so that nothing was sent',
    zh: '消息中的 response_url 不在 https://qyapi.weixin.qq.com，未发送任何内容',
  },
};

/** Those that may be over in a moment. @type {Set<Failure>} */
const TEMPORARY = new Set(['unreachable', 'timeout', 'http_status', 'not_json', 'too_large', 'no_token']);

/**
 * @typedef {keyof typeof FAILURES} Failure
 *
 * @typedef {object} Told what an error tells beside its words; nothing of it may hold a token
 * @property {string} path of the interface, without its query
 * @property {Failure | 'refused'} reason
 * @property {number} [errcode]
 * @property {string} [errmsg]
 * @property {string} [rid]
 * @property {number} [status]
 * @property {boolean} temporary
 */

/** Documented in api.d.ts. */
class ApiError extends Error {
  /** @param {{ en: string, zh: string }} words @param {Told} told */
  constructor({ en, zh }, told) {
    super(`wechat-push: ${told.path}: ${en}`);
    this.code = 'ERR_WECHAT_PUSH_API';
    this.detail = en;
    this.zh = zh;
    this.path = told.path;
    this.reason = told.reason;
    this.errcode = told.errcode;
    this.errmsg = told.errmsg;
    this.rid = told.rid;
    this.status = told.status;
    this.temporary = told.temporary;
  }
}
Object.defineProperty(ApiError.prototype, 'name', { value: 'ApiError', configurable: true });

/**
 * WeChat's answer says no.
 * @param {string} path
 * @param {{ errcode: number, errmsg: string, isWeCom?: boolean }} answer
 */
function apiRefused(path, { errcode, errmsg: told, isWeCom }) {
  const [, errmsg, rid] = /^(.*?)\s*(?:,?\s*rid: ?(\S+))?$/s.exec(told) ?? [];
  const { en, zh } = wordsOf(errcode, isWeCom);
  const words = { en: `${errcode}, ${en} (${errmsg})`, zh: `${errcode}，${zh}（${errmsg}）` };
  return new ApiError(words, { path, reason: 'refused', errcode, errmsg, rid, temporary: BUSY.has(errcode) });
}

/**
 * There is no answer to judge.
 * @param {string} path
 * @param {Failure} reason
 * @param {{ more?: string, status?: number }} [about] `more` in words or numbers of any language
 */
function apiFailed(path, reason, { more, status } = {}) {
  const { en, zh } = FAILURES[reason];
  const words = more ? { en: `${en}: ${more}`, zh: `${zh}：${more}` } : { en, zh };
  // What a client did wrong it does wrong again.
  const isOurs = status !== undefined && status < 500 && status !== 429;
  return new ApiError(words, { path, reason, status, temporary: TEMPORARY.has(reason) && !isOurs });
}

/** @param {any} error */
function isTokenRejected(error) {
  return error instanceof ApiError && TOKEN_REJECTED.has(Number(error.errcode));
}

/** @param {any} error */
function isBudgetOver(error) {
  return error instanceof ApiError && BUDGET_OVER.has(Number(error.errcode));
}

module.exports = { ApiError, apiFailed, apiRefused, isBudgetOver, isTokenRejected };
