'use strict';

const { channel } = require('node:diagnostics_channel');
const { call } = require('../callback.js');
const { PRINT_EVERY, PRINT_IN_PRODUCTION_EVERY } = require('../deadlines.js');
const engine = require('../engine/index.js');

const rejected = channel('wechat-push:rejected');

/** The line about a refusal. */
const LINES = {
  en: {
    line: (/** @type {Line} */ { reason, hint, detail }) => `refused, ${reason}: ${hint} (${detail})`,
    left: (/** @type {number} */ count) => ` (${count} more like this before)`,
  },
  zh: {
    line: (/** @type {Line} */ { reason, hint, detail }) => `拒绝请求，${reason}：${hint}（${detail}）`,
    left: (/** @type {number} */ count) => `（此前还有 ${count} 次）`,
  },
};

/** @typedef {{ reason: string, hint: string, detail: string }} Line */
/** @typedef {'en' | 'zh'} Language */
/**
 * What is known of a refusal beside the request.
 * @typedef {object} Refused
 * @property {import('../account.js').Account} [account] whose refusal it is
 * @property {any} [body]
 * @property {unknown} [error] why no account was found
 * @property {number} now in seconds
 */
/** @typedef {(rejection: import('../..').Rejected, request: import('../..').EndpointRequest, refused: Refused) => void} Report */
/** @typedef {(rejection: ExplainedRejection, request: any) => void} Tell */

/**
 * Tells the owner why requests are refused: on the diagnostics channel, and to `onReject` or, where
 * there is none, on stderr.
 * @param {{ onReject?: import('../..').MessagePushOptions['onReject'], lang: Language }} options
 * @returns {Report}
 */
function createReporter({ onReject, lang }) {
  const tell = onReject ? callerOf(onReject) : printer(lang);
  return (outcome, { method, url, request }, refused) => {
    const rejection = new ExplainedRejection(outcome, { method, url }, { ...refused, lang });
    if (rejected.hasSubscribers) rejected.publish({ rejection, request });
    tell(rejection, request);
  };
}

/** A rejection with hints. They are made on demand, since that takes longer than refusing. */
class ExplainedRejection {
  #request;
  #refused;

  /**
   * @param {import('../..').Rejected} rejection
   * @param {{ method: string, url: string }} request
   * @param {Refused & { lang: Language }} refused
   */
  constructor({ reason, code, status, detail }, request, refused) {
    this.type = /** @type {const} */ ('rejected');
    this.reason = reason;
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.account = refused.account?.shown;
    if (refused.error !== undefined) this.error = refused.error;
    this.#request = request;
    this.#refused = refused;
  }

  /** Documented in index.d.ts. Can be taken out of the object. @type {import('../..').ExplainedRejection['hints']} */
  get hints() {
    return (lang = this.#refused.lang) => this.#hintsIn(lang);
  }

  /** @param {Language} lang */
  #hintsIn(lang) {
    const { account, body, now } = this.#refused;
    const { explainFor } = require('../explain-push.js');
    const explanation = account && explainFor(account, { ...this.#request, body, now }, { lang });
    // The core cannot find reasons again that only JavaScript sees, such as `body_timeout`.
    return explanation?.reason === this.reason
      ? explanation.hints
      : [engine.hint(this.reason, lang === 'zh')];
  }
}

/**
 * @param {Tell} onReject
 * @returns {Tell}
 */
function callerOf(onReject) {
  return (rejection, request) => call('onReject', () => onReject(rejection, request));
}

/**
 * Prints a line with the best hint. In a flood, repeated reasons are only counted: reasons are few, so the lines
 * are, whatever strangers send.
 * @param {Language} lang
 * @returns {Tell}
 */
function printer(lang) {
  const every = process.env.NODE_ENV === 'production' ? PRINT_IN_PRODUCTION_EVERY : PRINT_EVERY;
  /** @type {Map<string, { at: number, left: number }>} */
  const printed = new Map();
  return (rejection) => {
    const now = performance.now();
    const last = printed.get(rejection.reason);
    if (last && now - last.at < every) {
      last.left += 1;
      return;
    }
    printed.set(rejection.reason, { at: now, left: 0 });
    const { reason, detail } = rejection;
    const [hint] = rejection.hints();
    const left = last?.left ? LINES[lang].left(last.left) : '';
    process.stderr.write(`wechat-push: ${LINES[lang].line({ reason, hint, detail })}${left}\n`);
  };
}

module.exports = { createReporter };
