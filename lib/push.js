'use strict';

const { openAccount } = require('./account.js');
const { readBody } = require('./body.js');
const { systemClock } = require('./clock.js');
const { PushContext } = require('./context.js');
const { createDelivery } = require('./delivery.js');
const { accountOptions, deliveryOptions, optionsOf } = require('./options.js');
const {
  handlerValueOf,
  handlerValueOfRecord,
  openReceiver,
  recordOf,
  rejectionOf,
  replayOf,
} = require('./receiver.js');
const { createReporter } = require('./report.js');
const { withFallback } = require('./stores/fallback.js');
const { isMemoryStore, memoryStore } = require('./stores/memory.js');
const { reportFailure, reportUndelivered } = require('./undelivered.js');

/** For a delivery without a reply that WeChat shall repeat; it has hung up by then. */
const RETRY = { status: 503, headers: { Connection: 'close' }, body: '' };

/**
 * The way of one request, the same for every web framework.
 * @param {any} given the options of messagePush
 */
function createPush(given, clock = systemClock) {
  const options = optionsOf(given);
  const receiver = openReceiver(openAccount(options));
  const { bodyLimit } = accountOptions(options);
  const report = createReporter(options);
  const { replyWindow, store = memoryStore(), onUndelivered } = deliveryOptions(options);
  const { deliver } = createDelivery({
    store: isMemoryStore(store) ? store : withFallback(store, clock),
    replyWindow,
    clock,
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
     * @param {any} res
     * @param {import('..').PushHandler} handler
     */
    async message(req, res, handler) {
      const arrived = clock.now();
      const refused = receiver.checkUrl(req.url, clock.wall() / 1000);
      if (refused) return answer(refused, req);
      const connection = new Connection(res);
      const read = await readBody(req, bodyLimit);
      if ('reason' in read) return answer(rejectionOf(read.reason, bodyLimit), req);
      const now = clock.wall() / 1000;
      const outcome = receiver.receive({ method: req.method, url: req.url, body: read.body, now });
      if (outcome.type !== 'message') return answer(outcome, req, read.body);
      const { message } = outcome;
      /** @type {import('..').PushContext | undefined} */
      let context;
      const contextOf = (run) => (context ??= new PushContext(outcome, run, req));
      const delivered = await deliver({
        id: outcome.id,
        replay: replayOf(outcome),
        arrived,
        hasLeft: () => connection.hasLeft,
        onLeave: (listener) => connection.onLeave(listener),
        undelivered: (value, run) => reportUndelivered(value, message, contextOf(run), 'late', onUndelivered),
        failed: (error, run) => reportFailure(error, message, contextOf(run)),
        async handle(run) {
          const value = await handler(message, contextOf(run));
          const handlerValue = handlerValueOf(value);
          const response = receiver.respondWith(outcome, handlerValue, clock.wall() / 1000);
          return { value, record: recordOf(handlerValue), response };
        },
      });
      if (delivered === 'replayed') return answer(rejectionOf('replayed'), req, read.body);
      if (delivered === 'retry' || delivered === 'left') return RETRY;
      const { record, response } = delivered;
      return response ?? receiver.respondWith(outcome, handlerValueOfRecord(record), clock.wall() / 1000);
    },
  };
}

/** Whether the sender still listens. */
class Connection {
  hasLeft = false;
  /** @type {(() => void)[]} */
  #listeners = [];

  /** @param {any} res */
  constructor(res) {
    if (res.destroyed) this.hasLeft = true;
    else res.once('close', () => this.#leave());
  }

  /** @param {() => void} listener is called at once where the sender has left before */
  onLeave(listener) {
    if (this.hasLeft) listener();
    else this.#listeners.push(listener);
  }

  #leave() {
    this.hasLeft = true;
    for (const listener of this.#listeners) listener();
  }
}

module.exports = { createPush };
