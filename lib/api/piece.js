'use strict';

const { splitText } = require('../answers/split.js');

/**
 * One message of an answer, and what is left of the answer after it.
 * @typedef {{ message: object, rest: string | object | undefined }} Piece
 */

/** More is refused by WeChat (45002), and cut by WeCom. */
const TEXT_BYTES = 2048;

/**
 * The first message of an answer; undefined where it is none.
 * @param {any} value a text, or a reply with `MsgType`
 * @param {(reply: any) => object | undefined} messageOf of any reply but a text
 * @param {{ ending?: string, articles?: number }} [how] `ending` stands under the text when not all of it is in the
 *   message; `articles` is how many go into one
 * @returns {Piece | undefined}
 */
function firstPiece(value, messageOf, { ending, articles } = {}) {
  const text = textOf(value);
  if (text !== undefined) return textPiece(value, text, ending);
  if (typeof value !== 'object' || value === null) return undefined;
  const [first, rest] = value.MsgType === 'news' ? apart(value, articles) : [value, undefined];
  const message = messageOf(first);
  if (!message) return undefined;
  return rest && ending ? { message: textMessage(ending), rest: value } : { message, rest };
}

/** @param {any} value */
function textOf(value) {
  if (typeof value === 'string') return value;
  return value?.MsgType === 'text' && typeof value.Content === 'string' ? value.Content : undefined;
}

/**
 * @param {any} value
 * @param {string} text
 * @param {string} [ending]
 * @returns {Piece}
 */
function textPiece(value, text, ending) {
  const [part, rest] = partOf(text, TEXT_BYTES);
  if (rest === '') return { message: textMessage(part), rest: undefined };
  if (!ending) return { message: textMessage(part), rest: withText(value, rest) };
  const below = `\n\n${ending}`;
  const [shorter, more] = partOf(text, TEXT_BYTES - Buffer.byteLength(below));
  return { message: textMessage(shorter + below), rest: withText(value, more) };
}

/**
 * The first part that is not blank, as blank texts are refused.
 * @param {string} text
 * @param {number} bytes
 */
function partOf(text, bytes) {
  let [part, rest] = splitText(text, bytes);
  while (part.trim() === '' && rest !== '') [part, rest] = splitText(rest, bytes);
  return [part, rest.trim() === '' ? '' : rest];
}

/** @param {string} content */
function textMessage(content) {
  return { msgtype: 'text', text: { content } };
}

/** @param {any} value @param {string} text */
function withText(value, text) {
  return typeof value === 'string' ? text : { ...value, Content: text };
}

/**
 * News as the articles that go into one message, and those that are left.
 * @param {any} news
 * @param {number} [most]
 */
function apart(news, most = 1) {
  const item = news.Articles?.item;
  if (!Array.isArray(item) || item.length <= most) return [news, undefined];
  const of = (/** @type {any[]} */ some) => ({
    ...news,
    ArticleCount: some.length,
    Articles: { item: some },
  });
  return [of(item.slice(0, most)), of(item.slice(most))];
}

module.exports = { firstPiece };
