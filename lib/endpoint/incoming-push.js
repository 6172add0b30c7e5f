'use strict';

const { call } = require('../callback.js');
const { reportFailure, reportUndelivered, reportUnsendable } = require('../delivery/undelivered.js');
const { once, warnings } = require('../errors.js');
const { handlerValueOf, recordOf } = require('../handler-value.js');
const { identityOf, objectionOf, storedAs } = require('../receiver.js');
const { PushContext } = require('./context.js');
const { nextAsHandler } = require('./next-as-handler.js');

/** A push as `lib/delivery` takes it: one object for each, whose methods are made once. */
class IncomingPush {
  #outcome;
  #request;
  #connection;
  #endpoint;
  #ticket;
  /** @type {InstanceType<typeof PushContext> | undefined} */
  #context;

  /**
   * @param {import('../..').Received} outcome
   * @param {import('../..').EndpointRequest} request
   * @param {InstanceType<typeof import('./connection.js').Connection>} connection
   * @param {object} endpoint
   * @param {import('../..').PushHandler<any>} [endpoint.handler]
   * @param {import('../..').MessagePushOptions['onUndelivered']} [endpoint.onUndelivered]
   * @param {ReturnType<typeof import('./tickets.js').createTickets>} [endpoint.tickets]
   * @param {(outcome: import('../..').Received, value: import('../handler-value.js').HandlerValue) => import('../receiver.js').Judged} endpoint.judge
   */
  constructor(outcome, request, connection, endpoint) {
    const { id, replay } = storedAs(outcome);
    this.id = id;
    this.replay = replay;
    this.arrived = connection.arrived;
    this.attempt = 0;
    /** Whether the handler ran for this very delivery. */
    this.hasRun = false;
    this.#outcome = outcome;
    this.#request = request;
    this.#connection = connection;
    this.#endpoint = endpoint;
    this.#ticket = endpoint.tickets?.ticketIn(outcome.message);
    this.isOwed = this.#ticket !== undefined;
  }

  /** @param {InstanceType<typeof import('../delivery/run.js').Run>} run */
  async handle(run) {
    this.hasRun = true;
    const value = await this.#value(run);
    const handlerValue = handlerValueOf(value);
    const { response, objection, isDoubtful, first, rest } = this.#endpoint.judge(
      this.#outcome,
      handlerValue,
    );
    if (isDoubtful) warnOfDoubt();
    if (!objection) return { value, ...recordOf(handlerValue), response };
    if (objection.outcome === 'malformed') {
      reportUnsendable(value, this.#outcome.message, this.#contextOf(run), objection);
      return { value, record: '', lasts: true, response };
    }
    if (rest === undefined) return { value, record: '', lasts: true, response, rest: { value, objection } };
    return { value, record: JSON.stringify(first), lasts: false, response, rest: { value: rest, objection } };
  }

  hasLeft() {
    return this.#connection.hasLeft;
  }

  /** @param {() => void} listener */
  onLeave(listener) {
    this.#connection.onLeave(listener);
  }

  /** @param {Promise<unknown>} work */
  waitUntil(work) {
    if (this.#request.waitUntil) call('waitUntil', () => this.#request.waitUntil?.(work));
  }

  /**
   * @param {unknown} value
   * @param {InstanceType<typeof import('../delivery/run.js').Run>} run
   * @param {import('../wire.js').Objection} [objection]
   */
  undelivered(value, run, objection) {
    const { message } = this.#outcome;
    const reason = /** @type {import('../..').UndeliveredReason} */ (objection?.outcome ?? 'late');
    return reportUndelivered(
      value,
      message,
      this.#contextOf(run),
      reason,
      this.#endpoint.onUndelivered,
      objection,
    );
  }

  /**
   * @param {unknown} error
   * @param {InstanceType<typeof import('../delivery/run.js').Run>} run
   */
  failed(error, run) {
    reportFailure(error, this.#outcome.message, this.#contextOf(run));
  }

  /** What the app makes of it. @param {InstanceType<typeof import('../delivery/run.js').Run>} run */
  #value(run) {
    const { handler = nextAsHandler(this.#request), tickets } = this.#endpoint;
    const { message } = this.#outcome;
    if (!this.#ticket || !tickets) return handler(message, this.#contextOf(run));
    return tickets.handOver(this.#ticket, identityOf(this.#outcome), this.#contextOf(run), message);
  }

  /** @param {InstanceType<typeof import('../delivery/run.js').Run>} run */
  #contextOf(run) {
    return (this.#context ??= new PushContext(this.#outcome, run, this.#request.request));
  }
}

/** Most accounts whose pushes are JSON take no passive reply. */
function warnOfDoubt() {
  once('passive_json', () => warnings.replyDoubtful(objectionOf('passive_json')));
}

module.exports = { IncomingPush };
