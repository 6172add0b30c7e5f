'use strict';

const {
  ANSWER_WITHIN,
  STREAM_GROWS_FOR,
  STREAM_KEPT,
  STREAM_LEASE,
  STREAM_WRITTEN_EVERY,
} = require('../deadlines.js');
const { streamReply } = require('./bot-stream.js');
const { keptIn, valueOf } = require('./growing-record.js');

/**
 * An answer that is shown while it grows, in the process that writes it.
 *
 * @typedef {import('./bot-stream.js').Beside} Beside
 *
 * @typedef {object} Begun the beginning of one
 * @property {string} identity
 * @property {string} id of its stream
 * @property {string} user
 * @property {string} text
 * @property {Beside} [beside]
 * @property {number} arrived when its user's message came
 * @property {(shown?: string) => void} onEnd is called should nothing more be shown: without a text when its time is
 *   over, with what was shown when another process has ended it
 */
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
  /** The writing that goes on; there is one at a time. @type {Promise<unknown> | undefined} */
  #writing;

  /**
   * @param {Begun} of
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

/** Its other half is still to come. @param {string} text */
function withoutHalf(text) {
  return text.charCodeAt(text.length - 1) >> 10 === HIGH_SURROGATE ? text.slice(0, -1) : text;
}

const HIGH_SURROGATE = 0xd800 >> 10;

module.exports = { GrowingAnswer };
