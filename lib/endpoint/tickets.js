'use strict';

const { CLOCKS_DIFFER, LOOK_EVERY, REMEMBER, TICKET_TURN } = require('../deadlines.js');
const engine = require('../engine/index.js');
const { tickets } = require('../known-fields.js');
const { routeOf, textAt } = require('../message-user.js');
const { memoryRecords } = require('../stores/memory-records.js');

/** As many kinds of tickets, of platforms and suites, one process knows by itself. */
const MOST = 10_000;

/**
 * A ticket that a push carries: whose it is, in one word, and when it was made, in seconds; NaN where that is not known.
 * @typedef {{ text: string, of: string, time: number }} Ticket
 */

/**
 * Hands tickets over one after another, and none that is older than the last, also across processes that share a store.
 * While the store is away each process goes by what it has seen itself: an older ticket does less harm than none.
 * @param {object} options
 * @param {NonNullable<import('../..').MessagePushOptions['onTicket']>} options.onTicket
 * @param {import('../..').PushRecords} [options.records] of the store
 * @param {typeof import('../clock.js').systemClock} options.clock
 */
function createTickets({ onTicket, records, clock }) {
  const seen = memoryRecords(MOST);
  const places = records ? [seen, records] : [seen];

  /**
   * The ticket in a message, if it has one.
   * @param {any} message
   * @returns {Ticket | undefined}
   */
  function ticketIn(message) {
    const route = routeOf(message);
    const where = tickets.get(route);
    const text = where && textAt(message, where.is);
    if (!where || text === undefined) return undefined;
    const time = Number(message[where.time]);
    // What is ahead of every clock would keep all others out.
    const isPossible = time <= (clock.wall() + CLOCKS_DIFFER) / 1000;
    return { text, of: `${route}:${textAt(message, where.of)}`, time: isPossible ? time : NaN };
  }

  /**
   * @param {Ticket} ticket
   * @param {string} identity of the account that was configured
   * @param {import('../..').PushContext} context
   * @param {any} message
   */
  async function handOver({ text, of, time }, identity, context, message) {
    const key = `${identity}:ticket:${engine.digest(of)}`;
    await inTurn(places, `${key}:turn`, async () => {
      const last = Math.max(...(await Promise.all(places.map((place) => lastIn(place, key)))));
      if (time < last) return;
      await onTicket(text, context, message);
      if (time > last) await Promise.all(places.map((place) => note(place, key, time)));
    });
  }

  /**
   * Works while nobody else does, in each of the places.
   * @param {import('../..').PushRecords[]} places
   * @param {string} key
   * @param {() => Promise<void>} work
   * @returns {Promise<void>}
   */
  async function inTurn([place, ...others], key, work) {
    if (!place) return work();
    const version = await takeTurn(place, key);
    try {
      return await inTurn(others, key, work);
    } finally {
      if (version) await place.set(key, null, { ttl: 1, version }).catch(() => {});
    }
  }

  /**
   * Waits until nobody has the turn, no longer than anybody may have it.
   * @param {import('../..').PushRecords} place
   * @param {string} key
   */
  async function takeTurn(place, key) {
    const until = clock.now() + TICKET_TURN;
    const options = { ttl: TICKET_TURN, version: null };
    try {
      while (!(await place.set(key, 'taken', options))) {
        if (clock.now() >= until) return undefined;
        await new Promise((resolve) => clock.setTimeout(() => resolve(undefined), LOOK_EVERY));
      }
      return (await place.get(key))?.version;
    } catch {
      return undefined;
    }
  }

  return { handOver, ticketIn };
}

/**
 * When the last one was made that was handed over; before all times where none is known.
 * @param {import('../..').PushRecords} place
 * @param {string} key
 */
async function lastIn(place, key) {
  try {
    const record = await place.get(key);
    return record ? Number(record.value) : -Infinity;
  } catch {
    return -Infinity;
  }
}

/**
 * @param {import('../..').PushRecords} place
 * @param {string} key
 * @param {number} time
 */
async function note(place, key, time) {
  await place.set(key, String(time), { ttl: REMEMBER }).catch(() => {});
}

module.exports = { createTickets };
