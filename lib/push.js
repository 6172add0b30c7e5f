'use strict';

const { readBody } = require('./body.js');
const { accountOptions, optionsOf } = require('./options.js');
const { createReceiver, rejectionOf } = require('./receiver.js');
const { createReporter } = require('./report.js');

/**
 * The way of one request, the same for every web framework.
 * @param {any} given the options of messagePush
 */
function createPush(given) {
  const options = optionsOf(given);
  const receiver = createReceiver(options);
  const { bodyLimit } = accountOptions(options);
  const report = createReporter(options);

  /**
   * What a request that brings no message is answered.
   * @param {import('..').Handshake | import('..').Rejected} outcome
   * @param {any} req
   * @param {any} [body]
   */
  function answer(outcome, req, body) {
    if (outcome.type === 'rejected') report(outcome, req, body);
    return receiver.respond(outcome);
  }

  return {
    /** The answer to anything but a POST. */
    withoutBody(req) {
      const outcome = receiver.receive({ method: req.method, url: req.url });
      return answer(/** @type {any} */ (outcome), req);
    },

    /**
     * The answer to a POST.
     * @param {any} req
     * @param {import('..').PushHandler} handler
     */
    async message(req, handler) {
      const read = await readBody(req, bodyLimit);
      if ('reason' in read) return answer(rejectionOf(read.reason, bodyLimit), req);
      const outcome = receiver.receive({ method: req.method, url: req.url, body: read.body });
      if (outcome.type !== 'message') return answer(outcome, req, read.body);
      const value = await handler(outcome.message, new PushContext(outcome, req));
      return receiver.respond(outcome, value);
    },
  };
}

/** Documented in index.d.ts. */
class PushContext {
  #received;

  /**
   * @param {import('..').Received} received
   * @param {any} request
   */
  constructor(received, request) {
    this.#received = received;
    this.id = received.id;
    this.format = received.format;
    this.encrypted = received.encrypted;
    this.request = request;
  }

  get raw() {
    return this.#received.raw;
  }

  get query() {
    return this.#received.query;
  }
}

module.exports = { createPush };
