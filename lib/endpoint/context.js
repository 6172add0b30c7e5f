'use strict';

const { noSession } = require('../errors.js');
const { textOf, userOf } = require('../message-user.js');
const { identityOf, storedAs } = require('../receiver.js');

/**
 * Where something is kept for the user of a push.
 * @typedef {object} Place
 * @property {string} id of the push, the same in all processes
 * @property {string} identity what the store knows the account by
 * @property {string} user
 * @property {import('../..').PushRecords} records
 * @property {typeof import('../clock.js').systemClock} clock
 */

/** Documented in index.d.ts. */
class PushContext {
  #received;
  #run;
  #endpoint;
  #messages;
  /** @type {InstanceType<typeof import('../answers/session.js').Session> | undefined} */
  #session;

  /**
   * @param {import('../..').Received} received
   * @param {InstanceType<typeof import('../delivery/run.js').Run>} run
   * @param {any} request
   * @param {Pick<Place, 'records' | 'clock'> & { session?: { ttl: number } }} endpoint
   * @param {import('../..').PushMessage[]} [messages]
   */
  constructor(received, run, request, endpoint, messages) {
    this.#received = received;
    this.#run = run;
    this.#endpoint = endpoint;
    this.#messages = messages;
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
    const texts = this.messages.map(textOf).filter((text) => text !== undefined);
    return texts.length > 0 ? texts.join('\n') : undefined;
  }

  get user() {
    return userOf(this.#received.message);
  }

  get account() {
    return this.#received.account;
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

  get messages() {
    return (this.#messages ??= [this.#received.message]);
  }

  get session() {
    const { session } = this.#endpoint;
    if (!session) throw noSession('context.session needs the option session: { ttl } (milliseconds)');
    const place = PushContext.placeOf(this);
    if (!place) throw noSession('this push comes from no user, so it has no session');
    const key = `${place.identity}:session:${place.user}`;
    // Not at the top, as most apps keep no sessions.
    const { Session } = require('../answers/session.js');
    return (this.#session ??= new Session(place.records, key, session.ttl));
  }

  /**
   * Where something can be kept for its user; nowhere for an event of nobody, nor for a context that is not ours.
   * @param {any} context
   * @returns {Place | undefined}
   */
  static placeOf(context) {
    if (typeof context !== 'object' || context === null || !(#endpoint in context)) return undefined;
    const { user } = context;
    if (user === undefined) return undefined;
    const { records, clock } = context.#endpoint;
    const received = context.#received;
    return { id: storedAs(received).id, identity: identityOf(received), user, records, clock };
  }

  /**
   * The context of several messages that are handled as one, with what handlers before have put into the one.
   * @param {any} of
   * @param {import('../..').PushMessage[]} messages
   */
  static withMessages(of, messages) {
    return Object.assign(new PushContext(of.#received, of.#run, of.request, of.#endpoint, messages), of);
  }
}

module.exports = { PushContext, placeOf: PushContext.placeOf, withMessages: PushContext.withMessages };
