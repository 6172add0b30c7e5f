'use strict';

// What bots of `wechat` and `co-wechat` reply with, as replies of ours.

const { isUint8Array } = require('node:util/types');
const { reply } = require('../reply.js');

/** Replies that say their `type`. @type {Record<string, (given: any) => unknown>} */
const OF_TYPE = {
  text: ({ content }) => reply.text(content),
  image: ({ content }) => reply.image(content?.mediaId),
  voice: ({ content }) => reply.voice(content?.mediaId),
  video: ({ content }) => reply.video(content ?? {}),
  music: ({ content }) => music(content ?? {}),
  news: ({ content }) => news(content),
  hardware: ({ HardWare }) => ({ MsgType: 'hardware', HardWare, FuncFlag: 0 }),
  customerService: ({ kfAccount }) => transfer(kfAccount),
  transfer_customer_service: ({ content }) => transfer(content?.kfAccount),
};

/**
 * The reply that a content stands for; undefined for none. What cannot be read is left to who judges replies.
 * @param {any} content
 * @param {any} message that it answers
 */
function replyOf(content, message) {
  try {
    return readReply(content, message);
  } catch {
    return content;
  }
}

/**
 * @param {any} content
 * @param {any} message
 */
function readReply(content, message) {
  if (isOfDevice(message)) return deviceReply(content, message);
  if (!content) return undefined;
  if (Array.isArray(content)) return news(content);
  if (typeof content === 'function') return content;
  return typeof content === 'object' ? objectReply(content) : reply.text(String(content));
}

/** @param {any} content */
function objectReply(content) {
  const { type } = content;
  if (typeof type === 'string') {
    return Object.hasOwn(OF_TYPE, type) ? OF_TYPE[type](content) : { ...content, MsgType: type };
  }
  return 'MsgType' in content || !isPlain(content) ? content : music(content);
}

/** To customer service, to the account named or to whoever is free. @param {unknown} kfAccount */
function transfer(kfAccount) {
  return reply.transferCustomerService(typeof kfAccount === 'string' ? kfAccount : undefined);
}

/** @param {any} given */
function news(given) {
  if (!Array.isArray(given)) return reply.news([]);
  const articles = given.map((one) => {
    const { title, description, picUrl, picurl, pic, thumb_url: thumbUrl, url } = one ?? {};
    return { title, description, picUrl: picUrl || picurl || pic || thumbUrl, url };
  });
  return reply.news(articles);
}

/** @param {any} given */
function music({ title, description, musicUrl, url, hqMusicUrl, hqUrl, thumbMediaId, mediaId }) {
  return reply.music({
    title,
    description,
    musicUrl: musicUrl || url,
    hqMusicUrl: hqMusicUrl || hqUrl,
    thumbMediaId: thumbMediaId || mediaId,
  });
}

/** @param {any} message */
function isOfDevice({ MsgType }) {
  return MsgType === 'device_text' || MsgType === 'device_event';
}

/**
 * https://iot.weixin.qq.com/wiki/document-2_10.html
 * @param {any} content
 * @param {any} message
 */
function deviceReply(content, { MsgType, Event, DeviceType, DeviceID, SessionID }) {
  if (Event === 'subscribe_status' || Event === 'unsubscribe_status') {
    const isSaid = content !== undefined && content !== null && content !== '';
    const DeviceStatus = Number(content) ? 1 : 0;
    return isSaid ? { MsgType: 'device_status', DeviceType, DeviceID, DeviceStatus } : undefined;
  }
  if (!content) return undefined;
  const bytes = isUint8Array(content) ? content : Buffer.from(String(content));
  const Content = Buffer.from(bytes).toString('base64');
  return { MsgType, DeviceType, DeviceID, Content, Event, SessionID: Number(SessionID) || 0 };
}

/** Whether it is an object as it is written in a handler. @param {object} content */
function isPlain(content) {
  const prototype = Object.getPrototypeOf(content);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

module.exports = { replyOf, transfer };
