'use strict';

const { call } = require('../callback.js');
const { reportFailure, reportUndelivered } = require('../delivery/undelivered.js');
const { handlerValueOf, recordOf } = require('../handler-value.js');
const { storedAs } = require('../receiver.js');
const { PushContext } = require('./context.js');
const { nextAsHandler } = require('./next-as-handler.js');

/** A push as `lib/delivery` takes it: one object for each, whose methods are made once. */
class IncomingPush {
  #outcome;
  #request;
  #connection;
  #endpoint;
  /** @type {InstanceType<typeof PushContext> | undefined} */
  #context;

  /**
   * @param {import('../..').Received} outcome
   * @param {import('../..').EndpointRequest} request
   * @param {InstanceType<typeof import('./connection.js').Connection>} connection
   * @param {object} endpoint
   * @param {import('../..').PushHandler} [endpoint.handler]
   * @param {import('../..').MessagePushOptions['onUndelivered']} [endpoint.onUndelivered]
   * @param {(outcome: import('../..').Received, value: import('../handler-value.js').HandlerValue) => import('../..').PushResponse} endpoint.respond
   */
  constructor(outcome, request, connection, endpoint) {
    const { id, replay } = storedAs(outcome);
    this.id = id;
    this.replay = replay;
    this.arrived = connection.arrived;
    this.#outcome = outcome;
    this.#request = request;
    this.#connection = connection;
    this.#endpoint = endpoint;
  }

  /** @param {InstanceType<typeof import('../delivery/run.js').Run>} run */
  async handle(run) {
    const handler = this.#endpoint.handler ?? nextAsHandler(this.#request);
    const value = await handler(this.#outcome.message, this.#contextOf(run));
    const handlerValue = handlerValueOf(value);
    const response = this.#endpoint.respond(this.#outcome, handlerValue);
    const { record, lasts } = recordOf(handlerValue);
    return { value, record, lasts, response };
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
   */
  undelivered(value, run) {
    const { message } = this.#outcome;
    reportUndelivered(value, message, this.#contextOf(run), 'late', this.#endpoint.onUndelivered);
  }

  /**
   * @param {unknown} error
   * @param {InstanceType<typeof import('../delivery/run.js').Run>} run
   */
  failed(error, run) {
    reportFailure(error, this.#outcome.message, this.#contextOf(run));
  }

  /** @param {InstanceType<typeof import('../delivery/run.js').Run>} run */
  #contextOf(run) {
    return (this.#context ??= new PushContext(this.#outcome, run, this.#request.request));
  }
}

module.exports = { IncomingPush };
