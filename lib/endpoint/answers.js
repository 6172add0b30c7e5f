'use strict';

const { call, warn } = require('../callback.js');
const { systemClock } = require('../clock.js');
const { DELIVERIES, HANDLER_LIMIT } = require('../deadlines.js');
const { openCarriers, whoseAnswer } = require('../delivery/carriers.js');
const { createKeptPushes } = require('../delivery/kept-pushes.js');
const { createTakeOver } = require('../delivery/take-over.js');
const { handlerDied, once, warnings } = require('../errors.js');

/**
 * How an endpoint's answers reach users where no delivery carries them, across processes.
 * @typedef {InstanceType<typeof import('./incoming-push.js').IncomingPush>} IncomingPush
 * @typedef {import('../delivery/carriers.js').Sender} Sender
 *
 * @param {object} options
 * @param {import('../..').Carrier[]} options.carriers
 * @param {import('../..').PushRecords} options.records
 * @param {boolean} options.isShared whether other processes have the records too
 * @param {string[]} options.identities what the store knows the accounts by; none where only requests tell
 * @param {(kept: any) => Promise<IncomingPush | undefined>} options.revive makes a push anew of which another process
 *   kept a record, where its account is ours
 * @param {((push: IncomingPush) => unknown) | undefined} options.runAgain handles such a push; nothing where only its
 *   request could lead to who handles it
 * @param {(key: string) => Promise<unknown>} options.endStream ends a text that a dead process was showing
 * @param {boolean} [options.isIsolated] whether one request cannot wait for another
 * @param {typeof systemClock} [options.clock]
 * @returns {Answers}
 *
 * @typedef {object} Answers
 * @property {ReturnType<typeof openCarriers>['post']} post
 * @property {() => Promise<void>} look takes up what dead processes left, where that was not done a moment ago
 * @property {() => void} start does so all the time
 * @property {(message: import('../..').PushMessage) => import('../..').Carrier | undefined} firstFor the carrier that gets
 *   what no delivery carries of an answer to a message: its is the prompt, and the promise
 * @property {(push: Sender, signal: AbortSignal) => Promise<unknown>} takeUp gives the answer that a carrier has kept for
 *   a push
 * @property {(what: 'working' | 'expect' | 'failed', push: Sender) => Promise<unknown> | undefined} tell tells the
 *   carriers; of those that promise an answer, the first for it. What it gives is done when they are
 * @property {(push: IncomingPush) => import('../delivery/delivery.js').Keeper} keeperOf where a push is kept as long as
 *   its handler works; nowhere, if no other process could look there
 */
function openAnswers({
  carriers,
  records,
  isShared,
  identities,
  revive,
  runAgain,
  endStream,
  isIsolated = false,
  clock = systemClock,
}) {
  const kept = createKeptPushes(records);
  const open = () => openCarriers({ carriers, records, revive, clock });
  const shared = isIsolated ? undefined : open();
  /** Where a request cannot wait for another, each is to the others as a process. */
  const own = () => shared ?? open();
  const { look, start } = createTakeOver({ records, identities, taking, clock });
  const asked = carriers.filter(({ takeUp }) => takeUp);

  /**
   * What takes a record up that a dead process left; nothing where it is not ours, or no record of carriers at all.
   * @param {string} key
   */
  async function taking(key) {
    const [, kind] = key.split(':');
    if (kind === 'outbox') return resuming(key);
    if (kind === 'stream') return () => endStream(key);
    const record = kind === 'push' && runAgain ? await kept.read(key) : undefined;
    const push = record && (await revive(record.push));
    return push && (() => runOrGiveUp(push, record.runs));
  }

  /** @param {string} key */
  async function resuming(key) {
    const { isOurs, resume } = own();
    return (await isOurs(key)) ? () => resume(key) : undefined;
  }

  /**
   * @param {IncomingPush} push
   * @param {number} runs how many processes have been at it
   */
  async function runOrGiveUp(push, runs) {
    if (!push.keeper) return undefined;
    push.keeper.runs = runs + 1;
    if (runs < DELIVERIES) return runAgain?.(push);
    // A handler that ends its process must not end one after the other.
    await push.keeper.forget();
    // Nor does its user get what a carrier may have promised.
    await tell('failed', push);
    return push.failed(handlerDied(runs));
  }

  /**
   * @param {'working' | 'expect' | 'failed'} what
   * @param {Sender} push
   */
  function tell(what, push) {
    if (push.context.user === undefined) return undefined;
    const about = whoseAnswer(push, records, AbortSignal.timeout(HANDLER_LIMIT));
    const told = what === 'working' ? carriers : [firstFor(push.message) ?? []].flat();
    return Promise.all(told.map((carrier) => call(`${carrier.name}.${what}`, () => carrier[what]?.(about))));
  }

  /** @param {import('../..').PushMessage} message */
  function firstFor(message) {
    return carriers.find((carrier) => isReaching(carrier, message));
  }

  return {
    post: (...args) => own().post(...args),
    look: async () => void (await Promise.all(await look())),
    // Where only this process has the records, nobody can have left anything.
    start: () => void (isShared && start()),
    firstFor,

    async takeUp(push, signal) {
      if (push.context.user === undefined) return undefined;
      for (const carrier of asked) {
        if (isForgeable(push)) once('plaintext', () => warnings.keptInPlaintext(carrier.name));
        const value = await carrier.takeUp?.(whoseAnswer(push, records, signal));
        if (value !== undefined && value !== null) return value;
      }
    },

    tell,

    keeperOf(push) {
      if (!isShared || !runAgain) return NOT_KEPT;
      return kept.keeperOf(`${push.identity}:push:${push.id}`, () => push.keptAs());
    },
  };
}

/**
 * @param {import('../..').Carrier} carrier
 * @param {import('../..').PushMessage} message
 */
function isReaching(carrier, message) {
  try {
    return carrier.reaches?.(message) ?? true;
  } catch (error) {
    warn(`${carrier.name}.reaches`, error);
    return false;
  }
}

/** Whether its signature says nothing of who sent it; what comes without one is trusted for another reason. */
function isForgeable(/** @type {Sender} */ { context: { encrypted, query } }) {
  return !encrypted && query.signature !== undefined;
}

/** @type {import('../delivery/delivery.js').Keeper} */
const NOT_KEPT = {
  every: HANDLER_LIMIT,
  runs: 1,
  keep: async () => true,
  keepForOther: async () => false,
  forget: async () => {},
};

module.exports = { openAnswers };
