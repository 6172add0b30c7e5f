'use strict';

const { isObject, renamed } = require('./customer-message.js');

// What a reply is as a message of a WeCom application. https://developer.work.weixin.qq.com/document/path/90236

/** By `MsgType`: the part of a passive reply that has its fields, and what they are called here. */
const APP_MESSAGES = {
  image: { part: 'Image', fields: { MediaId: 'media_id' } },
  voice: { part: 'Voice', fields: { MediaId: 'media_id' } },
  video: { part: 'Video', fields: { MediaId: 'media_id', Title: 'title', Description: 'description' } },
};

/** No passive replies: their fields come as the API has them, under the name of the type. */
const OWN_FIELDS = ['file', 'textcard', 'mpnews', 'markdown', 'miniprogram_notice', 'template_card'];

const ARTICLE = { Title: 'title', Description: 'description', Url: 'url', PicUrl: 'picurl' };

/**
 * The message that a reply is, without whom it goes to; undefined where there is none.
 * @param {any} reply with `MsgType`
 */
function appMessageOf(reply) {
  const { MsgType: kind } = reply;
  if (kind === 'news') return newsMessage(reply.Articles?.item);
  if (!appMessageKinds().includes(kind)) return undefined;
  const { part = '', fields = {} } = APP_MESSAGES[kind] ?? {};
  const content = isObject(reply[part]) ? renamed(reply[part], fields) : reply[kind];
  return isObject(content) ? { msgtype: kind, [kind]: content } : undefined;
}

function appMessageKinds() {
  return ['text', 'news', ...Object.keys(APP_MESSAGES), ...OWN_FIELDS];
}

/** @param {unknown} articles */
function newsMessage(articles) {
  if (!Array.isArray(articles) || articles.length === 0 || !articles.every(isObject)) return undefined;
  return { msgtype: 'news', news: { articles: articles.map((one) => renamed(one, ARTICLE)) } };
}

module.exports = { appMessageKinds, appMessageOf };
