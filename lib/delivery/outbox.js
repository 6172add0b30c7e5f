'use strict';

const { randomUUID } = require('node:crypto');
const { systemClock } = require('../clock.js');
const { ASK_STORE_EVERY, OUTBOX_KEPT, OUTBOX_LEASE } = require('../deadlines.js');
const { isTakenOver, otherVersion, storeBusy, takenOver } = require('../errors.js');

/** So often a record is tried to be written that other processes write too. */
const TRIES = 20;

/**
 * What has still to be sent to users: one record for each user, whose letters go in order, by one process at a time.
 * A letter is recorded before its first part is sent, and goes from the record when its last one is confirmed, so that
 * another process goes on where a dead one stopped. Which one is dead, the store's clock says, by what is due.
 *
 * @typedef {object} Letter
 * @property {string} id of the push that it answers
 * @property {boolean} [isBeginning] whether another letter has the rest of the answer
 * @property {string | object} value what is left to send
 * @property {import('../..').UndeliveredReason} reason
 * @property {number} carrier the place of the one whose turn it is
 * @property {unknown} push the push, as it can be made anew elsewhere
 *
 * @typedef {{ v: 1, holder: string, letters: Letter[] }} Box
 *
 * @param {object} options
 * @param {import('../..').PushRecords} options.records
 * @param {(letter: Letter, progress: (left: string | object) => Promise<void>) => Promise<Left>} options.send
 *   gives a letter to the carrier whose turn it is
 * @param {typeof systemClock} [options.clock]
 *
 * @typedef {{ value: string | object, reason?: import('../..').UndeliveredReason } | undefined} Left what the next
 *   carrier has to take, and why; nothing when all is done
 */
function createOutbox({ records, send, clock = systemClock }) {
  const me = randomUUID();
  /** The boxes at which this process works. @type {Map<string, Promise<void>>} */
  const working = new Map();

  /**
   * Puts a letter behind those that the user is still to get. Gives what sends it, which resolves when that is done, or
   * when another process has it in hand, and never rejects: what is recorded is not lost.
   * @param {string} key
   * @param {Letter} letter
   * @returns {Promise<() => Promise<void>>}
   */
  async function add(key, letter) {
    const box = await change(key, (found) => {
      const { holder = me, letters = [] } = found ?? {};
      if (letters.some((other) => isSame(other, letter))) return { v: 1, holder, letters };
      // The beginning of an answer, which no delivery carried after all, goes before its rest.
      const rest = letters.findIndex(({ id }) => id === letter.id);
      return { v: 1, holder, letters: letters.toSpliced(rest < 0 ? letters.length : rest, 0, letter) };
    });
    return async () => {
      if (box?.holder === me) await work(key).catch(() => {});
    };
  }

  /**
   * What another process left under a key: nothing where this version cannot read it.
   * @param {string} key
   */
  async function peek(key) {
    const record = await records.get(key);
    return record && parse(record.value);
  }

  /**
   * Goes on with what another process left.
   * @param {string} key
   */
  async function resume(key) {
    const box = await change(key, (found) => found && { ...found, holder: me });
    if (box) await work(key);
  }

  /**
   * @param {string} key
   * @returns {Promise<void>}
   */
  function work(key) {
    // It may just have found the box empty.
    const known = working.get(key);
    if (known) return known.catch(() => {}).then(() => work(key));
    const stopRenewing = renew(key);
    const sending = sendAll(key).finally(() => {
      working.delete(key);
      stopRenewing();
    });
    working.set(key, sending);
    return sending;
  }

  /** @param {string} key */
  async function sendAll(key) {
    for (let letter = await first(key); letter; letter = await first(key)) {
      const current = letter;
      const left = await send(letter, async (value) => {
        const less = (/** @type {Letter} */ other) => (isSame(other, current) ? { ...other, value } : other);
        await recorded(key, (letters) => letters.map(less));
      });
      const next = (/** @type {Letter} */ one) =>
        left ? [{ ...one, ...left, carrier: one.carrier + 1 }] : [];
      await recorded(key, (letters) =>
        letters.flatMap((other) => (isSame(other, current) ? next(other) : [other])),
      );
    }
  }

  /** The letter whose turn it is, where this process is to send it. @param {string} key */
  async function first(key) {
    const record = await patiently(() => records.get(key));
    const box = record && read(record.value);
    return box?.holder === me ? box.letters[0] : undefined;
  }

  /**
   * The same as `mine`, and nothing further is sent before it is done: who takes over must not send it again.
   * @param {string} key
   * @param {(letters: Letter[]) => Letter[]} act
   */
  async function recorded(key, act) {
    // Without the store for longer than the lease, another process may be at it.
    await patiently(() => mine(key, act)).catch(() => {
      throw takenOver();
    });
  }

  /**
   * Asks the store again while it is away, for as long as nobody else takes over.
   * @template T
   * @param {() => Promise<T>} act
   */
  async function patiently(act) {
    const ends = clock.now() + OUTBOX_LEASE;
    for (;;) {
      try {
        return await act();
      } catch (error) {
        if (isTakenOver(error) || clock.now() + ASK_STORE_EVERY > ends) throw error;
        await new Promise((resolve) => clock.setTimeout(() => resolve(undefined), ASK_STORE_EVERY));
      }
    }
  }

  /**
   * Changes the letters of a box that this process holds; an error where another one has taken it.
   * @param {string} key
   * @param {(letters: Letter[]) => Letter[]} act
   */
  async function mine(key, act) {
    await change(key, (found) => {
      if (found?.holder !== me) throw takenOver();
      return { ...found, letters: act(found.letters) };
    });
  }

  /**
   * Writes what `act` makes of a box; again, where another process was quicker.
   * @param {string} key
   * @param {(found: Box | undefined) => Box | undefined} act
   */
  async function change(key, act) {
    for (let tries = 0; tries < TRIES; tries++) {
      const record = await records.get(key);
      const box = act(record && read(record.value));
      if (!box) return undefined;
      const value = box.letters.length > 0 ? JSON.stringify(box) : null;
      const version = record?.version ?? null;
      // Who only adds a letter must not put off that another takes over.
      const due = box.holder === me ? OUTBOX_LEASE : 'same';
      if (await records.set(key, value, { ttl: OUTBOX_KEPT, version, due })) return box;
    }
    throw storeBusy();
  }

  /** Other processes see by it that this one lives. Gives what ends it. @param {string} key */
  function renew(key) {
    let isEnded = false;
    let timer = /** @type {any} */ (undefined);
    const again = () => {
      timer = clock.setTimeout(async () => {
        await mine(key, (letters) => letters).catch(() => {});
        if (!isEnded) again();
      }, OUTBOX_LEASE / 3);
      timer.unref?.();
    };
    again();
    return () => {
      isEnded = true;
      clock.clearTimeout(timer);
    };
  }

  return { add, peek, resume };
}

/**
 * @param {Letter} one
 * @param {Letter} other
 */
function isSame(one, other) {
  return one.id === other.id && one.reason === other.reason && one.isBeginning === other.isBeginning;
}

/**
 * A box that another version of the package wrote is left alone until its lifetime ends.
 * @param {string} value
 * @returns {Box}
 */
function read(value) {
  const box = parse(value);
  if (!box) throw otherVersion();
  return box;
}

/** @param {string} value @returns {Box | undefined} */
function parse(value) {
  const box = JSON.parse(value);
  return box.v === 1 ? box : undefined;
}

module.exports = { createOutbox };
