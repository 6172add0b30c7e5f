'use strict';

const { call, warn } = require('../callback.js');
const { systemClock } = require('../clock.js');
const { ANSWER_WITHIN } = require('../deadlines.js');
const { createDelivery } = require('../delivery/delivery.js');
const { noHandler } = require('../errors.js');
const { handlerValueOf, handlerValueOfRecord } = require('../handler-value.js');
const { userOf } = require('../message-user.js');
const { endpointOptions, optionalFunction } = require('../options.js');
const {
  accountOf,
  handshakeStoredAs,
  identityOf,
  judge: judgeAt,
  rejectionOf,
  respondWithoutMessage,
  revive: reviveOutcome,
} = require('../receiver.js');
const { adviseOn } = require('../stores/advice.js');
const { isMemoryStore, openMemoryStore } = require('../stores/memory.js');
const { toError } = require('../thrown.js');
const { receiverFinder } = require('./account.js');
const { readBody } = require('./body.js');
const { Connection } = require('./connection.js');
const { IncomingPush } = require('./incoming-push.js');
const { howAnswered, tellHandled, tellReceived } = require('./observe.js');
const { createReporter } = require('./report.js');

/** Loaded for the endpoints that have them, as most have none. */
const loaded = {
  answers: () => require('./answers.js'),
  fallback: () => require('../stores/fallback.js'),
  growing: () => require('../answers/growing.js'),
  tickets: () => require('./tickets.js'),
};

/** The connection of a push that another process received. */
const GONE = { arrived: 0, hasLeft: true, onLeave() {} };

/** Makes WeChat deliver again, should it still be connected. */
const RETRY = { status: 503, headers: { Connection: 'close' }, body: '' };

/** Documented in index.d.ts. @param {any} options @param {any} [handler] */
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
  const { store = openMemoryStore(undefined, clock), replyWindow, carriers, session } = parsed.delivery;
  const { bodyLimit } = parsed.receiving;
  adviseOn(store, isFrozen);
  const { receiverOf, identities } = receiverFinder(parsed, clock);
  optionalFunction('handler')(handler);
  const report = createReporter({ onReject, lang });
  const known = isMemoryStore(store) ? store : loaded.fallback().withFallback(store, clock, isIsolated);
  const tickets = onTicket && loaded.tickets().createTickets({ onTicket, records: known.records, clock });
  const { records } = known;
  const { begin, deliver, noteUsed, takeOver } = createDelivery({
    store: known,
    replyWindow,
    clock,
    isFrozen,
    isIsolated,
  });
  const answers = carriers.length > 0 ? openOwnAnswers() : undefined;
  /** @type {ReturnType<typeof import('../answers/growing.js').createGrowing> | undefined} */
  let open;
  const own = {
    handler,
    onUndelivered,
    tickets,
    answers,
    growing,
    begin,
    session,
    records,
    clock,
    lang,
    judge,
  };
  if (answers && !isFrozen && !isIsolated) answers.start();

  /**
   * How answers reach users where no delivery carries them.
   */
  function openOwnAnswers() {
    const isShared = !isMemoryStore(store);
    return loaded.answers().openAnswers({
      carriers,
      records,
      isShared,
      identities,
      revive,
      runAgain: handler && takeOver,
      endStream: (key) => growing().finish(key),
      isIsolated,
      clock,
    });
  }

  /** What users are shown while it grows. */
  function growing() {
    return (open ??= loaded.growing().createGrowing({
      records,
      isShared: !isMemoryStore(store),
      isCarried: answers !== undefined,
      isFrozen,
      isIsolated,
      clock,
      lang,
    }));
  }

  /**
   * A push of which another process has kept a record.
   * @param {import('./incoming-push.js').KeptPush} kept
   */
  async function revive({ headers, account, ...kept }) {
    const request = { method: 'POST', url: kept.url, headers, account };
    const receiver = await receiverOf(request, true);
    const outcome = 'refused' in receiver ? undefined : reviveOutcome(kept, receiver.accounts);
    // What is told of it once more, to a third process, is the same.
    return outcome && new IncomingPush(outcome, { method: 'POST', url: kept.url, headers }, GONE, own);
  }

  /**
   * The answer to a refused request.
   * @param {import('../..').Rejected} refused
   * @param {import('../..').EndpointRequest} request
   * @param {Omit<import('./report.js').Refused, 'now'>} known
   */
  function refuse(refused, request, { account, body, error }) {
    report(refused, request, { account, body, error, now: seconds() });
    return respondWithoutMessage(refused);
  }

  /**
   * The answer to one that this receiver refuses.
   * @param {import('../..').Rejected} refused
   * @param {import('../..').EndpointRequest} request
   * @param {import('./account.js').AnyReceiver} receiver
   * @param {any} [body]
   */
  function refuseBy(refused, request, receiver, body) {
    return refuse(refused, request, { account: receiver.refusedBy(refused), body });
  }

  /**
   * The answer to one for which no account was found.
   * @param {import('../..').EndpointRequest} request
   * @param {import('./account.js').NotFound} found
   */
  function refuseUnknown(request, found) {
    if ('error' in found) warn('account', found.error);
    return refuse(found.refused, request, { error: found.error });
  }

  /**
   * The answer to a GET, which does not wait for the store: whoever reads the URL in a log comes later.
   * @param {import('../..').EndpointRequest} request
   * @param {import('./account.js').AnyReceiver} receiver
   */
  async function handleHandshake(request, receiver) {
    const { method, url } = request;
    const outcome = /** @type {any} */ (receiver.receive({ method, url }));
    const used = outcome.type === 'handshake' && handshakeStoredAs(outcome);
    if (used) {
      const noted = noteUsed(used);
      if (request.waitUntil) call('waitUntil', () => request.waitUntil?.(noted));
      if (isFrozen) await noted;
    }
    if (outcome.type === 'rejected') return refuseBy(outcome, request, receiver);
    return respondWithoutMessage(outcome);
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
    const looked = isFrozen || isIsolated ? answers?.look() : undefined;
    if (looked) push.waitUntil(looked);
    try {
      const delivered = await deliver(push);
      // Where nothing goes on after the answer, what dead processes left has until then.
      if (looked && !request.waitUntil) await before(push.arrived + ANSWER_WITHIN, looked);
      tell(howAnswered(delivered));
      if (delivered === 'replayed')
        return refuse(rejectionOf('replayed'), request, { account: accountOf(outcome), body });
      if (delivered === 'retry' || delivered === 'left') return RETRY;
      return delivered.response ?? judge(outcome, handlerValueOfRecord(delivered.record)).response;
    } catch (error) {
      tell('failed');
      throw error;
    }
  }

  /**
   * The answer to who asks for a text that grows. It is no message, so that nothing of it is remembered.
   * @param {import('../..').Received} outcome
   * @param {import('../..').EndpointRequest} request
   * @param {number} arrived
   */
  async function handleRefresh(outcome, request, arrived) {
    const { message } = outcome;
    tellReceived(outcome, request);
    const { stream } = /** @type {any} */ (message);
    const reply = await growing().shown(identityOf(outcome), stream?.id, userOf(message) ?? '');
    const how = reply ? 'reply' : 'success';
    tellHandled({ outcome, push: NOT_DELIVERED, how, duration: clock.now() - arrived, request });
    return judge(outcome, handlerValueOf(reply)).response;
  }

  /**
   * Waits for something, but not beyond a moment.
   * @param {number} end
   * @param {Promise<unknown>} done
   */
  async function before(end, done) {
    let timer;
    const late = new Promise(
      (resolve) => (timer = clock.setTimeout(() => resolve(undefined), end - clock.now())),
    );
    await Promise.race([done, late]);
    clock.clearTimeout(timer);
  }

  /**
   * @param {import('../..').Received} outcome
   * @param {import('../handler-value.js').HandlerValue} value
   */
  function judge(outcome, value) {
    return judgeAt(outcome, value, seconds());
  }

  /** The time in seconds, as in WeChat's timestamps. */
  function seconds() {
    return clock.wall() / 1000;
  }

  return {
    async handle(request) {
      try {
        const { method, url, headers } = request;
        const connection = method === 'POST' ? new Connection(clock.now(), request) : undefined;
        const found = receiverOf(request);
        const receiver = found instanceof Promise ? await found : found;
        if ('refused' in receiver) return refuseUnknown(request, receiver);
        if (!connection) return await handleHandshake(request, receiver);
        const refused = receiver.checkUrl(url, seconds());
        if (refused) return refuseBy(refused, request, receiver);
        const limit = Math.min(bodyLimit, receiver.bodyLimit, request.bodyLimit ?? Infinity);
        const read = await readBody(request, limit, clock);
        if ('reason' in read) return refuseBy(rejectionOf(read.reason, limit), request, receiver);
        const { body } = read;
        const outcome = /** @type {any} */ (receiver.receive({ method, url, headers, body, now: seconds() }));
        if (outcome.type === 'rejected') return refuseBy(outcome, request, receiver, body);
        if (outcome.type === 'handshake') return respondWithoutMessage(outcome);
        if (isRefresh(outcome)) return await handleRefresh(outcome, request, connection.arrived);
        const isTaken = handler || request.next || tickets?.ticketIn(outcome.message);
        if (!isTaken) return failed(noHandler());
        return await handleMessage(outcome, request, connection, body);
      } catch (error) {
        return failed(toError(error));
      }
    },
  };
}

/** What is told of a push that is asked of no handler. */
const NOT_DELIVERED = { attempt: 1, hasRun: false };

/** Whether a push asks for what it is shown of an answer. @param {import('../..').Received} outcome */
function isRefresh(outcome) {
  return accountOf(outcome).grows && /** @type {any} */ (outcome.message).msgtype === 'stream';
}

/**
 * After a 500 WeChat delivers the push again. The error is for the framework's error handling.
 * @param {Error} error
 */
function failed(error) {
  return { status: 500, headers: {}, body: '', error };
}

module.exports = { createEndpoint, openEndpoint };
