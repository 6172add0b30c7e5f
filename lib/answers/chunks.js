'use strict';

const { isAnyArrayBuffer, isNativeError, isPromise } = require('node:util/types');
const { modelFailed, streamCut, unknownChunk } = require('../errors.js');

/**
 * The chunks of one client. What none of these functions knows is passed over: reasoning, tools, sources, and what is
 * yet to be invented.
 * @typedef {object} Family
 * @property {(chunk: any) => boolean} knows whether a stream that begins with this chunk is one of these
 * @property {(chunk: any) => unknown} failure why the model has failed, if it has
 * @property {(chunk: any) => boolean} pauses whether the model does something else before it writes on
 * @property {(chunk: any) => unknown} text what it has written, if anything
 * @property {(chunk: any) => boolean} finishes whether it has finished
 */

/** OpenAI, also its older completions: https://platform.openai.com/docs/api-reference/chat-streaming @type {Family} */
const chatCompletions = {
  knows: ({ choices }) => Array.isArray(choices),
  failure: ({ error }) => error,
  pauses: () => false,
  text: (chunk) => {
    const { delta, text } = firstChoice(chunk);
    return delta?.content ?? delta?.refusal ?? text;
  },
  // Not every server that speaks this language gives a reason, but then it says what was used.
  finishes: (chunk) => Boolean(firstChoice(chunk).finish_reason || chunk.usage),
};

/** OpenAI: https://platform.openai.com/docs/api-reference/responses-streaming @type {Family} */
const responses = {
  knows: (chunk) => typeOf(chunk).startsWith('response.'),
  failure: ({ type, response }) => type === 'response.failed' && (response?.error ?? NO_REASON),
  pauses: ({ type }) => type === 'response.output_item.added',
  text: ({ type, delta }) => /^response\.(?:output_text|refusal)\.delta$/.test(type) && delta,
  finishes: ({ type }) => type === 'response.completed' || type === 'response.incomplete',
};

/** Anthropic: https://docs.anthropic.com/en/api/messages-streaming @type {Family} */
const messages = {
  knows: (chunk) => /^(?:message|content_block)_/.test(typeOf(chunk)),
  failure: () => undefined,
  pauses: ({ content_block: block }) => block?.type !== undefined && !/text|thinking/.test(block.type),
  text: ({ content_block: block, delta }) => {
    if (block?.type === 'text') return block.text;
    return delta?.type === 'text_delta' && delta.text;
  },
  finishes: ({ type }) => type === 'message_stop',
};

/** AI SDK from version 4, also `toUIMessageStream()`: https://ai-sdk.dev/docs/reference/ai-sdk-core/stream-text @type {Family} */
const aiSdk = {
  knows: (chunk) =>
    /^(?:(?:stream-)?start|(?:text|reasoning)-\w+|start-step|step-start|raw|abort)$/.test(typeOf(chunk)),
  failure: ({ type, reason }) => type === 'abort' && (reason ?? 'it was aborted'),
  pauses: (chunk) => /^(?:start-step$|tool-)/.test(typeOf(chunk)),
  // A part of text in which there is none is no part of theirs.
  text: (chunk) => chunk.type === 'text-delta' && (chunk.text ?? chunk.delta ?? chunk.textDelta ?? chunk),
  finishes: ({ type }) => type === 'finish',
};

const families = [chatCompletions, responses, messages, aiSdk];
const NO_REASON = 'it gave no reason';

/** Reads the text out of what a stream yields, one chunk after another. */
class ChunkReader {
  /** Told by the first chunk; of strings there is none. @type {Family | undefined} */
  #family;
  #isFinished = false;
  #last = '';
  #hasPaused = false;

  /**
   * The text of a chunk; empty when there is none in it. Throws what the model failed with, and `ERR_WECHAT_PUSH_STREAM`
   * of what is no chunk.
   * @param {any} chunk
   * @returns {string}
   */
  textOf(chunk) {
    if (typeof chunk === 'string') return chunk;
    if (typeof chunk !== 'object' || chunk === null) throw unknownChunk(nameOf(chunk));
    if (chunk.type === 'error') throw failure(chunk.error ?? chunk.errorText ?? chunk);
    const family = (this.#family ??= families.find(({ knows }) => knows(chunk)));
    if (!family) throw unknownChunk(nameOf(chunk));
    return this.#textOf(chunk, family);
  }

  /** The source has ended by itself. Throws when the model had not finished. */
  end() {
    if (this.#family && !this.#isFinished) throw streamCut();
  }

  /**
   * @param {any} chunk
   * @param {Family} family
   */
  #textOf(chunk, family) {
    const reason = family.failure(chunk);
    if (reason) throw failure(reason);
    if (family.finishes(chunk)) this.#isFinished = true;
    if (family.pauses(chunk)) this.#hasPaused = true;
    const text = family.text(chunk) || '';
    if (typeof text !== 'string') throw unknownChunk(nameOf(chunk));
    return text === '' ? '' : this.#afterPause(text);
  }

  /** What a model writes before and after it has used a tool are two paragraphs. @param {string} text */
  #afterPause(text) {
    const gap = this.#hasPaused && /\S$/.test(this.#last) && /^\S/.test(text) ? '\n\n' : '';
    this.#hasPaused = false;
    this.#last = text.slice(-1);
    return gap + text;
  }
}

/** Of several answers to one question. @param {any} chunk */
function firstChoice({ choices }) {
  const first = Array.isArray(choices) && choices.find((choice) => (choice?.index ?? 0) === 0);
  return first || {};
}

/** @param {any} chunk */
function typeOf({ type }) {
  return typeof type === 'string' ? type : '';
}

/** @param {any} reason an error, or what a server says in its place */
function failure(reason) {
  if (isNativeError(reason) || reason instanceof Error) return reason;
  if (typeof reason !== 'object') return modelFailed(String(reason), reason);
  const words = [reason.type ?? reason.code, reason.message].filter((word) => typeof word === 'string');
  return modelFailed(words.join(': ') || NO_REASON, reason);
}

/** What a value is, without what is in it. @param {any} value */
function nameOf(value) {
  if (value === null || typeof value !== 'object') return value === null ? 'null' : `a ${typeof value}`;
  if (ArrayBuffer.isView(value) || isAnyArrayBuffer(value)) return 'bytes';
  if (isPromise(value)) return 'a promise';
  if (Array.isArray(value)) return 'an array';
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind !== 'Object') return `a ${kind}`;
  if (typeof value.type === 'string') return `an object of the type '${value.type.slice(0, 50)}'`;
  return `an object with ${Object.keys(value).join(', ').slice(0, 100)}`;
}

module.exports = { ChunkReader };
