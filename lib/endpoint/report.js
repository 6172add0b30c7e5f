'use strict';

const { channel } = require('node:diagnostics_channel');
const { call } = require('../callback.js');
const { PRINT_EVERY } = require('../deadlines.js');
const engine = require('../engine/index.js');
const { explainFor } = require('../explain-push.js');

const rejected = channel('wechat-push:rejected');

/** @typedef {(rejection: import('../..').Rejected, request: import('../..').EndpointRequest, body: any, now: number) => void} Report */
/** @typedef {(rejection: ExplainedRejection, request: any) => void} Tell */

/**
 * Tells the owner why requests are refused: on the diagnostics channel, and to `onReject` or, where
 * there is none, to whoever develops.
 * @param {import('../engine/addon.js').EngineAccount} account
 * @param {import('../..').MessagePushOptions['onReject']} [onReject]
 * @returns {Report}
 */
function createReporter(account, onReject) {
  const tell = onReject ? callerOf(onReject) : printer();
  return (outcome, { method, url, request }, body, now) => {
    const rejection = new ExplainedRejection(outcome, { method, url, body, now }, account);
    if (rejected.hasSubscribers) rejected.publish({ rejection, request });
    tell(rejection, request);
  };
}

/** A rejection with hints. They are made on demand, since that takes longer than refusing. */
class ExplainedRejection {
  #request;
  #account;

  /**
   * @param {import('../..').Rejected} rejection
   * @param {{ method: string, url: string, body: any, now: number }} request
   * @param {import('../engine/addon.js').EngineAccount} account
   */
  constructor({ reason, code, status, detail }, request, account) {
    this.type = /** @type {const} */ ('rejected');
    this.reason = reason;
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.#request = request;
    this.#account = account;
  }

  /** Documented in index.d.ts. @type {import('../..').ExplainedRejection['hints']} */
  hints(lang = 'en') {
    const explanation = explainFor(this.#account, this.#request, { lang });
    // The core cannot find reasons again that only JavaScript sees, such as `body_timeout`.
    return explanation.reason === this.reason ? explanation.hints : [engine.hint(this.reason, lang === 'zh')];
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
 * Prints a line with the best hint, unless in production. In a flood, repeated reasons are only counted.
 * @returns {Tell}
 */
function printer() {
  if (process.env.NODE_ENV === 'production') return () => {};
  /** @type {Map<string, { at: number, left: number }>} */
  const printed = new Map();
  return (rejection) => {
    const now = performance.now();
    const last = printed.get(rejection.reason);
    if (last && now - last.at < PRINT_EVERY) {
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
