'use strict';

const { openAccount } = require('../account.js');
const { call } = require('../callback.js');
const { systemClock } = require('../clock.js');
const { createDelivery } = require('../delivery/delivery.js');
const { noHandler } = require('../errors.js');
const { handlerValueOfRecord } = require('../handler-value.js');
const { endpointOptions, optionalFunction } = require('../options.js');
const { handshakeStoredAs, openReceiver, rejectionOf } = require('../receiver.js');
const { adviseOn } = require('../stores/advice.js');
const { withFallback } = require('../stores/fallback.js');
const { isMemoryStore, openMemoryStore } = require('../stores/memory.js');
const { toError } = require('../thrown.js');
const { readBody } = require('./body.js');
const { Connection } = require('./connection.js');
const { IncomingPush } = require('./incoming-push.js');
const { howAnswered, tellHandled, tellReceived } = require('./observe.js');
const { createReporter } = require('./report.js');
const { createTickets } = require('./tickets.js');

/** Makes WeChat deliver again, should it still be connected. */
const RETRY = { status: 503, headers: { Connection: 'close' }, body: '' };

/** Documented in index.d.ts. @type {typeof import('../..').createEndpoint} */
function createEndpoint(options, handler) {
  return openEndpoint(options, handler);
}

/**
 * An endpoint, with the options that only this package sets.
 * @param {any} options
 * @param {import('../..').PushHandler<any>} [handler]
 * @param {Host} [host]
 * @returns {import('../..').Endpoint}
 *
 * @typedef {object} Host
 * @property {typeof systemClock} [clock]
 * @property {boolean} [isFrozen] whether it stops the process after each answer
 * @property {boolean} [isIsolated] whether one request cannot wait for another
 */
function openEndpoint(options, handler, { clock = systemClock, isFrozen, isIsolated } = {}) {
  const parsed = endpointOptions(options);
  const { onReject, onUndelivered, onTicket, lang } = parsed.report;
  const { store = openMemoryStore(undefined, clock), replyWindow } = parsed.delivery;
  const { bodyLimit } = parsed.account;
  adviseOn(store, isFrozen);
  const account = openAccount(parsed.account);
  optionalFunction('handler')(handler);
  const receiver = openReceiver(account);
  const report = createReporter(account, { onReject, lang });
  const known = isMemoryStore(store) ? store : withFallback(store, clock, isIsolated);
  const tickets = onTicket && createTickets({ onTicket, records: known.records, clock });
  const own = { handler, onUndelivered, tickets, judge };
  const { deliver, noteUsed } = createDelivery({
    store: known,
    replyWindow,
    clock,
    isFrozen,
    isIsolated,
  });

  /**
   * The answer to a handshake or a refused request.
   * @param {import('../..').Handshake | import('../..').Rejected} outcome
   * @param {import('../..').EndpointRequest} request
   * @param {any} [body]
   */
  function answer(outcome, request, body) {
    if (outcome.type === 'rejected') report(outcome, request, body, seconds());
    return receiver.respond(outcome);
  }

  /**
   * The answer to a GET, which does not wait for the store: whoever reads the URL in a log comes later.
   * @param {import('../..').EndpointRequest} request
   */
  async function handleHandshake(request) {
    const { method, url } = request;
    const outcome = /** @type {any} */ (receiver.receive({ method, url }));
    const used = outcome.type === 'handshake' && handshakeStoredAs(outcome);
    if (used) {
      const noted = noteUsed(used);
      if (request.waitUntil) call('waitUntil', () => request.waitUntil?.(noted));
      if (isFrozen) await noted;
    }
    return answer(outcome, request);
  }

  /**
   * The answer to a message.
   * @param {import('../..').Received} outcome
   * @param {import('../..').EndpointRequest} request
   * @param {InstanceType<typeof Connection>} connection
   * @param {any} body
   */
  async function handleMessage(outcome, request, connection, body) {
    const push = new IncomingPush(outcome, request, connection, own);
    const tell = (/** @type {import('../..').PushAnswer} */ how) =>
      tellHandled({ outcome, push, how, duration: clock.now() - push.arrived, request });
    tellReceived(outcome, request);
    try {
      const delivered = await deliver(push);
      tell(howAnswered(delivered));
      if (delivered === 'replayed') return answer(rejectionOf('replayed'), request, body);
      if (delivered === 'retry' || delivered === 'left') return RETRY;
      return delivered.response ?? judge(outcome, handlerValueOfRecord(delivered.record)).response;
    } catch (error) {
      tell('failed');
      throw error;
    }
  }

  /**
   * @param {import('../..').Received} outcome
   * @param {import('../handler-value.js').HandlerValue} value
   */
  function judge(outcome, value) {
    return receiver.judge(outcome, value, seconds());
  }

  /** The time in seconds, as in WeChat's timestamps. */
  function seconds() {
    return clock.wall() / 1000;
  }

  return {
    async handle(request) {
      try {
        const { method, url, headers } = request;
        if (method !== 'POST') return await handleHandshake(request);
        const connection = new Connection(clock.now(), request);
        const refused = receiver.checkUrl(url, seconds());
        if (refused) return answer(refused, request);
        const limit = Math.min(bodyLimit, request.bodyLimit ?? Infinity);
        const read = await readBody(request, limit, clock);
        if ('reason' in read) return answer(rejectionOf(read.reason, limit), request);
        const outcome = receiver.receive({ method, url, headers, body: read.body, now: seconds() });
        if (outcome.type !== 'message') return answer(outcome, request, read.body);
        const isTaken = handler || request.next || tickets?.ticketIn(outcome.message);
        if (!isTaken) return failed(noHandler());
        return await handleMessage(outcome, request, connection, read.body);
      } catch (error) {
        return failed(toError(error));
      }
    },
  };
}

/**
 * After a 500 WeChat delivers the push again. The error is for the framework's error handling.
 * @param {Error} error
 */
function failed(error) {
  return { status: 500, headers: {}, body: '', error };
}

module.exports = { createEndpoint, openEndpoint };
