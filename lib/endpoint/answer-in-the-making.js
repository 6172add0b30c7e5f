'use strict';

const engine = require('../engine/index.js');

/** What a handler streams, as it comes. */
class AnswerInTheMaking {
  #text = '';
  /** How much of it has been sent. */
  #sent = 0;
  #isDone = false;

  /**
   * Reads a stream to its end, or as long as it is wanted. Gives what has not been sent by then.
   * @param {AsyncIterable<string>} stream
   * @param {object} options
   * @param {(error: unknown) => void} options.onError is told of a failure after which something is there to send
   * @param {string} options.note stands at the end of what a failure cut off
   */
  async read(stream, { onError, note }) {
    try {
      for await (const piece of stream) this.#text += piece;
    } catch (error) {
      if (this.#text.trim() === '') throw error;
      onError(error);
      this.#text += note;
    } finally {
      this.#isDone = true;
    }
    return this.#text.slice(this.#sent);
  }

  /**
   * What is there in whole sentences, which is then taken to be sent; nothing where there is none, or where the end is
   * there and goes as it is.
   * @param {number} bytes at most so many
   */
  takeWhole(bytes) {
    if (this.#isDone) return undefined;
    const [whole] = engine.wholeSentences(this.#text, bytes);
    this.#sent = whole.length;
    return whole === '' ? undefined : whole;
  }

  /** It was not sent after all. */
  takeBack() {
    this.#sent = 0;
  }
}

module.exports = { AnswerInTheMaking };
