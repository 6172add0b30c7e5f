'use strict';

const { textOf, userOf } = require('../message-user.js');

/** Documented in index.d.ts. */
class PushContext {
  #received;
  #run;

  /**
   * @param {import('../..').Received} received
   * @param {InstanceType<typeof import('../delivery/run.js').Run>} run
   * @param {any} request
   */
  constructor(received, run, request) {
    this.#received = received;
    this.#run = run;
    this.id = received.id;
    this.attempt = run.attempt;
    this.format = received.format;
    this.encrypted = received.encrypted;
    this.request = request;
  }

  get signal() {
    return this.#run.signal;
  }

  get text() {
    return textOf(this.#received.message);
  }

  get user() {
    return userOf(this.#received.message);
  }

  get raw() {
    return this.#received.raw;
  }

  get receiveId() {
    return this.#received.receiveId;
  }

  get query() {
    return this.#received.query;
  }
}

module.exports = { PushContext };
