'use strict';

const { systemClock } = require('../clock.js');
const { COMES_BACK_WITHIN, LOOK_EVERY } = require('../deadlines.js');
const { nextMessageOptions } = require('../options.js');

/**
 * An answer that waits for its user's next message, as a record: `value` is what is left of it, nothing while a
 * handler is still at it; then `before` is what nobody has asked for yet of the answer before. Whoever takes it leaves it
 * there, so that a retry gets it once more.
 * @typedef {{ v: 1, id: string, value?: string | object, taken?: { by: string, at: number }, before?: Kept }} Kept
 */

/**
 * Documented in answers.d.ts.
 * @param {import('../../answers').NextMessageOptions} [options]
 * @returns {import('../..').Carrier}
 */
function nextMessage(options) {
  const { prompt, words, keep } = nextMessageOptions(options);
  const isWord = (/** @type {string | undefined} */ text) =>
    words === 'any' || words.includes((text ?? '').trim().toLowerCase());

  /**
   * @param {import('../..').CarrierPush} push
   * @param {Kept} kept
   * @param {string} [version]
   */
  function write(push, kept, version) {
    return push.records.set(keyOf(push), JSON.stringify(kept), { ttl: keep, version });
  }

  /**
   * What is kept for the user who asks. While the store is away, who says the word is asked to wait by the error, and
   * any other message goes to the handler.
   * @param {import('../..').CarrierPush} push
   */
  function look(push) {
    return words === 'any' ? read(push).catch(() => ({ kept: undefined, version: undefined })) : read(push);
  }

  return {
    name: 'nextMessage',
    prompt,

    async expect(push) {
      const { kept } = await read(push);
      await write(push, { v: 1, id: push.id, before: unread(kept) });
    },

    async failed(push) {
      const { kept, version } = await read(push);
      if (kept?.id !== push.id || kept.value !== undefined) return;
      if (kept.before) await write(push, kept.before, version);
      else await push.records.set(keyOf(push), null, { ttl: keep, version });
    },

    async carry(answer) {
      const { value, ...push } = /** @type {import('../..').UndeliveredAnswer} */ (answer);
      const { kept } = await read(push);
      const old = unread(kept);
      const isReplaced = old !== undefined && old.id !== push.id;
      const text = isReplaced && typeof value === 'string' ? `${prompt.replaced}\n${value}` : value;
      await write(push, { v: 1, id: push.id, value: text });
    },

    async takeUp(push) {
      if (!isWord(push.text)) return undefined;
      /** Who has taken it, and since when that is seen. */
      let seen = { by: '', at: 0 };
      for (;;) {
        const { kept, version } = await look(push);
        const by = kept?.taken?.by ?? '';
        if (by !== seen.by) seen = { by, at: systemClock.now() };
        const state = stateOf(kept, push.id, systemClock.now() - seen.at);
        if (state === 'nothing') return undefined;
        if (push.signal.aborted) return '';
        const taken = { by: push.id, at: systemClock.wall() };
        if (kept && state === 'ready' && (await write(push, { ...kept, taken }, version))) return kept.value;
        await new Promise((resolve) => systemClock.setTimeout(() => resolve(undefined), LOOK_EVERY));
      }
    },
  };
}

/** What its user has not asked for yet. @param {Kept | undefined} kept */
function unread(kept) {
  return kept?.value === undefined ? kept?.before : kept.taken ? undefined : kept;
}

/**
 * @param {Kept | undefined} kept
 * @param {string} id of the push that asks
 * @param {number} since it is seen that another push has taken it, in milliseconds
 */
function stateOf(kept, id, since) {
  if (!kept) return 'nothing';
  if (kept.value === undefined) return 'soon';
  if (!kept.taken || kept.taken.by === id) return 'ready';
  // What is left after the part that was just taken is about to be kept. Clocks of processes differ, and may be set.
  const wasJustTaken = Math.abs(systemClock.wall() - kept.taken.at) < COMES_BACK_WITHIN;
  return wasJustTaken && since < COMES_BACK_WITHIN ? 'soon' : 'nothing';
}

/** @param {import('../..').CarrierPush} push */
async function read(push) {
  const record = await push.records.get(keyOf(push));
  const kept = record && JSON.parse(record.value);
  return kept?.v === 1 ? { kept: /** @type {Kept} */ (kept), version: record?.version } : {};
}

/** @param {Pick<import('../..').CarrierPush, 'account' | 'user'>} push */
function keyOf({ account, user }) {
  return `${account.id}:next:${user}`;
}

module.exports = { nextMessage };
