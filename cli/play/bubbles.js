'use strict';

// What stands in a chat, whether it came as a push, as a passive reply or as a customer-service message, which spell the
// same fields in three ways.

/**
 * @typedef {object} Bubble
 * @property {string} kind `text`, `image`, …; `event`; `notice`, which WeChat itself says; `other`, with its JSON as text
 * @property {string} [text]
 * @property {string} [title]
 * @property {string} [about]
 * @property {string} [url] where it leads
 * @property {string} [media] its MediaId
 * @property {string} [picture] the URL of a picture
 * @property {string} [place] of a location, its coordinates
 * @property {Bubble[]} [items] of news; of a menu, each with its `id`
 * @property {string} [id]
 * @property {boolean} [isGrowing] whether more of a text is to come
 */

/** What has a look of its own; anything else is shown as its JSON. */
const KINDS = new Set(
  'text image voice video shortvideo music news location link miniprogrampage file msgmenu textcard markdown event'.split(
    ' ',
  ),
);

/** Handed to a person; the user sees nothing of it. */
const TRANSFER = 'transfer_customer_service';

/** What a user sends. @param {any} message @returns {Bubble} */
function bubbleOfMessage(message) {
  if (message.msgtype !== undefined) return bubbleOfBot(message);
  const kind = message.MsgType ?? (message.InfoType === undefined ? 'event' : 'info');
  if (kind === 'info') return { kind, title: stringOf(message.InfoType) };
  if (kind !== 'event') return bubble(kind, message);
  return { kind, title: stringOf(message.Event), text: stringOf(message.EventKey) };
}

/** A passive reply. @param {any} reply opened @returns {Bubble} */
function bubbleOfReply(reply) {
  if (reply.msgtype !== undefined) return bubbleOfBot(reply);
  const kind = stringOf(reply.MsgType) ?? '';
  if (kind === TRANSFER) return { kind: 'transfer', text: stringOf(reply.TransInfo?.KfAccount) };
  if (kind === 'news')
    return { kind, items: listOf(reply.Articles?.item).map((one) => bubble('article', one)) };
  const part = reply[kind[0]?.toUpperCase() + kind.slice(1)];
  return bubble(kind, typeof part === 'object' && part !== null ? part : reply);
}

/** What a user of a bot sends, or the bot answers. @param {any} message @returns {Bubble} */
function bubbleOfBot(message) {
  const { msgtype: kind } = message;
  const { stream, event } = message;
  if (kind === 'event') return { kind, title: stringOf(event?.eventtype) };
  if (kind === 'mixed') return { kind, items: listOf(message.mixed?.msg_item).map(bubbleOfBot) };
  if (stream?.content === undefined) return bubble(kind, message[kind] ?? {});
  return { kind: 'text', text: stringOf(stream.content), isGrowing: stream.finish !== true };
}

/** A message of the customer-service interface. @param {import('../../testing').SentMessage} sent @returns {Bubble} */
function bubbleOfSent({ kind, content, text }) {
  if (kind === 'news') return { kind, items: listOf(content.articles).map((one) => bubble('article', one)) };
  if (kind === 'msgmenu') {
    const items = listOf(content.list).map(({ id, content: label }) => ({
      kind: 'text',
      id: stringOf(id),
      text: stringOf(label),
    }));
    return { kind, title: stringOf(content.head_content), items, about: stringOf(content.tail_content) };
  }
  return { ...bubble(kind, content), ...(text !== undefined && { text }) };
}

/**
 * @param {string} kind
 * @param {any} fields in any spelling
 * @returns {Bubble}
 */
function bubble(kind, fields) {
  if (!KINDS.has(kind) && kind !== 'article')
    return { kind: 'other', title: kind, text: JSON.stringify(fields, null, 2) };
  const entries = Object.entries(fields).map(([name, value]) => [
    name.toLowerCase().replaceAll('_', ''),
    value,
  ]);
  const known = Object.fromEntries(entries);
  const found = {
    kind,
    text: known.content ?? known.recognition,
    title: known.title ?? known.label,
    about: known.description,
    url: known.url ?? known.musicurl ?? known.pagepath,
    media: known.mediaid ?? known.filekey,
    picture: known.picurl ?? known.thumburl,
    place: known.locationx === undefined ? undefined : `${known.locationx}, ${known.locationy}`,
  };
  const texts = Object.entries(found).map(([name, value]) => [name, stringOf(value)]);
  return /** @type {any} */ (Object.fromEntries(texts.filter(([, value]) => value !== undefined)));
}

/** @param {any} value */
function stringOf(value) {
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** @param {any} value @returns {any[]} */
function listOf(value) {
  return [value].flat().filter((one) => typeof one === 'object' && one !== null);
}

/**
 * A bubble without what is secret; nothing for nothing.
 * @param {Bubble | undefined} given
 * @param {<T>(value: T) => T} conceal
 * @returns {Bubble | null}
 */
function concealed(given, conceal) {
  if (given === undefined) return null;
  const { kind, items, isGrowing, ...texts } = given;
  // Not the names: a Token may be such a word.
  const shown = Object.entries(texts).map(([name, text]) => [name, conceal(text)]);
  const inner = items && { items: items.map((one) => concealed(one, conceal)) };
  return { kind, isGrowing, ...Object.fromEntries(shown), ...inner };
}

module.exports = { concealed, bubbleOfMessage, bubbleOfReply, bubbleOfSent };
