'use strict';

const { systemClock } = require('../clock.js');
const { COMES_BACK_WITHIN, LOOK_EVERY } = require('../deadlines.js');
const { storeBusy } = require('../errors.js');
const { nextMessageOptions } = require('../options.js');

/** So often a record is tried to be written that other pushes of the user change too. */
const TRIES = 20;

/** Of so many answers that are still being made is it kept that the user has been promised them. */
const MOST_AWAITED = 10;

/**
 * What waits for a user's next message, as a record: `value` is what is left of an answer, `awaited` has the pushes whose
 * handlers are still at it. Where there is no value yet, `before` is what nobody has asked for of the answer before.
 * Whoever takes the value leaves it there, so that a retry gets it once more.
 * @typedef {{ v: 1, id: string, awaited: string[], value?: string | object, taken?: { by: string, at: number }, before?: Kept }} Kept
 */

/**
 * Documented in answers.d.ts.
 * @param {import('../../answers').NextMessageOptions} [options]
 * @returns {import('../..').Carrier}
 */
function nextMessage(options) {
  return openNextMessage(options, systemClock);
}

/**
 * The same, by a clock.
 * @param {import('../../answers').NextMessageOptions | undefined} options
 * @param {typeof systemClock} clock
 * @returns {import('../..').Carrier}
 */
function openNextMessage(options, clock) {
  const { prompt, words, keep } = nextMessageOptions(options);
  const isWord = (/** @type {string | undefined} */ text) =>
    words === 'any' || words.includes((text ?? '').trim().toLowerCase());

  /**
   * @param {import('../..').CarrierPush} push
   * @param {Kept | null} kept
   * @param {string | null} version
   */
  function write(push, kept, version) {
    const value = kept && JSON.stringify(kept);
    return push.records.set(keyOf(push), value, { ttl: keep, version });
  }

  /**
   * Writes what `act` makes of what is kept, `null` for nothing; again where another push was quicker.
   * @param {import('../..').CarrierPush} push
   * @param {(kept: Kept | undefined) => Kept | null | undefined} act gives undefined where all stays as it is
   */
  async function change(push, act) {
    for (let tries = 0; tries < TRIES; tries++) {
      const { kept, version } = await read(push);
      const next = act(kept);
      if (next === undefined || (await write(push, next, version))) return;
    }
    throw storeBusy();
  }

  /**
   * What is kept for the user who asks. While the store is away, who says the word is asked to wait by the error, and
   * any other message goes to the handler.
   * @param {import('../..').CarrierPush} push
   */
  function look(push) {
    return words === 'any' ? read(push).catch(() => NOTHING) : read(push);
  }

  return {
    name: 'nextMessage',
    prompt,

    expect: (push) =>
      change(push, (kept) => {
        const awaited = [...awaitedBeside(kept, push.id), push.id].slice(-MOST_AWAITED);
        // It has taken the value, which goes another way now.
        if (kept?.taken?.by === push.id) return { ...kept, awaited };
        // It waits for what others have promised.
        if (isWord(push.text) && awaitedBeside(kept, push.id).length > 0) return undefined;
        return { v: 1, id: push.id, awaited, before: unread(kept) };
      }),

    failed: (push) =>
      change(push, (kept) => {
        if (!kept?.awaited.includes(push.id)) return undefined;
        const awaited = awaitedBeside(kept, push.id);
        if (awaited.length > 0 || kept.value !== undefined) return { ...kept, awaited };
        return kept.before ? { ...kept.before, awaited } : null;
      }),

    async carry(answer) {
      const { value, ...push } = /** @type {import('../..').UndeliveredAnswer} */ (answer);
      await change(push, (kept) => {
        // A process that died could not say that it was kept, and its user may have got it since.
        if (kept?.id === push.id && kept.value === value)
          return { ...kept, awaited: awaitedBeside(kept, push.id) };
        const old = unread(kept);
        const isReplaced = old !== undefined && old.id !== push.id;
        const text = isReplaced && typeof value === 'string' ? `${prompt.replaced}\n${value}` : value;
        return { v: 1, id: push.id, awaited: awaitedBeside(kept, push.id), value: text };
      });
    },

    async takeUp(push) {
      if (!isWord(push.text)) return undefined;
      /** Who has taken it, and since when that is seen. */
      let seen = { by: '', at: 0 };
      for (;;) {
        const { kept, version } = await look(push);
        const by = kept?.taken?.by ?? '';
        if (by !== seen.by) seen = { by, at: clock.now() };
        const state = stateOf(kept, push.id, { now: clock.wall(), since: clock.now() - seen.at });
        if (state === 'nothing') return undefined;
        if (push.signal.aborted) return '';
        const taken = { by: push.id, at: clock.wall() };
        if (kept && state === 'ready' && (await write(push, { ...kept, taken }, version))) return kept.value;
        await new Promise((resolve) => clock.setTimeout(() => resolve(undefined), LOOK_EVERY));
      }
    },
  };
}

/** What its user has been promised, beside what a push promises. @param {Kept | undefined} kept @param {string} id */
function awaitedBeside(kept, id) {
  return (kept?.awaited ?? []).filter((one) => one !== id);
}

/** What its user has not asked for yet. @param {Kept | undefined} kept */
function unread(kept) {
  return kept?.value === undefined ? kept?.before : kept.taken ? undefined : kept;
}

/**
 * @param {Kept | undefined} kept
 * @param {string} id of the push that asks
 * @param {{ now: number, since: number }} times by the clock of all, and for how long it is seen that another push has
 *   taken it, in milliseconds
 */
function stateOf(kept, id, { now, since }) {
  if (!kept) return 'nothing';
  if (kept.value !== undefined && (!kept.taken || kept.taken.by === id)) return 'ready';
  if (kept.awaited.length > 0 || !kept.taken) return 'soon';
  // What is left after the part that was just taken is about to be kept. Clocks of processes differ, and may be set.
  const wasJustTaken = Math.abs(now - kept.taken.at) < COMES_BACK_WITHIN;
  return wasJustTaken && since < COMES_BACK_WITHIN ? 'soon' : 'nothing';
}

/** @type {{ kept: Kept | undefined, version: string | null }} */
const NOTHING = { kept: undefined, version: null };

/**
 * What is there; what another version wrote is nothing, and is replaced.
 * @param {import('../..').CarrierPush} push
 */
async function read(push) {
  const record = await push.records.get(keyOf(push));
  if (!record) return NOTHING;
  const kept = JSON.parse(record.value);
  return { kept: kept?.v === 1 ? /** @type {Kept} */ (kept) : undefined, version: record.version };
}

/** @param {Pick<import('../..').CarrierPush, 'account' | 'user'>} push */
function keyOf({ account, user }) {
  return `${account.id}:next:${user}`;
}

module.exports = { nextMessage, openNextMessage };
