'use strict';

// Plain objects with the official field names; the rest of a reply is filled in by the core.
// https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Passive_user_reply_message.html

/** Documented in index.d.ts. @type {import('..').ReplyBuilders} */
const reply = {
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
  transferCustomerService: (kfAccount) => ({
    MsgType: 'transfer_customer_service',
    ...(kfAccount === undefined ? {} : { TransInfo: { KfAccount: kfAccount } }),
  }),
};

module.exports = { reply };
