'use strict';

const { MESSAGE_ANSWERED_WITHIN } = require('../deadlines.js');
const { OF_MESSAGE, grantOf } = require('./grants.js');
const { recordOf, steady, valueIn } = require('./steady-records.js');

/**
 * How many messages a user may still get, as a record that all processes share. WeChat does not say whether what a
 * message and what an event allow adds up: the larger of the two counts, and each message is taken from both.
 * @typedef {{ left: number, ends: number, at: string }} Bucket `ends` is a time of the system
 * @typedef {{ message?: Bucket, event?: Bucket }} Buckets
 *
 * @param {Pick<import('../..').UndeliveredAnswer, 'account' | 'user' | 'message' | 'records'>} answer
 * @param {typeof import('../clock.js').systemClock} clock
 */
function budgetOf({ account, user, message, records: shared }, clock) {
  const records = steady(shared);
  const key = `${account.id}:budget:${user}`;
  const grant = grantOf(message);

  /**
   * Writes what `change` makes of the buckets, again where another process was faster; gives what it gives.
   * @template T
   * @param {(buckets: Buckets) => T} change
   */
  async function changed(change) {
    for (;;) {
      const record = await records.get(key);
      const buckets = refilled(bucketsIn(record), grant, clock.wall());
      const result = change(buckets);
      const ttl = lifetimeOf(buckets, clock.wall());
      const version = record?.version ?? null;
      if (await records.set(key, recordOf(buckets), { ttl, version })) return result;
    }
  }

  return {
    /** Takes one; how many are left then, or -1 where there was none. */
    take: () =>
      changed((buckets) => {
        const open = openBuckets(buckets, clock.wall());
        const left = Math.max(0, ...open.map((one) => one.left));
        for (const bucket of open) bucket.left = Math.max(0, bucket.left - 1);
        return left - 1;
      }),

    /** WeChat says that there are none. */
    end: () =>
      changed((buckets) => {
        for (const bucket of openBuckets(buckets, clock.wall())) bucket.left = 0;
      }),
  };
}

/** @param {import('../..').PushRecord} [record] @returns {Buckets} */
function bucketsIn(record) {
  const { message, event } = valueIn(record) ?? {};
  return { message, event };
}

/**
 * With what the push allows, unless a later one has filled the bucket already.
 * @param {Buckets} buckets
 * @param {import('./grants.js').Grant | undefined} grant
 * @param {number} now
 * @returns {Buckets}
 */
function refilled(buckets, grant, now) {
  if (grant) {
    const { by, count, lasts, at } = grant;
    return at > (buckets[by]?.at ?? '')
      ? { ...buckets, [by]: { left: count, ends: now + lasts, at } }
      : buckets;
  }
  if (buckets.message || buckets.event) return buckets;
  // Nothing is known: the user may have written before, and WeChat has the last word.
  return { message: { left: OF_MESSAGE, ends: now + MESSAGE_ANSWERED_WITHIN, at: '' } };
}

/** @param {Buckets} buckets @param {number} now @returns {Bucket[]} */
function openBuckets({ message, event }, now) {
  return [message, event].flatMap((bucket) => (bucket && bucket.ends > now ? [bucket] : []));
}

/** @param {Buckets} buckets @param {number} now */
function lifetimeOf({ message, event }, now) {
  return Math.max(1, ...[message, event].map((bucket) => Math.ceil((bucket?.ends ?? 0) - now)));
}

module.exports = { budgetOf };
