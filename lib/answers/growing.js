'use strict';

const {
  ANSWER_WITHIN,
  STREAM_GROWS_FOR,
  STREAM_KEPT,
  STREAM_LEASE,
  STREAM_WRITTEN_EVERY,
  TAKE_OVER_EVERY,
} = require('../deadlines.js');
const { endedWith, streamReply } = require('./bot-stream.js');
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
 * @typedef {{ v: 1, user: string, reply: any }} Kept
 * @typedef {import('./bot-stream.js').Beside} Beside
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
  /** What this process writes, by the keys of its records. @type {Map<string, GrowingAnswer>} */
  const own = new Map();
  /** When what dead processes left of an account is looked for again. @type {Map<string, number>} */
  const lookAt = new Map();

  /**
   * Begins to show an answer; undefined where its user has as many as there can be. `arrived` is when the user's message
   * came, and `onEnd` is called should nothing more be shown, with what was.
   * @param {{ identity: string, id: string, user: string, text: string, beside?: Beside, arrived: number, onEnd: (shown?: string) => void }} of
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

/** One answer, where it is written. */
class GrowingAnswer {
  /** Whether nothing more can be shown. */
  isFinished = false;
  /** Resolves when other processes know of it, or cannot. @type {Promise<unknown>} */
  ready;
  /** Resolves when it has ended, and is recorded, or need not be any more. @type {Promise<void>} */
  kept;
  #of;
  #home;
  #text;
  /** As much of it as all processes show. */
  #shown;
  #beside;
  #isChanged = true;
  #writtenAt;
  #writtenText = '';
  #timer;
  #limit;
  #isKept = () => {};

  /**
   * @param {Parameters<ReturnType<typeof createGrowing>['open']>[0]} of
   * @param {{ key: string, records: import('../..').PushRecords, isShared: boolean, clock: typeof import('../clock.js').systemClock }} home
   */
  constructor(of, home) {
    const { clock, isShared } = home;
    this.#of = of;
    this.#home = home;
    this.#text = of.text;
    this.#shown = '';
    this.#beside = of.beside;
    this.#writtenAt = clock.now();
    this.kept = new Promise((resolve) => (this.#isKept = resolve));
    this.#limit = clock.setTimeout(() => this.#of.onEnd(), of.arrived + STREAM_GROWS_FOR - clock.now());
    // Who writes keeps the process alive, not who waits for the end.
    this.#limit.unref?.();
    this.#show();
    this.ready = isShared ? this.#write() : Promise.resolve();
    if (isShared) this.#writeOn();
  }

  get reply() {
    return streamReply(this.#of.id, this.#shown, this.isFinished, this.#beside);
  }

  /**
   * @param {string} identity
   * @param {string | undefined} user
   */
  isOf(identity, user) {
    return this.#of.identity === identity && this.#of.user === user;
  }

  /** Lets a process work that does so only while it is asked, and records what has come of it. Never rejects. */
  async worked() {
    const { clock } = this.#home;
    let timer;
    const late = new Promise((resolve) => (timer = clock.setTimeout(resolve, ANSWER_WITHIN)));
    await Promise.race([this.kept, late]);
    clock.clearTimeout(timer);
    await this.#writing;
    if (!this.isFinished) await this.#write();
  }

  /** Shows the whole text so far. @param {string} text */
  grow(text) {
    this.#text = text;
    this.#isChanged = true;
    if (!this.#home.isShared) this.#show();
  }

  /**
   * Shows the whole of it, once. What it gives is done when that is recorded, or the store is away; never rejects.
   * @param {string} text
   * @param {Beside} [beside]
   */
  async finish(text, beside = this.#beside) {
    if (this.isFinished) return;
    this.grow(text);
    this.#beside = beside;
    this.#end();
    await this.#writing;
    if (await this.#write()) this.#isKept();
    else void this.#writeLater();
  }

  /** As if it had never been shown. */
  drop() {
    if (this.isFinished) return;
    this.#end();
    const { records, key } = this.#home;
    void records.set(key, null, { ttl: STREAM_KEPT }).catch(() => {});
    this.#isKept();
  }

  #show() {
    this.#shown = this.isFinished ? this.#text : withoutHalf(this.#text);
  }

  #end() {
    const { clock } = this.#home;
    this.isFinished = true;
    this.#show();
    clock.clearTimeout(this.#timer);
    clock.clearTimeout(this.#limit);
  }

  /** Again and again, as long as it grows: what has changed, or that its process lives. */
  #writeOn() {
    const { clock } = this.#home;
    this.#timer = clock.setTimeout(async () => {
      const isSilent = clock.now() - this.#writtenAt >= STREAM_LEASE / 3;
      if (this.#isChanged || isSilent) await this.#write();
      if (!this.isFinished) this.#writeOn();
    }, STREAM_WRITTEN_EVERY);
    this.#timer.unref?.();
  }

  /** The store is away: as soon as it is back, for as long as anybody asks. */
  async #writeLater() {
    const { clock } = this.#home;
    const until = clock.now() + STREAM_KEPT;
    do {
      const pause = (resolve) => clock.setTimeout(resolve, STREAM_WRITTEN_EVERY).unref?.();
      await new Promise(pause);
    } while (!(await this.#write()) && clock.now() < until);
    this.#isKept();
  }

  /** The writing that goes on; there is one at a time. @type {Promise<unknown> | undefined} */
  #writing;

  /** Gives whether nothing is left to write. Never rejects. */
  #write() {
    return (this.#writing = this.#written().catch(() => false));
  }

  /** @returns {Promise<boolean>} */
  async #written() {
    const { records, key, clock } = this.#home;
    const at = clock.now();
    // Silent for so long, it may count as dead.
    const record = at - this.#writtenAt > STREAM_LEASE / 2 ? await records.get(key) : undefined;
    if (keptIn(record)?.reply.stream.finish) return this.#isLost();
    this.#show();
    const text = this.#shown;
    const value = valueOf(this.#of.user, this.reply);
    this.#isChanged = false;
    try {
      const due = this.isFinished ? undefined : STREAM_LEASE;
      const isSet = await records.set(key, value, { ttl: STREAM_KEPT, version: record?.version, due });
      // Another process was quicker.
      if (!isSet) return this.#written();
    } catch (error) {
      this.#isChanged = true;
      throw error;
    }
    this.#writtenAt = at;
    this.#writtenText = text;
    return true;
  }

  /** Another process has ended it, with what it knew of. */
  #isLost() {
    if (!this.isFinished) {
      this.#end();
      this.#isKept();
    }
    this.#of.onEnd(this.#writtenText);
    return true;
  }
}

/**
 * @param {string} identity what the store knows the account by
 * @param {string} id
 */
function keyOf(identity, id) {
  return `${identity}:stream:${id}`;
}

/** @param {import('../..').PushRecord | undefined} record @returns {Kept | undefined} */
function keptIn(record) {
  const kept = record && JSON.parse(record.value);
  return kept?.v === 1 ? kept : undefined;
}

/**
 * @param {string} user
 * @param {object} reply
 */
function valueOf(user, reply) {
  return JSON.stringify({ v: 1, user, reply });
}

/** Its other half is still to come. @param {string} text */
function withoutHalf(text) {
  return text.charCodeAt(text.length - 1) >> 10 === HIGH_SURROGATE ? text.slice(0, -1) : text;
}

const HIGH_SURROGATE = 0xd800 >> 10;

module.exports = { createGrowing };
