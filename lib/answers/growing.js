'use strict';

const { STREAM_KEPT, STREAM_LEASE, TAKE_OVER_EVERY } = require('../deadlines.js');
const { endedWith, streamReply } = require('./bot-stream.js');
const { GrowingAnswer } = require('./growing-answer.js');
const { keptIn, valueOf } = require('./growing-record.js');
const { NOTES } = require('./notes.js');

/** So many messages of one user may be answered at once. https://developer.work.weixin.qq.com/document/path/101031 */
const MOST_IN_FLIGHT = 3;

/** So many that dead processes left are ended at once; the next look ends more. */
const MOST_ENDED = 50;

/**
 * Answers that are shown while they grow: their user's client asks for the whole text so far, again and again, in
 * whichever process. The one that writes has it at hand; the others have a record, which is due when the writer has not
 * been heard of. None shows more than the record has, so that no text shrinks from one process to the next.
 *
 * @param {object} options
 * @param {import('../..').PushRecords} options.records
 * @param {boolean} options.isShared whether other processes have the records too
 * @param {boolean} options.isCarried whether an answer whose process dies is made once more
 * @param {boolean} [options.isFrozen] whether the host stops this process after each answer
 * @param {boolean} [options.isIsolated] whether nothing goes on after an answer but what the host is told of
 * @param {typeof import('../clock.js').systemClock} options.clock
 * @param {'zh' | 'en'} options.lang
 */
function createGrowing({ records, isShared, isCarried, isFrozen, isIsolated, clock, lang }) {
  /** What this process writes, by the keys of its records. @type {Map<string, InstanceType<typeof GrowingAnswer>>} */
  const own = new Map();
  /** When what dead processes left of an account is looked for again. @type {Map<string, number>} */
  const lookAt = new Map();

  /**
   * Begins to show an answer; undefined where its user has as many as there can be.
   * @param {import('./growing-answer.js').Begun} of
   */
  function open({ identity, user, ...given }) {
    const mine = [...own.values()].filter((one) => one.isOf(identity, user) && !one.isFinished);
    if (mine.length >= MOST_IN_FLIGHT) return undefined;
    const key = keyOf(identity, given.id);
    const answer = new GrowingAnswer({ identity, user, ...given }, { key, records, isShared, clock });
    own.set(key, answer);
    answer.kept.then(() => own.get(key) === answer && own.delete(key));
    return answer;
  }

  /**
   * What is shown to who asks for a stream: its whole text so far; undefined where it asks for
   * none, or the store is away. Never rejects.
   * @param {string} identity
   * @param {unknown} id
   * @param {string | undefined} user
   * @returns {object | undefined | Promise<object | undefined>}
   */
  function shown(identity, id, user) {
    if (typeof id !== 'string') return undefined;
    const answer = own.get(keyOf(identity, id));
    if (!answer) return recorded(identity, id, user);
    if (!answer.isOf(identity, user)) return gone(id);
    return isFrozen && !answer.isFinished ? answer.worked().then(() => answer.reply) : answer.reply;
  }

  /**
   * @param {string} identity
   * @param {string} id
   * @param {string | undefined} user
   */
  async function recorded(identity, id, user) {
    try {
      const kept = keptIn(await records.get(keyOf(identity, id)));
      if (!kept || kept.user !== user) return gone(id);
      const looked = kept.reply.stream.finish ? undefined : look(identity);
      if (isFrozen || isIsolated) await looked;
      return kept.reply;
    } catch {
      // Without an answer what was shown stays, and it is asked for again.
      return undefined;
    }
  }

  /** @param {string} id */
  function gone(id) {
    return streamReply(id, NOTES.gone[lang], true);
  }

  /**
   * Ends what dead processes were writing, where that was not looked for a moment ago. Never rejects.
   * @param {string} identity
   */
  async function look(identity) {
    if (clock.now() < (lookAt.get(identity) ?? 0)) return;
    lookAt.set(identity, clock.now() + TAKE_OVER_EVERY);
    try {
      for (let ended = 0; ended < MOST_ENDED; ended++) {
        const key = await records.claimDue(STREAM_LEASE, keyOf(identity, ''));
        if (key === undefined) return;
        await finish(key);
      }
    } catch {
      // The store is away: the next look comes soon.
    }
  }

  /** Ends a stream whose process has died, with a note. @param {string} key */
  async function finish(key) {
    const record = await records.get(key);
    const kept = keptIn(record);
    if (!kept || kept.reply.stream.finish) return;
    const { id, content, feedback } = kept.reply.stream;
    const { shown: text } = endedWith(content, NOTES[isCarried ? 'again' : 'failed'][lang]);
    const reply = streamReply(id, text, true, { feedback });
    await records.set(key, valueOf(kept.user, reply), { ttl: STREAM_KEPT, version: record?.version });
  }

  return { open, shown, finish };
}

/**
 * @param {string} identity what the store knows the account by
 * @param {string} id
 */
function keyOf(identity, id) {
  return `${identity}:stream:${id}`;
}

module.exports = { createGrowing };
