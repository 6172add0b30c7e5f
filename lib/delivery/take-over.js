'use strict';

const { systemClock } = require('../clock.js');
const { OUTBOX_LEASE, TAKE_OVER_EVERY } = require('../deadlines.js');

/** So many are in hand at once: whatever a crash has left, it must not bring down the next process. */
const MOST_IN_HAND = 50;

/** So many are looked at in one look: those of others stand behind the rest then, when the next one begins. */
const MOST_SEEN = 200;

/**
 * Takes up what dead processes left: what they had still to send, and the pushes that their handlers were at.
 *
 * Where only requests tell the accounts, a record may be another endpoint's. It is claimed to look whose it is, changed
 * by nobody who cannot serve it, and given back at once, behind all that is due.
 * @param {object} options
 * @param {import('../..').PushRecords} options.records
 * @param {string[]} options.identities of the accounts whose records are ours; none where they may be anybody's
 * @param {(key: string) => Promise<(() => Promise<unknown>) | undefined>} options.taking what takes a record up, where it
 *   is ours
 * @param {typeof systemClock} [options.clock]
 */
function createTakeOver({ records, identities, taking, clock = systemClock }) {
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
    const seen = new Set();
    try {
      while (inHand < MOST_IN_HAND && seen.size < MOST_SEEN) {
        const key = await records.claimDue(OUTBOX_LEASE, prefix);
        if (key === undefined) break;
        // One user's answers must not wait for another's.
        taken.push(seen.has(key) ? giveBack(key) : take(key));
        // What was given back comes behind all that was due.
        if (seen.has(key)) break;
        seen.add(key);
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
      const takeUp = await taking(key);
      await (takeUp ? takeUp() : giveBack(key));
    } catch {
      // It is due again when its lease has ended.
    } finally {
      inHand--;
    }
  }

  /**
   * Makes a record due again at once, unless somebody has changed it, and so has it in hand. Never rejects.
   * @param {string} key
   */
  async function giveBack(key) {
    try {
      const record = await records.get(key);
      if (record) await records.set(key, record.value, { ttl: 'same', version: record.version, due: 0 });
    } catch {
      // It is due again when its lease has ended.
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
