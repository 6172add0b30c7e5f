'use strict';

const { systemClock } = require('../clock.js');
const { OUTBOX_LEASE, TAKE_OVER_EVERY } = require('../deadlines.js');

/** So many are in hand at once: whatever a crash has left, it must not bring down the next process. */
const MOST_IN_HAND = 50;

/**
 * Takes up what dead processes left: what they had still to send, and the pushes that their handlers were at.
 * @param {object} options
 * @param {import('../..').PushRecords} options.records
 * @param {string[]} options.identities of the accounts whose records are ours; none where they may be anybody's
 * @param {(key: string) => Promise<unknown>} options.takeUp a record
 * @param {typeof systemClock} [options.clock]
 */
function createTakeOver({ records, identities, takeUp, clock = systemClock }) {
  const prefixes = identities.length > 0 ? identities.map((identity) => `${identity}:`) : [''];
  let lookAt = 0;
  let inHand = 0;

  /**
   * Looks now, unless that was done a moment ago. Gives what is in hand then. Never rejects, nor does that.
   * @returns {Promise<Promise<void>[]>}
   */
  async function look() {
    if (clock.now() < lookAt) return [];
    lookAt = clock.now() + TAKE_OVER_EVERY;
    return (await Promise.all(prefixes.map(takeAll))).flat();
  }

  /** @param {string} prefix */
  async function takeAll(prefix) {
    /** @type {Promise<void>[]} */
    const taken = [];
    try {
      while (inHand < MOST_IN_HAND) {
        const key = await records.claimDue(OUTBOX_LEASE, prefix);
        if (key === undefined) break;
        // One user's answers must not wait for another's.
        taken.push(take(key));
      }
    } catch {
      // The store is away: the next look comes soon.
    }
    return taken;
  }

  /** @param {string} key */
  async function take(key) {
    inHand++;
    try {
      await takeUp(key);
    } catch {
      // It is due again when its lease has ended.
    } finally {
      inHand--;
    }
  }

  /** Looks again and again, as long as the process lives. */
  function start() {
    const again = () => void clock.setTimeout(() => look().then(again), TAKE_OVER_EVERY).unref?.();
    again();
  }

  return { look, start };
}

module.exports = { createTakeOver };
