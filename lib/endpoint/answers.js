'use strict';

const { call } = require('../callback.js');
const { systemClock } = require('../clock.js');
const { HANDLER_LIMIT, OUTBOX_LEASE } = require('../deadlines.js');
const { openCarriers, whoseAnswer } = require('../delivery/carriers.js');
const { createKeptPushes } = require('../delivery/kept-pushes.js');
const { createTakeOver } = require('../delivery/take-over.js');
const { once, warnings } = require('../errors.js');

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
 * @param {(push: IncomingPush) => void} options.runAgain
 * @param {typeof systemClock} [options.clock]
 */
function openAnswers({ carriers, records, isShared, identities, revive, runAgain, clock = systemClock }) {
  const kept = createKeptPushes(records);
  const { carry, resume } = openCarriers({ carriers, records, revive, clock });
  const { look, start } = createTakeOver({ records, identities, takeUp: takeUpRecord, clock });
  const asked = carriers.filter(({ takeUp }) => takeUp);

  /** @param {string} key */
  async function takeUpRecord(key) {
    const [, kind] = key.split(':');
    if (kind === 'outbox') return resume(key);
    const record = kind === 'push' && (await kept.read(key));
    const push = record && (await revive(record));
    if (push) runAgain(push);
  }

  return {
    carry,
    look,
    start,
    /** What the first carrier says at the end of what a delivery carries. */
    prompt: carriers[0]?.prompt,

    /**
     * The answer that a carrier has kept for a push.
     * @param {Sender} push
     * @param {AbortSignal} signal
     */
    async takeUp(push, signal) {
      if (push.context.user === undefined) return undefined;
      for (const carrier of asked) {
        if (isForgeable(push)) once('plaintext', () => warnings.keptInPlaintext(carrier.name));
        const value = await carrier.takeUp?.(whoseAnswer(push, records, signal));
        if (value !== undefined && value !== null) return value;
      }
    },

    /**
     * Tells the carriers; those that promise an answer, the first only.
     * @param {'working' | 'expect' | 'failed'} what
     * @param {Sender} push
     */
    tell(what, push) {
      if (push.context.user === undefined) return;
      const about = whoseAnswer(push, records, AbortSignal.timeout(HANDLER_LIMIT));
      const told = what === 'working' ? carriers : carriers.slice(0, 1);
      for (const carrier of told) call(`${carrier.name}.${what}`, () => carrier[what]?.(about));
    },

    /**
     * Where a push is kept as long as its handler works; nowhere, if no other process could look there.
     * @param {IncomingPush} push
     * @returns {import('../delivery/delivery.js').Keeper}
     */
    keeperOf(push) {
      const key = () => `${push.identity}:push:${push.id}`;
      return {
        every: OUTBOX_LEASE / 3,
        keep: async () => void (isShared && (await kept.keep(key(), push.keptAs()))),
        forget: async () => void (isShared && (await kept.forget(key()))),
      };
    },
  };
}

/** Whether its signature says nothing of who sent it; what comes without one is trusted for another reason. */
function isForgeable(/** @type {Sender} */ { context: { encrypted, query } }) {
  return !encrypted && query.signature !== undefined;
}

module.exports = { openAnswers };
