'use strict';

const { call } = require('../callback.js');
const { reportFailure, reportUndelivered, reportUnsendable } = require('../delivery/undelivered.js');
const { once, warnings } = require('../errors.js');
const { DELIVERIES } = require('../deadlines.js');
const { Run } = require('../delivery/run.js');
const { hostHeadersOf } = require('../headers.js');
const { handlerValueOf, plainValueOf, recordOf } = require('../handler-value.js');
const { accountOf, identityOf, keptAs, objectionOf, storedAs } = require('../receiver.js');
const { openStream } = require('../answers/stream.js');
const { PushContext } = require('./context.js');
const { nextAsHandler } = require('./next-as-handler.js');

/** Loaded for the first answer that is more than a value, as most apps give none. */
const loaded = { answering: () => require('./answering.js') };

/** A push as `lib/delivery` takes it: one object for each, whose methods are made once. */
class IncomingPush {
  #outcome;
  #request;
  #connection;
  #endpoint;
  #ticket;
  /** @type {InstanceType<typeof PushContext> | undefined} */
  #context;
  /** @type {InstanceType<typeof import('../delivery/run.js').Run> | undefined} */
  #run;
  /** @type {InstanceType<typeof import('./answering.js').Answering> | undefined} */
  #answering;

  /**
   * @param {import('../..').Received} outcome
   * @param {import('../..').EndpointRequest} request
   * @param {Pick<InstanceType<typeof import('./connection.js').Connection>, 'arrived' | 'hasLeft' | 'onLeave'>} connection
   * @param {object} endpoint
   * @param {import('../..').PushHandler<any>} [endpoint.handler]
   * @param {import('../..').EndpointOptions['onUndelivered']} [endpoint.onUndelivered]
   * @param {ReturnType<typeof import('./tickets.js').createTickets>} [endpoint.tickets]
   * @param {ReturnType<typeof import('./answers.js').openAnswers>} [endpoint.answers]
   * @param {() => ReturnType<typeof import('../answers/growing.js').createGrowing>} endpoint.growing
   * @param {(run: InstanceType<typeof Run>) => void} endpoint.begin has a delivery carry the beginning of an answer
   * @param {import('../..').PushRecords} endpoint.records
   * @param {{ ttl: number }} [endpoint.session]
   * @param {typeof import('../clock.js').systemClock} endpoint.clock
   * @param {'zh' | 'en'} endpoint.lang
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
    /** @type {import('../delivery/delivery.js').Keeper | undefined} */
    this.keeper = endpoint.answers?.keeperOf(this);
    this.#ticket = endpoint.tickets?.ticketIn(outcome.message);
    this.isOwed = this.#ticket !== undefined;
  }

  get identity() {
    return identityOf(this.#outcome);
  }

  get message() {
    return this.#outcome.message;
  }

  get context() {
    return this.#contextOf(this.#run);
  }

  /** @returns {KeptPush} */
  keptAs() {
    const { account } = this.#outcome;
    return { ...keptAs(this.#outcome), headers: hostHeadersOf(this.#request.headers), account };
  }

  /**
   * The push as a record, by which another process finds its account, and makes it anew.
   * @typedef {import('../receiver.js').KeptMessage & { headers: Record<string, string>, account: import('../..').PushAccount }} KeptPush
   */

  /** @param {InstanceType<typeof import('../delivery/run.js').Run>} run */
  async handle(run) {
    this.hasRun = true;
    const context = this.#contextOf(run);
    const { grows } = accountOf(this.#outcome);
    return this.#endpoint.answers || grows ? this.#answer(context, grows) : this.#answerAlone(context);
  }

  /**
   * The beginning of an answer that is still being made, or that one will come.
   * @param {boolean} [isEarly] whether there is time for more
   * @returns {import('../delivery/delivery.js').Reply | undefined}
   */
  firstPart(isEarly) {
    const part = this.#answering?.firstPart((value) => this.#judge(value), isEarly);
    if (!part) return undefined;
    const { value, ready, unsent } = part;
    return { value, record: JSON.stringify(value), response: this.#judge(value).response, ready, unsent };
  }

  /** Whether the user is shown what is still being made. */
  get isShown() {
    return this.#answering !== undefined && this.#answering.isShown;
  }

  /** A delivery may carry what there is. */
  begin() {
    if (this.#run) this.#endpoint.begin(this.#run);
  }

  /** Nothing more of it is shown. */
  endShown() {
    this.#run?.abandon();
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

  /** No delivery waits any more. */
  isLeft() {
    this.#answering?.isLeft();
  }

  /**
   * @param {unknown} value
   * @param {InstanceType<typeof import('../delivery/run.js').Run>} run
   * @param {import('../wire.js').Objection} [objection]
   */
  undelivered(value, run, objection) {
    this.#contextOf(run);
    return this.tellApp(value, this.#reasonOf(objection), objection);
  }

  /**
   * @param {unknown} value
   * @param {InstanceType<typeof import('../delivery/run.js').Run>} run
   * @param {import('../wire.js').Objection} [objection]
   * @param {boolean} [isBeginning]
   */
  post(value, run, objection, isBeginning) {
    const { answers } = this.#endpoint;
    if (!answers || this.#contextOf(run).user === undefined) return undefined;
    return answers.post(plainValueOf(handlerValueOf(value)), this, this.#reasonOf(objection), isBeginning);
  }

  /**
   * @param {unknown} value
   * @param {import('../..').UndeliveredReason} reason
   * @param {import('../wire.js').Objection} [objection]
   */
  tellApp(value, reason, objection) {
    const { onUndelivered } = this.#endpoint;
    return reportUndelivered(value, this.message, this.context, reason, onUndelivered, objection);
  }

  /**
   * @param {unknown} error
   * @param {InstanceType<typeof import('../delivery/run.js').Run>} [run]
   */
  failed(error, run) {
    this.#answering?.failed();
    reportFailure(error, this.message, this.#contextOf(run));
  }

  /**
   * Without carriers, where most handlers give what is ready to go.
   * @param {InstanceType<typeof PushContext>} context
   */
  async #answerAlone(context) {
    const value = await this.#value(context);
    const stream = openStream(value);
    if (!stream) return this.#replyOf(value);
    const { clock, lang } = this.#endpoint;
    const { Answering } = loaded.answering();
    this.#answering = new Answering(this, { clock, lang });
    return this.#replyOf(await this.#answering.read(stream, (error) => this.#report(error)));
  }

  /**
   * @param {InstanceType<typeof PushContext>} context
   * @param {boolean} grows whether its user can be shown a text while it grows
   */
  async #answer(context, grows) {
    const { answers, growing, clock, lang } = this.#endpoint;
    const { Answering } = loaded.answering();
    this.#answering = new Answering(this, { answers, growing: grows ? growing() : undefined, clock, lang });
    const handler = () => this.#value(context);
    const reply = this.#replyOf(await this.#answering.value(handler, (error) => this.#report(error)));
    const isTakenOver = this.keeper !== undefined && this.keeper.runs > 1;
    if (reply.record === '' && !reply.rest) await this.#answering.nothingMore(isTakenOver);
    return reply;
  }

  /** What the app makes of it. @param {InstanceType<typeof PushContext>} context */
  #value(context) {
    const { handler = nextAsHandler(this.#request), tickets } = this.#endpoint;
    if (!this.#ticket || !tickets) return handler(this.message, context);
    return tickets.handOver(this.#ticket, this.identity, context, this.message);
  }

  /**
   * What is sent of a value.
   * @param {unknown} value
   * @returns {import('../delivery/delivery.js').Reply}
   */
  #replyOf(value) {
    const handlerValue = handlerValueOf(value);
    const { response, objection, isDoubtful, first, rest } = this.#endpoint.judge(
      this.#outcome,
      handlerValue,
    );
    if (isDoubtful) warnOfDoubt();
    if (!objection) return { value, ...recordOf(handlerValue), response };
    const none = { value, record: '', lasts: true, response };
    if (objection.outcome === 'malformed') {
      reportUnsendable(value, this.message, this.context, objection);
      return none;
    }
    if (rest === undefined) return { ...none, rest: { value, objection } };
    if (typeof first === 'string' && typeof rest === 'string')
      return this.#prompted(value, first, rest, objection);
    return { value, record: JSON.stringify(first), lasts: false, response, rest: { value: rest, objection } };
  }

  /**
   * A text in two parts, of which the first may tell how to get the second.
   * @param {unknown} value
   * @param {string} first
   * @param {string} rest
   * @param {import('../wire.js').Objection} objection
   */
  #prompted(value, first, rest, objection) {
    const [part, left] = this.#answering?.prompted(first, rest) ?? [first, rest];
    const { response } = this.#judge(part);
    return { value, record: JSON.stringify(part), lasts: false, response, rest: { value: left, objection } };
  }

  /** @param {string | object} value */
  #judge(value) {
    return this.#endpoint.judge(this.#outcome, handlerValueOf(value));
  }

  /** A stream ended early, after something had come. @param {unknown} error */
  #report(error) {
    reportFailure(error, this.message, this.context);
  }

  /**
   * @param {import('../wire.js').Objection} [objection]
   * @returns {import('../..').UndeliveredReason}
   */
  #reasonOf(objection) {
    return /** @type {any} */ (objection?.outcome) ?? this.#answering?.reason ?? 'late';
  }

  /** @param {InstanceType<typeof import('../delivery/run.js').Run> | undefined} run */
  #contextOf(run) {
    this.#run ??= run ?? new Run(this, DELIVERIES, this.arrived, true);
    return (this.#context ??= new PushContext(
      this.#outcome,
      this.#run,
      this.#request.request,
      this.#endpoint,
    ));
  }
}

/** Most accounts whose pushes are JSON take no passive reply. */
function warnOfDoubt() {
  once('passive_json', () => warnings.replyDoubtful(objectionOf('passive_json')));
}

module.exports = { IncomingPush };
