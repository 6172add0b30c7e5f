'use strict';

const { readBody } = require('./body.js');
const { PushContext } = require('./context.js');
const { createDelivery } = require('./delivery.js');
const { accountOptions, deliveryOptions, optionsOf } = require('./options.js');
const { authenticationOf, createReceiver, handlerValueOf, rejectionOf } = require('./receiver.js');
const { createReporter } = require('./report.js');
const { withFallback } = require('./stores/fallback.js');
const { isMemoryStore, memoryStore } = require('./stores/memory.js');

/** For a delivery without a reply that WeChat shall repeat; it has hung up by then. */
const RETRY = { status: 503, headers: { Connection: 'close' }, body: '' };

/**
 * The way of one request, the same for every web framework.
 * @param {any} given the options of messagePush
 */
function createPush(given) {
  const options = optionsOf(given);
  const receiver = createReceiver(options);
  const { bodyLimit } = accountOptions(options);
  const report = createReporter(options);
  const { replyWindow, store = memoryStore(), onLate } = deliveryOptions(options);
  const { deliver } = createDelivery({
    store: isMemoryStore(store) ? store : withFallback(store),
    replyWindow,
  });

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
      /** @type {import('./delivery.js').Push} */
      const push = {
        id: outcome.id,
        proof: Object.values(authenticationOf(outcome) ?? {}).join(''),
        message: outcome.message,
        onLate,
        async handle(run) {
          push.context = new PushContext(outcome, run, req);
          const value = await handler(outcome.message, push.context);
          const response = receiver.respond(outcome, value);
          return { value, isNone: handlerValueOf(value).isNone, response };
        },
      };
      const delivered = await deliver(push);
      if (delivered === 'replayed') return answer(rejectionOf('replayed'), req, read.body);
      if (delivered === 'retry') return RETRY;
      const own = delivered.by === push ? delivered.response : undefined;
      return own ?? receiver.respond(outcome, delivered.value);
    },
  };
}

module.exports = { createPush };
