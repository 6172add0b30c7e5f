'use strict';

/** The longest text. */
const TEXT_BYTES = 2048;

/** What an account of either kind can send. */
const KINDS = new Set(
  'text image voice video music news mpnews mpnewsarticle link miniprogrampage msgmenu wxcard'.split(' '),
);
const WECOM_KINDS = new Set(
  'text image voice video file textcard news mpnews markdown miniprogram_notice template_card'.split(' '),
);

/** What is wrong with a customer-service message, but for its addressee. @param {any} body */
function flawOf(body) {
  const { touser, msgtype } = body;
  const content = body[msgtype];
  if (typeof touser !== 'string' || touser === '') return { errcode: 40003, errmsg: 'invalid openid' };
  if (!KINDS.has(msgtype)) return { errcode: 40008, errmsg: 'invalid message type' };
  if (typeof content !== 'object' || content === null) return { errcode: 44004, errmsg: 'empty content' };
  if (msgtype === 'text') return textFlaw(content.content);
  const { articles } = content;
  if (msgtype === 'news' && articles?.length !== 1)
    return { errcode: 45008, errmsg: 'article size out of limit' };
  return undefined;
}

/** @param {unknown} text */
function textFlaw(text) {
  if (typeof text !== 'string' || text === '') return { errcode: 44004, errmsg: 'empty content' };
  return Buffer.byteLength(text) > TEXT_BYTES
    ? { errcode: 45002, errmsg: 'content size out of limit' }
    : undefined;
}

/** The same of a message of a WeCom application, which cuts a text. @param {any} body */
function appFlawOf(body) {
  const { touser, msgtype, agentid } = body;
  const content = body[msgtype];
  if (!Number.isInteger(agentid)) return { errcode: 40056, errmsg: 'invalid agentid' };
  if (typeof touser !== 'string' || touser === '')
    return { errcode: 81013, errmsg: 'user & party & tag all invalid' };
  if (!WECOM_KINDS.has(msgtype)) return { errcode: 40008, errmsg: 'invalid message type' };
  return typeof content === 'object' && content !== null
    ? undefined
    : { errcode: 44004, errmsg: 'empty content' };
}

/**
 * A message as its user sees it.
 * @param {string} account
 * @param {string} user
 * @param {any} body
 * @returns {import('../../testing').SentMessage}
 */
function seen(account, user, body) {
  const { msgtype: kind } = body;
  const content = body[kind];
  const text = kind === 'text' ? { text: cut(content.content) } : {};
  return { account, user, kind, ...text, content };
}

/** @param {string} text */
function cut(text) {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(TEXT_BYTES));
  return text.slice(0, read);
}

module.exports = { appFlawOf, flawOf, seen };
