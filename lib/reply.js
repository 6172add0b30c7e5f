'use strict';

const { reading, wrongReply } = require('./errors.js');

// Plain objects with the official field names; the rest of a reply is filled in by the core.
// https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Passive_user_reply_message.html
// https://developer.work.weixin.qq.com/document/path/90241
// https://developer.work.weixin.qq.com/document/path/101031

/** @type {import('..').ReplyBuilders} */
const builders = {
  text: (content) => ({ MsgType: 'text', Content: content }),
  image: (mediaId) => ({ MsgType: 'image', Image: { MediaId: mediaId } }),
  voice: (mediaId) => ({ MsgType: 'voice', Voice: { MediaId: mediaId } }),
  video: ({ mediaId, title, description }) => ({
    MsgType: 'video',
    Video: { MediaId: mediaId, Title: title, Description: description },
  }),
  music: ({ title, description, musicUrl, hqMusicUrl, thumbMediaId }) => ({
    MsgType: 'music',
    Music: {
      Title: title,
      Description: description,
      MusicUrl: musicUrl,
      HQMusicUrl: hqMusicUrl,
      ThumbMediaId: thumbMediaId,
    },
  }),
  news: (articles) => ({
    MsgType: 'news',
    ArticleCount: articles.length,
    Articles: {
      item: articles.map(({ title, description, picUrl, url }) => ({
        Title: title,
        Description: description,
        PicUrl: picUrl,
        Url: url,
      })),
    },
  }),
  updateButton: (replaceName) => ({ MsgType: 'update_button', Button: { ReplaceName: replaceName } }),
  updateTaskCard: (replaceName) => ({ MsgType: 'update_taskcard', TaskCard: { ReplaceName: replaceName } }),
  updateTemplateCard: (card) => ({ MsgType: 'update_template_card', TemplateCard: card }),
  transferCustomerService: (kfAccount) => ({
    MsgType: 'transfer_customer_service',
    ...(kfAccount === undefined ? {} : { TransInfo: { KfAccount: kfAccount } }),
  }),
  stream: (content, { card, images, feedback } = {}) => ({
    msgtype: card === undefined ? 'stream' : 'stream_with_template_card',
    stream: {
      finish: true,
      content,
      msg_item: images && [...images].map(imageOf),
      ...feedbackOf(feedback),
    },
    ...(card === undefined ? {} : { template_card: card }),
  }),
  card: (card, { feedback } = {}) => ({
    msgtype: 'template_card',
    template_card: { ...card, ...feedbackOf(feedback) },
  }),
  updateCard: (card, { userIds, feedback } = {}) => ({
    response_type: 'update_template_card',
    userids: userIds,
    template_card: { ...card, ...feedbackOf(feedback) },
  }),
};

/** @param {string} [id] by which what users think of it comes back */
function feedbackOf(id) {
  return id === undefined ? {} : { feedback: { id } };
}

/** https://developer.work.weixin.qq.com/document/path/101031 */
const MOST_IMAGE_MEGABYTES = 10;

/** @param {Uint8Array} bytes of a JPG or PNG */
function imageOf(bytes) {
  if (bytes.byteLength > MOST_IMAGE_MEGABYTES << 20)
    throw wrongReply(
      `an image of reply.stream() has ${bytes.byteLength} bytes, and WeCom takes ${MOST_IMAGE_MEGABYTES} MB; make it smaller, or link to it`,
    );
  const image = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Not at the top, as it takes milliseconds to load.
  const { createHash } = require('node:crypto');
  const md5 = createHash('md5').update(image).digest('hex');
  return { msgtype: /** @type {const} */ ('image'), image: { base64: image.toString('base64'), md5 } };
}

/** Documented in index.d.ts. @type {any} */
const reply = Object.fromEntries(Object.entries(builders).map(([name, build]) => [name, safe(name, build)]));

/**
 * @param {string} name
 * @param {Function} build
 */
function safe(name, build) {
  const wrong = () => wrongReply(`reply.${name}() cannot read what it was given`);
  return (/** @type {unknown[]} */ ...given) => reading(() => build(...given), wrong);
}

module.exports = { reply };
