'use strict';

const { channel } = require('node:diagnostics_channel');
const { seldom } = require('../callback.js');
const { systemClock } = require('../clock.js');
const { CARRIER_LIMIT } = require('../deadlines.js');
const { carrierNeverReturned, isTakenOver, takenOver, warnings } = require('../errors.js');
const { describe } = require('../thrown.js');
const { createOutbox } = require('./outbox.js');

const failed = channel('wechat-push:failed');

/**
 * What no delivery can carry goes to the carriers, in turn, and what none of them takes to the app.
 *
 * @typedef {object} Sender a push whose answer it is
 * @property {string} id
 * @property {string} identity what the store knows its account by
 * @property {import('../..').PushMessage} message
 * @property {import('../..').PushContext} context
 * @property {() => unknown} keptAs the push as it can be made anew elsewhere
 * @property {(value: unknown, reason: import('../..').UndeliveredReason) => unknown} tellApp
 *
 * @param {object} options
 * @param {import('../..').Carrier[]} options.carriers
 * @param {import('../..').PushRecords} options.records
 * @param {(kept: unknown) => Promise<Sender | undefined>} options.revive makes a push anew, where its account is ours
 * @param {typeof systemClock} [options.clock]
 */
function openCarriers({ carriers, records, revive, clock = systemClock }) {
  /** The pushes of this process whose answers are on their way, by their ids. @type {Map<string, Sender>} */
  const present = new Map();
  const outbox = createOutbox({ records, send, clock });

  /**
   * Records a value that goes another way. Gives what sends it, which resolves when it is sent, or when another process
   * has it in hand. Neither rejects.
   * @param {string | object} value
   * @param {Sender} sender
   * @param {import('../..').UndeliveredReason} reason
   * @param {boolean} [isBeginning] whether more of the answer follows
   * @returns {Promise<() => Promise<void>>}
   */
  async function post(value, sender, reason, isBeginning) {
    const letter = { id: sender.id, isBeginning, value, reason, carrier: 0, push: sender.keptAs() };
    present.set(letter.id, sender);
    try {
      const sendRecorded = await outbox.add(`${sender.identity}:outbox:${sender.context.user}`, letter);
      return () => sendRecorded().finally(() => present.delete(letter.id));
    } catch (error) {
      present.delete(letter.id);
      return () => carryUnrecorded(letter, sender, error).catch(() => {});
    }
  }

  /**
   * The store is away: better sent without a record than not at all.
   * @param {import('./outbox.js').Letter} letter
   * @param {Sender} sender
   * @param {unknown} error
   */
  async function carryUnrecorded(letter, sender, error) {
    seldom('records', () => warnings.recordsAway(describe(error)));
    let left = /** @type {import('./outbox.js').Letter | undefined} */ (letter);
    while (left) {
      const rest = await sendOne(left, sender, async () => {});
      left = rest && { ...left, ...rest, carrier: left.carrier + 1 };
    }
  }

  /**
   * @param {import('./outbox.js').Letter} letter
   * @param {(left: string | object) => Promise<void>} progress
   */
  async function send(letter, progress) {
    return sendOne(letter, present.get(letter.id) ?? (await revived(letter)), progress);
  }

  /** @param {import('./outbox.js').Letter} letter */
  async function revived(letter) {
    const sender = await revive(letter.push);
    // Its account is not one of this endpoint: another process has it.
    if (!sender) throw takenOver();
    return sender;
  }

  /**
   * @param {import('./outbox.js').Letter} letter
   * @param {Sender} sender
   * @param {(left: string | object) => Promise<void>} progress
   * @returns {Promise<import('./outbox.js').Left>}
   */
  async function sendOne({ value, reason, carrier: place }, sender, progress) {
    const carrier = carriers[place];
    if (!carrier) return void (await inTime('onUndelivered', () => sender.tellApp(value, reason)));
    try {
      const left = await inTime(carrier.name, (signal) =>
        carrier.carry({
          ...whoseAnswer(sender, records, signal),
          value,
          reason,
          nextCarrier: carriers[place + 1]?.name,
          progress(rest) {
            // Whoever is out of time has been given up, and the rest is with the next carrier.
            signal.throwIfAborted();
            return progress((value = rest));
          },
        }),
      );
      return left === undefined || left === null
        ? undefined
        : { value: /** @type {string | object} */ (left) };
    } catch (error) {
      if (isTakenOver(error)) throw error;
      const { message, context } = sender;
      if (failed.hasSubscribers) failed.publish({ error, message, context, carrier: carrier.name });
      seldom(`carrier ${carrier.name}`, () => warnings.carrierFailed(carrier.name, describe(error)));
      return { value, reason: 'failed' };
    }
  }

  /**
   * What a carrier, or the app, gives, but for one that never returns: it must not hold up what comes after it.
   * @param {string} name
   * @param {(signal: AbortSignal) => unknown} act
   */
  async function inTime(name, act) {
    const ending = new AbortController();
    let timer;
    const late = new Promise((_, reject) => {
      timer = clock.setTimeout(() => {
        ending.abort();
        reject(carrierNeverReturned(name, CARRIER_LIMIT / 60_000));
      }, CARRIER_LIMIT);
      timer?.unref?.();
    });
    try {
      return await Promise.race([act(ending.signal), late]);
    } finally {
      clock.clearTimeout(timer);
    }
  }

  /**
   * Whether what another process left is of an account of this endpoint: whoever has the account must not have to wait.
   * @param {string} key
   */
  async function isOurs(key) {
    const letter = (await outbox.peek(key))?.letters[0];
    return letter !== undefined && (present.has(letter.id) || (await revive(letter.push)) !== undefined);
  }

  return { post, isOurs, resume: outbox.resume };
}

/**
 * What every function of a carrier is told.
 * @param {Sender} sender
 * @param {import('../..').PushRecords} records
 * @param {AbortSignal} signal
 * @returns {import('../..').CarrierPush}
 */
function whoseAnswer({ id, identity, message, context }, records, signal) {
  const { user = '', text, account, query = {} } = context;
  const pushedAt = query.timestamp === undefined ? undefined : Number(query.timestamp) * 1000;
  return { id, user, text, account: { ...account, id: identity }, message, pushedAt, records, signal };
}

module.exports = { openCarriers, whoseAnswer };
