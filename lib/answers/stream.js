'use strict';

const { streamTooLong } = require('../errors.js');

/** Loaded for the first stream, as most apps give none. */
const loaded = { chunks: () => require('./chunks.js') };

/** More than anybody reads in a chat: some hundred messages. */
const MOST_CHARACTERS = 1 << 20;
/** A source that never waits for anything must not keep everybody else waiting. */
const CHUNKS_IN_A_ROW = 256;

/**
 * The text that a model is writing, where that is what a handler returned: an async iterable or a generator of strings
 * or of the chunks that `openai`, `@anthropic-ai/sdk` and the AI SDK yield, or an object with a `fullStream` of them.
 * Never throws.
 * @param {any} value
 * @returns {TextStream | undefined} undefined when it is no stream
 */
function openStream(value) {
  try {
    // `fullStream` of the AI SDK is a getter that makes another stream each time.
    const source = isStream(value) ? value : value?.fullStream;
    return isStream(source) ? new TextStream(source) : undefined;
  } catch {
    // A getter or a proxy may throw; then it is no stream.
    return undefined;
  }
}

/** An array or a Map is none: of what is not async, generators alone. @param {any} value */
function isStream(value) {
  if (typeof value !== 'object' || value === null) return false;
  if (typeof value[Symbol.asyncIterator] === 'function') return true;
  return typeof value[Symbol.iterator] === 'function' && typeof value.next === 'function';
}

/** Reads a source piece by piece, and tells it once when nothing more is wanted. */
class TextStream {
  #source;
  /** From the first piece on. @type {any} */
  #iterator;
  #reader = new (loaded.chunks().ChunkReader)();
  #chunks = 0;
  #characters = 0;
  #isClosed = false;
  /** What `next` is still to reject with. @type {Error | undefined} */
  #failure;
  /** Ends the waiting for the source. */
  #stopWaiting = () => {};

  /** @param {any} source */
  constructor(source) {
    this.#source = source;
  }

  /**
   * The next piece of text, not empty, or that there is none: the source has ended, or {@link close} was called. Rejects
   * with what the source threw, with the error of the model, or with `ERR_WECHAT_PUSH_STREAM`, for a chunk that is none,
   * an end before the model had finished, or more than a million characters. Whichever it was, the source is closed.
   * To be called again only when it has resolved.
   * @returns {Promise<{ text: string, done: boolean }>}
   */
  async next() {
    try {
      if (this.#failure) throw this.#failure;
      while (!this.#isClosed) {
        const { done, value } = await this.#nextChunk();
        if (done) return this.#end();
        const text = this.#reader.textOf(value);
        if (text !== '') return { text: this.#withinLimit(text), done: false };
      }
      return NOTHING_MORE;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Resolves when the source has been left. @type {Promise<void> | undefined} */
  left;

  /** Calls `return()` of the source, once, unless it has ended by itself. What comes of that is not waited for. */
  close() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stopWaiting();
    this.left = leave(this.#iterator ?? this.#source);
  }

  /** @returns {Promise<{ done?: boolean, value?: unknown }>} */
  async #nextChunk() {
    this.#iterator ??= (this.#source[Symbol.asyncIterator] ?? this.#source[Symbol.iterator]).call(
      this.#source,
    );
    if (++this.#chunks % CHUNKS_IN_A_ROW === 0) await turn();
    return new Promise((resolve, reject) => {
      this.#stopWaiting = () => resolve({ done: true });
      Promise.resolve(this.#iterator.next()).then(resolve, reject);
    });
  }

  #end() {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#reader.end();
    }
    return NOTHING_MORE;
  }

  /** @param {string} text */
  #withinLimit(text) {
    const left = MOST_CHARACTERS - this.#characters;
    this.#characters += text.length;
    if (text.length <= left) return text;
    this.#failure = streamTooLong(MOST_CHARACTERS);
    this.close();
    return text.slice(0, left).replace(HALF_A_CHARACTER, '');
  }
}

const NOTHING_MORE = Object.freeze({ text: '', done: true });
const HALF_A_CHARACTER = /[\ud800-\udbff]$/;

/** @param {any} source */
async function leave(source) {
  try {
    await source.return?.();
  } catch {
    // It was to end, and it has.
  }
}

function turn() {
  return new Promise((resolve) => setImmediate(resolve));
}

module.exports = { openStream };
