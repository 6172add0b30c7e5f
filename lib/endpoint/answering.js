'use strict';

const { BLANK_LINES, splitGrowing, splitText } = require('../answers/split.js');
const { openStream } = require('../answers/stream.js');
const { SHOW_WORK_AFTER } = require('../deadlines.js');

/** In bytes: longer than any text of a handler. */
const WHOLE = 2 ** 31;

/**
 * What is said in answer to a push: by a carrier that has kept an answer for it, else by the handler, at once or in a
 * stream.
 * @typedef {import('../delivery/carriers.js').Sender} Sender
 */
class Answering {
  #push;
  #carriers;
  #clock;
  /** What a stream has given so far and nobody got. */
  #text = '';
  #isStreaming = false;
  /** Whether a delivery has carried the beginning. */
  #hasBegun = false;
  /** Aborted when no delivery waits any more; costs as much as a push. @type {AbortController | undefined} */
  #window;
  #isKept = false;
  /** Done when the carriers know that more will come, where a delivery has said so. @type {Promise<unknown> | undefined} */
  #promised;

  /**
   * @param {Sender} push
   * @param {ReturnType<typeof import('./answers.js').openAnswers> | undefined} carriers
   * @param {typeof import('../clock.js').systemClock} clock
   */
  constructor(push, carriers, clock) {
    this.#push = push;
    this.#carriers = carriers;
    this.#clock = clock;
  }

  /**
   * The answer; of a stream, what has not been sent by its end.
   * @param {() => unknown} handler
   * @param {(error?: unknown) => string} cutOff is told of a failure after which there is something to send, and gives
   *   what to say at the end of what is not whole
   */
  async value(handler, cutOff) {
    // As long as a carrier is asked, it is the one that has promised an answer.
    this.#isKept = this.#carriers !== undefined;
    const kept = this.#carriers && (await this.#keptBy(this.#carriers));
    this.#isKept = kept !== undefined;
    return this.#isKept ? this.#whole(kept, cutOff) : this.#shown(handler, cutOff);
  }

  /**
   * What there is to say when the last delivery has to be answered: finished sentences of a stream, and how to get
   * the rest. Gives nothing where nothing can be said; `ready` is done when the carriers know of it.
   * @param {Judge} judge
   * @returns {{ text: string, ready: Promise<unknown> | undefined } | undefined}
   *
   * @typedef {(text: string) => import('../receiver.js').Judged} Judge
   */
  firstPart(judge) {
    this.#window?.abort();
    const [finished, unfinished] = this.#isStreaming ? splitGrowing(this.#text, WHOLE) : ['', this.#text];
    const [text, left] =
      finished === '' ? [this.#carriers?.prompt?.soon, ''] : this.#fitting(finished.trimEnd(), judge);
    if (text === undefined || judge(text).objection) return undefined;
    this.#text = left + unfinished;
    this.#hasBegun = true;
    this.#promised = this.#carriers?.tell('expect', this.#push);
    return { text, ready: this.#promised };
  }

  /**
   * A text that is too long, in two parts, the first with how to get the second.
   * @param {string} first as much as can go without that
   * @param {string} rest
   * @returns {[first: string, rest: string]}
   */
  prompted(first, rest) {
    const prompt = this.#carriers?.prompt;
    if (!prompt) return [first, rest];
    const [shorter, more] = splitText(
      first,
      Buffer.byteLength(first) - Buffer.byteLength(`\n${prompt.rest}`),
    );
    return [`${shorter}\n${prompt.rest}`, `${more}${rest}`];
  }

  /**
   * @param {string} text
   * @param {Judge} judge
   * @returns {[first: string, rest: string]}
   */
  #fitting(text, judge) {
    const { first, rest } = judge(text);
    if (typeof first === 'string' && typeof rest === 'string') return this.prompted(first, rest);
    const prompt = this.#carriers?.prompt;
    if (!prompt) return [text, ''];
    const whole = `${text}\n${prompt.rest}`;
    return judge(whole).objection ? this.prompted(text, '') : [whole, ''];
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
    if (!this.#isKept) this.#carriers?.tell('failed', this.#push);
  }

  /** What waits for this push. @param {ReturnType<typeof import('./answers.js').openAnswers>} carriers */
  #keptBy(carriers) {
    this.#window = new AbortController();
    return carriers.takeUp(this.#push, this.#window.signal);
  }

  /**
   * The answer of the handler, while its user is shown that somebody is at work.
   * @param {() => unknown} handler
   * @param {(error?: unknown) => string} cutOff
   */
  async #shown(handler, cutOff) {
    const show = () => this.#carriers?.tell('working', this.#push);
    const timer = this.#clock.setTimeout(show, SHOW_WORK_AFTER);
    try {
      return await this.#whole(await handler(), cutOff);
    } finally {
      this.#clock.clearTimeout(timer);
    }
  }

  /**
   * @param {unknown} value
   * @param {(error?: unknown) => string} cutOff
   */
  #whole(value, cutOff) {
    const stream = openStream(value);
    return stream ? this.read(stream, cutOff) : value;
  }

  /**
   * Reads a stream to its end, or for as long as anybody wants it.
   * @param {NonNullable<ReturnType<typeof openStream>>} stream
   * @param {(error?: unknown) => string} cutOff
   */
  async read(stream, cutOff) {
    const { signal } = this.#push.context;
    const close = () => stream.close();
    this.#isStreaming = true;
    signal.addEventListener('abort', close);
    if (signal.aborted) close();
    try {
      for (let piece = await stream.next(); !piece.done; piece = await stream.next())
        this.#text += piece.text;
      if (signal.aborted && this.#text.trim() !== '') this.#text += `\n${cutOff()}`;
    } catch (error) {
      if (this.#text.trim() === '') throw error;
      this.#text += `\n${cutOff(error)}`;
    } finally {
      this.#isStreaming = false;
      signal.removeEventListener('abort', close);
    }
    return this.#hasBegun ? this.#text.replace(BLANK_LINES, '') : this.#text;
  }
}

module.exports = { Answering };
