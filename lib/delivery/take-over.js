'use strict';

const { systemClock } = require('../clock.js');
const { OUTBOX_LEASE, TAKE_OVER_EVERY } = require('../deadlines.js');

/**
 * Takes up what dead processes left: what they had still to send, and the pushes that their handlers were at.
 * @param {object} options
 * @param {import('../..').PushRecords} options.records
 * @param {string[]} options.identities of the accounts whose records are ours; none where they may be anybody's
 * @param {(key: string) => Promise<unknown>} options.takeUp a record
 * @param {typeof systemClock} [options.clock]
 */
function createTakeOver({ records, identities, takeUp, clock = systemClock }) {
  let lookAt = 0;

  /** Looks now, unless that was done a moment ago. Never rejects. */
  async function look() {
    if (clock.now() < lookAt) return;
    lookAt = clock.now() + TAKE_OVER_EVERY;
    const prefixes = identities.length > 0 ? identities.map((identity) => `${identity}:`) : [''];
    for (const prefix of prefixes) await takeAll(prefix);
  }

  /** @param {string} prefix */
  async function takeAll(prefix) {
    try {
      for (;;) {
        const key = await records.claimDue(OUTBOX_LEASE, prefix);
        if (key === undefined) return;
        // One user's answers must not wait for another's.
        takeUp(key).catch(() => {});
      }
    } catch {
      // The store is away: the next look comes soon.
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
