'use strict';

const { randomUUID } = require('node:crypto');
const { systemClock } = require('../clock.js');
const { OUTBOX_KEPT, OUTBOX_LEASE } = require('../deadlines.js');
const { takenOver } = require('../errors.js');

/** So often a record is tried to be written that other processes write too. */
const TRIES = 20;

/**
 * What has still to be sent to users: one record for each user, whose letters go in order, by one process at a time.
 * A letter is recorded before its first part is sent, and goes from the record when its last one is confirmed, so that
 * another process goes on where a dead one stopped.
 *
 * @typedef {object} Letter
 * @property {string} id of the push that it answers
 * @property {string | object} value what is left to send
 * @property {import('../..').UndeliveredReason} reason
 * @property {number} carrier the place of the one whose turn it is
 * @property {unknown} push the push, as it can be made anew elsewhere
 *
 * @typedef {{ v: 1, holder: string, until: number, letters: Letter[] }} Box
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
   * Puts a letter behind those that the user is still to get. Resolves when it is sent, or when another process has
   * it in hand.
   * @param {string} key
   * @param {Letter} letter
   */
  async function add(key, letter) {
    const box = await change(key, (found) => {
      const letters = found?.letters ?? [];
      const isThere = letters.some(({ id, reason }) => id === letter.id && reason === letter.reason);
      return held(found, isThere ? letters : [...letters, letter]);
    });
    if (box.holder === me) await work(key);
  }

  /**
   * Goes on with what another process left, or has no longer in hand.
   * @param {string} key
   */
  async function resume(key) {
    const box = await change(key, (found) => found && held(found, found.letters, true));
    if (box) await work(key);
  }

  /**
   * @param {string} key
   * @returns {Promise<void>}
   */
  function work(key) {
    // It may just have found the box empty.
    const known = working.get(key);
    if (known) return known.then(() => work(key));
    const renewing = renew(key);
    const sending = sendAll(key).finally(() => {
      working.delete(key);
      clock.clearTimeout(renewing.timer);
    });
    working.set(key, sending);
    return sending;
  }

  /** @param {string} key */
  async function sendAll(key) {
    for (let letter = await first(key); letter; letter = await first(key)) {
      const { id, reason } = letter;
      const isIt = (/** @type {Letter} */ other) => other.id === id && other.reason === reason;
      const progress = async (/** @type {string | object} */ value) => {
        await mine(key, (letters) => letters.map((other) => (isIt(other) ? { ...other, value } : other)));
      };
      const left = await send(letter, progress);
      await mine(key, ([head, ...others]) =>
        left ? [{ ...head, ...left, carrier: head.carrier + 1 }, ...others] : others,
      );
    }
  }

  /** The letter whose turn it is, where this process is to send it. @param {string} key */
  async function first(key) {
    const record = await records.get(key);
    const box = record && read(record.value);
    return box?.holder === me ? box.letters[0] : undefined;
  }

  /**
   * Changes the letters of a box that this process holds; an error where another one has taken it.
   * @param {string} key
   * @param {(letters: Letter[]) => Letter[]} act
   */
  async function mine(key, act) {
    await change(key, (found) => {
      if (found?.holder !== me) throw takenOver();
      return held(found, act(found.letters), true);
    });
  }

  /**
   * @param {Box | undefined} found
   * @param {Letter[]} letters
   * @param {boolean} [isMine]
   * @returns {Box}
   */
  function held(found, letters, isMine = !found || found.holder === me || found.until < clock.wall()) {
    if (!isMine && found) return { ...found, letters };
    return { v: 1, holder: me, until: clock.wall() + OUTBOX_LEASE, letters };
  }

  /**
   * Writes what `act` makes of a box; again, where another process was quicker.
   * @template {Box | undefined} T
   * @param {string} key
   * @param {(found: Box | undefined) => T} act
   * @returns {Promise<T>}
   */
  async function change(key, act) {
    for (let tries = 0; tries < TRIES; tries++) {
      const record = await records.get(key);
      const box = act(record && read(record.value));
      if (!box) return box;
      const value = box.letters.length > 0 ? JSON.stringify(box) : null;
      const version = record?.version ?? null;
      // The holder comes back before that; who only adds a letter must not put off that another takes over.
      const due = Math.max(1, box.until - clock.wall());
      if (await records.set(key, value, { ttl: OUTBOX_KEPT, version, due })) return box;
    }
    throw takenOver();
  }

  /** Other processes see by it that this one lives. @param {string} key */
  function renew(key) {
    const renewing = { timer: /** @type {any} */ (undefined) };
    const again = () => {
      renewing.timer = clock.setTimeout(async () => {
        await mine(key, (letters) => letters).catch(() => {});
        if (working.has(key)) again();
      }, OUTBOX_LEASE / 3);
      renewing.timer.unref?.();
    };
    again();
    return renewing;
  }

  return { add, resume };
}

/**
 * A box that another version of the package wrote is left alone until its lifetime ends.
 * @param {string} value
 * @returns {Box | undefined}
 */
function read(value) {
  const box = JSON.parse(value);
  if (box.v !== 1) throw takenOver();
  return box;
}

module.exports = { createOutbox };
