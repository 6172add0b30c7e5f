'use strict';

const { BOT_TEXT_BYTES, endedWith, partsOf, streamReply } = require('../answers/bot-stream.js');
const { NOTES, withNote } = require('../answers/notes.js');
const { BLANK_LINES, splitGrowing, splitText } = require('../answers/split.js');
const { openStream } = require('../answers/stream.js');
const { SHOW_WORK_AFTER, STREAM_SHOWN_AFTER } = require('../deadlines.js');

/** In bytes: longer than any text of a handler. */
const WHOLE = 2 ** 31;

/**
 * What is said in answer to a push: by a carrier that has kept an answer for it, else by the handler, at once or in a
 * stream. Where its user can be shown a text that grows, that is so from the moment when a delivery has carried its
 * beginning, and what is left at the end is what cannot be shown.
 * @typedef {import('../delivery/carriers.js').Sender & { arrived: number, begin: () => void, endShown: () => void }} Sender
 *   `begin` has a delivery carry what there is, and `endShown` says that nothing more is shown
 */
class Answering {
  #push;
  #carriers;
  #clock;
  #lang;
  /** Opens what is shown as it grows; nothing where that cannot be. @type {Growing['open'] | undefined} */
  #open;
  /** @type {ReturnType<Growing['open']>} */
  #growing;
  /** Of a text that was ended before it was whole, what was shown, and when that is recorded. @type {{ text: string, recorded?: Promise<unknown> }} */
  #cut = { text: '' };
  /** What comes with the text. @type {import('../answers/bot-stream.js').Beside | undefined} */
  #beside;
  /** What a stream has given so far and nobody got; of what grows, all of it. */
  #text = '';
  #isStreaming = false;
  /** Whether a delivery has carried the beginning. */
  #hasBegun = false;
  /** Aborted when no delivery waits any more; costs as much as a push. @type {AbortController | undefined} */
  #window;
  #isKept = false;
  /** Done when the carriers know that more will come, where a delivery has said so. @type {Promise<unknown> | undefined} */
  #promised;
  /** Why something is left of what was shown. @type {'late' | 'too_long' | undefined} */
  reason;

  /**
   * @param {Sender} push
   * @param {object} of
   * @param {ReturnType<typeof import('./answers.js').openAnswers>} [of.answers]
   * @param {Growing} [of.growing] where the text can grow
   * @param {typeof import('../clock.js').systemClock} of.clock
   * @param {'zh' | 'en'} of.lang
   *
   * @typedef {ReturnType<typeof import('../answers/growing.js').createGrowing>} Growing
   */
  constructor(push, { answers, growing, clock, lang }) {
    this.#push = push;
    this.#carriers = answers;
    this.#open = growing?.open;
    this.#clock = clock;
    this.#lang = lang;
  }

  /** The one that gets what is left. */
  get #carrier() {
    return this.#carriers?.firstFor(this.#push.message);
  }

  /** Whether somebody is shown what is still being made. */
  get isShown() {
    return this.#growing !== undefined && !this.#growing.isFinished;
  }

  /**
   * The answer; of a stream, what has not been sent by its end.
   * @param {() => unknown} handler
   * @param {(error: unknown) => void} report is told of a failure after which there is something to send
   */
  async value(handler, report) {
    // As long as a carrier is asked, it is the one that has promised an answer.
    this.#isKept = this.#carriers !== undefined;
    const kept = this.#carriers && (await this.#keptBy(this.#carriers));
    this.#isKept = kept !== undefined;
    return this.#isKept ? this.#whole(kept, report) : this.#madeBy(handler, report);
  }

  /**
   * What there is to say when the last delivery has to be answered: finished sentences of a stream, and how to get
   * the rest; or before that, what there is of a text that is shown as it grows. Gives nothing where nothing can be said;
   * `ready` is done when others know of it, and `unsent` is to be called where no delivery carried it after all,
   * and gives whether it comes with the rest.
   * @param {Judge} judge
   * @param {boolean} [isEarly]
   * @returns {{ value: string | object, ready: Promise<unknown> | undefined, unsent?: () => boolean } | undefined}
   *
   * @typedef {(value: string | object) => import('../receiver.js').Judged} Judge
   */
  firstPart(judge, isEarly = false) {
    const shown = this.#open && this.#firstShown(this.#open, judge);
    if (shown || isEarly) return shown;
    this.#window?.abort();
    const [finished, unfinished] = this.#isStreaming ? splitGrowing(this.#text, WHOLE) : ['', this.#text];
    const [text, left] =
      finished === '' ? [this.#carrier?.prompt?.soon, ''] : this.#fitting(finished.trimEnd(), judge);
    if (text === undefined || judge(text).objection) return undefined;
    const rest = left + unfinished;
    this.#text = rest;
    this.#hasBegun = true;
    this.#promised = this.#carriers?.tell('expect', this.#push);
    const unsent = () => {
      // That an answer will come is no part of it: nobody is to get that instead.
      if (finished === '') return true;
      if (!this.#isStreaming) return false;
      this.#text = finished + unfinished + this.#text.slice(rest.length);
      this.#hasBegun = false;
      return true;
    };
    return { value: text, ready: this.#promised, unsent };
  }

  /**
   * A text that is too long, in two parts, the first with how to get the second.
   * @param {string} first as much as can go without that
   * @param {string} rest
   * @returns {[first: string, rest: string]}
   */
  prompted(first, rest) {
    const prompt = this.#carrier?.prompt;
    if (!prompt) return [first, rest];
    const [shorter, more] = splitText(
      first,
      Buffer.byteLength(first) - Buffer.byteLength(`\n${prompt.rest}`),
    );
    return [`${shorter}\n${prompt.rest}`, `${more}${rest}`];
  }

  /** No delivery waits any more, so that nothing kept can go as an answer to one. */
  isLeft() {
    this.#window?.abort();
  }

  /**
   * The handler has returned, and there is nothing to send. What was promised does not come.
   * @param {boolean} isTakenOver whether another process may have promised it
   */
  async nothingMore(isTakenOver) {
    if (!this.#promised && !isTakenOver) return;
    await this.#promised;
    await this.#carriers?.tell('failed', this.#push);
  }

  /** The handler has failed. */
  failed() {
    if (this.isShown) this.#endFailed();
    else if (!this.#isKept) this.#carriers?.tell('failed', this.#push);
  }

  /**
   * Reads a stream to its end, or for as long as anybody wants it.
   * @param {NonNullable<ReturnType<typeof openStream>>} stream
   * @param {(error: unknown) => void} report
   */
  async read(stream, report) {
    const { signal } = this.#push.context;
    const close = () => stream.close();
    this.#isStreaming = true;
    signal.addEventListener('abort', close);
    if (signal.aborted) close();
    const timer = this.#open && this.#clock.setTimeout(() => this.#push.begin(), STREAM_SHOWN_AFTER);
    try {
      for (let piece = await stream.next(); !piece.done; piece = await stream.next()) this.#add(piece.text);
      if (signal.aborted && this.#text.trim() !== '') this.#addNote();
    } catch (error) {
      if (this.#text.trim() === '') throw error;
      report(error);
      this.#addNote();
    } finally {
      this.#isStreaming = false;
      signal.removeEventListener('abort', close);
      if (timer !== undefined) this.#clock.clearTimeout(timer);
    }
    if (this.#growing) return this.#ended();
    return this.#hasBegun ? this.#text.replace(BLANK_LINES, '') : this.#text;
  }

  /**
   * @param {string} text
   * @param {Judge} judge
   * @returns {[first: string, rest: string]}
   */
  #fitting(text, judge) {
    const { first, rest } = judge(text);
    if (typeof first === 'string' && typeof rest === 'string') return this.prompted(first, rest);
    const prompt = this.#carrier?.prompt;
    if (!prompt) return [text, ''];
    const whole = `${text}\n${prompt.rest}`;
    return judge(whole).objection ? this.prompted(text, '') : [whole, ''];
  }

  /** What waits for this push. @param {ReturnType<typeof import('./answers.js').openAnswers>} carriers */
  #keptBy(carriers) {
    this.#window = new AbortController();
    return carriers.takeUp(this.#push, this.#window.signal);
  }

  /**
   * The answer of the handler, while its user is shown that somebody is at work.
   * @param {() => unknown} handler
   * @param {(error: unknown) => void} report
   */
  async #madeBy(handler, report) {
    const show = () => this.#carriers?.tell('working', this.#push);
    const timer = this.#clock.setTimeout(show, SHOW_WORK_AFTER);
    try {
      return await this.#whole(await handler(), report);
    } finally {
      this.#clock.clearTimeout(timer);
    }
  }

  /**
   * @param {unknown} value
   * @param {(error: unknown) => void} report
   */
  #whole(value, report) {
    const stream = openStream(value);
    if (stream) return this.read(stream, report);
    return this.#open ? this.#wholeOfBot(value, report) : value;
  }

  /**
   * The same where a reply may hold a stream, or what was being made is shown already.
   * @param {any} value
   * @param {(error: unknown) => void} report
   */
  async #wholeOfBot(value, report) {
    const { content = value, beside } = partsOf(value) ?? {};
    this.#beside = beside;
    const stream = openStream(content);
    if (stream) {
      const text = await this.read(stream, report);
      return this.#growing ? text : streamReply(this.#push.message.msgid, text, true, beside);
    }
    if (!this.isShown) return value;
    const isText = typeof content === 'string';
    if (isText && content !== 'success') this.#add(content);
    const left = await this.#ended();
    return isText ? left : value;
  }

  /** @param {string} text */
  #add(text) {
    this.#text += text;
    if (!this.isShown) return;
    if (Buffer.byteLength(this.#text) > BOT_TEXT_BYTES) this.#endShown('too_long');
    else this.#growing?.grow(this.#text);
  }

  /** Something went wrong after some of the text had come. */
  #addNote() {
    this.#add(withNote(this.#text, NOTES.failed[this.#lang]).slice(this.#text.length));
  }

  /**
   * @param {Growing['open']} open
   * @param {Judge} judge
   */
  #firstShown(open, judge) {
    const { identity, message, context, arrived } = this.#push;
    const { msgid: id } = /** @type {any} */ (message);
    const text = this.#text;
    const beside = this.#beside;
    if (this.#growing || judge(streamReply(id, text, false, beside)).objection) return undefined;
    const onEnd = (/** @type {string | undefined} */ shown) =>
      shown === undefined ? this.#endShown('late') : this.#lost(shown);
    const growing = open({ identity, id, user: context.user ?? '', text, beside, arrived, onEnd });
    if (!growing) return undefined;
    this.#growing = growing;
    const unsent = () => {
      growing.drop();
      this.#growing = this.#open = undefined;
      return true;
    };
    return { value: growing.reply, ready: growing.ready, unsent };
  }

  /** All of it is there. Gives what cannot be shown. */
  async #ended() {
    // Another process may have ended it, so that more is left.
    await this.#cut.recorded;
    if (!this.isShown) return this.#text;
    await this.#growing?.finish(this.#text, this.#beside);
    if (!this.reason) this.#text = '';
    return this.#text;
  }

  #endFailed() {
    const { feedback } = this.#beside ?? {};
    const { shown } = endedWith(this.#text, NOTES.failed[this.#lang]);
    this.#growing?.finish(shown, { feedback });
  }

  /** What there is ends here, and what follows goes another way. @param {'late' | 'too_long'} reason */
  #endShown(reason) {
    const { shown, first, rest } = endedWith(this.#text, this.#noteOf(reason));
    this.#cut = { text: first, recorded: this.#growing?.finish(shown, this.#beside) };
    this.#leftOver(rest, reason);
  }

  /** @param {'late' | 'too_long'} reason */
  #noteOf(reason) {
    const prompt = this.#carrier?.prompt;
    if (prompt) return this.#text.trim() === '' ? prompt.soon : prompt.rest;
    return NOTES[this.#carrier ? 'more' : reason][this.#lang];
  }

  /** Another process thought that this one was dead. @param {string} shown */
  #lost(shown) {
    this.#leftOver((this.#cut.text + this.#text).slice(shown.length), 'late');
  }

  /**
   * @param {string} text
   * @param {'late' | 'too_long'} reason
   */
  #leftOver(text, reason) {
    this.#text = text;
    this.reason = reason;
    this.#push.endShown();
  }
}

module.exports = { Answering };
