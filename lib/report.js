'use strict';

const { channel } = require('node:diagnostics_channel');
const { explainPush } = require('./explain-push.js');
const engine = require('./engine/index.js');
const { optionalFunction, readingOptions } = require('./options.js');
const { describe } = require('./thrown.js');

const rejected = channel('wechat-push:rejected');

/** One line for each reason in this many milliseconds; the others are counted. */
const PAUSE = 10_000;

/** @typedef {(rejection: import('..').Rejected, request: any, body?: any) => void} Report */
/** @typedef {(rejection: ExplainedRejection, request: any) => void} Tell */

/**
 * Tells the owner why requests are refused: on the diagnostics channel, and to `onReject` or, where
 * there is none, to whoever develops.
 * @param {any} options
 * @returns {Report}
 */
function createReporter(options) {
  const onReject = optionalFunction(
    'onReject',
    readingOptions(() => options.onReject),
  );
  const tell = onReject ? callerOf(onReject) : printer();
  return (outcome, request, body) => {
    const rejection = new ExplainedRejection(outcome, request, body, options);
    if (rejected.hasSubscribers) rejected.publish({ rejection, request });
    tell(rejection, request);
  };
}

/** A rejection that says what to do about it, once somebody asks: that takes longer than refusing. */
class ExplainedRejection {
  #asked;
  #account;

  /**
   * @param {import('..').Rejected} rejection
   * @param {any} request
   * @param {any} body
   * @param {any} account
   */
  constructor({ reason, code, status, detail }, { method, url }, body, account) {
    this.type = /** @type {const} */ ('rejected');
    this.reason = reason;
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.#asked = { method, url, body, now: Date.now() / 1000 };
    this.#account = account;
  }

  /** Documented in index.d.ts. @type {import('..').ExplainedRejection['hints']} */
  hints(lang = 'en') {
    const explanation = explainPush(this.#asked, this.#account, { lang });
    // What only JavaScript can see of a request is not found again.
    return explanation.reason === this.reason ? explanation.hints : [engine.hint(this.reason, lang === 'zh')];
  }
}

/**
 * What listens must not change what the sender gets, so an error thrown there becomes a warning.
 * @param {Tell} onReject
 * @returns {Tell}
 */
function callerOf(onReject) {
  return (rejection, request) => {
    // Called at once; the promise is there for what it throws, now or later.
    new Promise((resolve) => resolve(onReject(rejection, request))).catch((error) => {
      process.emitWarning(`wechat-push: onReject threw: ${describe(error)}`, {
        code: 'WECHAT_PUSH_ON_REJECT',
      });
    });
  };
}

/**
 * Prints a line with the best hint, unless in production. A flood costs no more than counting.
 * @returns {Tell}
 */
function printer() {
  if (process.env.NODE_ENV === 'production') return () => {};
  /** @type {Map<string, { at: number, left: number }>} */
  const printed = new Map();
  return (rejection) => {
    const now = performance.now();
    const last = printed.get(rejection.reason);
    if (last && now - last.at < PAUSE) {
      last.left += 1;
      return;
    }
    printed.set(rejection.reason, { at: now, left: 0 });
    const left = last?.left ? ` (${last.left} more like this before)` : '';
    const [hint] = rejection.hints();
    process.stderr.write(`wechat-push: refused, ${rejection.reason}: ${hint}${left}\n`);
  };
}

module.exports = { createReporter };
