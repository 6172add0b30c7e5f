'use strict';

// What a reply is as a customer-service message (客服消息).
// https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage.html
// https://developers.weixin.qq.com/miniprogram/dev/server/API/kf-mgnt/kf-message/api_sendcustommessage.md

const OFFICIAL = ['official-account'];
const MINI = ['mini-program', 'mini-game'];
const BOTH = [...OFFICIAL, ...MINI];

/**
 * By `MsgType`: which accounts send it, and of a passive reply the part that has its fields, and what they are called
 * here. Those without `part` are no passive reply; their fields come as the API has them, under the name of the type.
 * @type {Record<string, { by: string[], part?: string, fields?: Record<string, string> }>}
 */
const CUSTOMER_MESSAGES = {
  image: { by: BOTH, part: 'Image', fields: { MediaId: 'media_id' } },
  voice: { by: OFFICIAL, part: 'Voice', fields: { MediaId: 'media_id' } },
  video: {
    by: OFFICIAL,
    part: 'Video',
    fields: {
      MediaId: 'media_id',
      ThumbMediaId: 'thumb_media_id',
      Title: 'title',
      Description: 'description',
    },
  },
  music: {
    by: OFFICIAL,
    part: 'Music',
    fields: {
      Title: 'title',
      Description: 'description',
      MusicUrl: 'musicurl',
      HQMusicUrl: 'hqmusicurl',
      ThumbMediaId: 'thumb_media_id',
    },
  },
  link: {
    by: MINI,
    part: 'Link',
    fields: { Title: 'title', Description: 'description', Url: 'url', ThumbUrl: 'thumb_url' },
  },
  miniprogrampage: {
    by: BOTH,
    part: 'MiniProgramPage',
    fields: { Title: 'title', AppId: 'appid', PagePath: 'pagepath', ThumbMediaId: 'thumb_media_id' },
  },
  msgmenu: { by: OFFICIAL },
  mpnews: { by: OFFICIAL },
  mpnewsarticle: { by: OFFICIAL },
  wxcard: { by: OFFICIAL },
};

/** Fields of an article: of an official account's news, and of a mini program's link. */
const ARTICLE = { Title: 'title', Description: 'description', Url: 'url', PicUrl: 'picurl' };
const ARTICLE_AS_LINK = { Title: 'title', Description: 'description', Url: 'url', PicUrl: 'thumb_url' };

/**
 * The message that a reply is, without whom it goes to; undefined where there is none for this account.
 * @param {any} reply with `MsgType`; of news with one article
 * @param {string} [platform] without it, whatever some account sends
 */
function customerMessageOf(reply, platform) {
  const { MsgType: kind } = reply;
  if (kind === 'news') return newsMessage(reply.Articles?.item?.[0], platform);
  if (!Object.hasOwn(CUSTOMER_MESSAGES, kind)) return undefined;
  const { by, part = '', fields = {} } = CUSTOMER_MESSAGES[kind];
  if (platform !== undefined && !by.includes(platform)) return undefined;
  const content = isObject(reply[part]) ? renamed(reply[part], fields) : reply[kind];
  return isObject(content) ? { msgtype: kind, [kind]: content } : undefined;
}

/** What an account can be sent, for people. @param {string} [platform] */
function customerMessageKinds(platform) {
  const kinds = Object.entries(CUSTOMER_MESSAGES)
    .filter(([, { by }]) => platform === undefined || by.includes(platform))
    .map(([kind]) => kind);
  return ['text', 'news', ...kinds];
}

/**
 * A mini program has no news; a link looks the same.
 * @param {any} article
 * @param {string} [platform]
 */
function newsMessage(article, platform) {
  if (!isObject(article)) return undefined;
  if (platform !== undefined && MINI.includes(platform)) {
    return { msgtype: 'link', link: renamed(article, ARTICLE_AS_LINK) };
  }
  return { msgtype: 'news', news: { articles: [renamed(article, ARTICLE)] } };
}

/**
 * @param {object} part
 * @param {Record<string, string>} fields
 */
function renamed(part, fields) {
  const entries = Object.entries(fields).map(([name, theirs]) => [theirs, part[name]]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

module.exports = { customerMessageKinds, customerMessageOf, isObject, renamed };
