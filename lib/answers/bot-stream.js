'use strict';

const { withNote } = require('./notes.js');
const { splitText } = require('./split.js');

// A text that grows while a user of a WeCom bot reads it: https://developer.work.weixin.qq.com/document/path/101031

/** The most bytes of UTF-8 of a text of a bot, in answer to a push or by its `response_url`. */
const BOT_TEXT_BYTES = 20_480;

/**
 * What a stream is shown with: a card and images at its end, and the id by which users' judgement of it comes back.
 * @typedef {{ card?: object, images?: object[], feedback?: object }} Beside
 */

/**
 * The whole of a stream so far, as a reply.
 * @param {string} id
 * @param {string} content
 * @param {boolean} isFinished
 * @param {Beside} [beside]
 */
function streamReply(id, content, isFinished, { card, images, feedback } = {}) {
  const stream = { id, finish: isFinished, content, feedback };
  if (!isFinished) return { msgtype: 'stream', stream };
  const whole = { ...stream, msg_item: images };
  if (!card) return { msgtype: 'stream', stream: whole };
  return { msgtype: 'stream_with_template_card', stream: whole, template_card: card };
}

/**
 * A text that ends before it is whole: as much of it as can be shown with a note below it.
 * @param {string} text
 * @param {string} note
 * @returns {{ shown: string, first: string, rest: string }} `shown` is `first` with the note
 */
function endedWith(text, note) {
  const [first, rest] = splitText(text, BOT_TEXT_BYTES - Buffer.byteLength(withNote('<think>', note)));
  return { shown: withNote(first, note), first, rest };
}

/**
 * What a handler's reply consists of, also one of WeChat's form; undefined where it is no text, no stream and no card.
 * @param {any} value
 * @returns {{ content: unknown, beside: Beside } | undefined} `content` is a text, or is to be a stream of it
 */
function partsOf(value) {
  try {
    const { MsgType, Content, msgtype, stream, template_card: card } = value;
    if (MsgType === 'text' && typeof Content === 'string') return { content: Content, beside: {} };
    if (msgtype === 'template_card') return { content: '', beside: { card } };
    if (!/^stream(?:_with_template_card)?$/.test(msgtype)) return undefined;
    const { content = '', msg_item: images, feedback } = stream;
    return { content, beside: { card, images, feedback } };
  } catch {
    // A getter or a proxy may throw; whoever judges the reply says so.
    return undefined;
  }
}

module.exports = { BOT_TEXT_BYTES, endedWith, partsOf, streamReply };
