'use strict';

// Messages to bots that were written for an old package, and their answers.

const { account, openReply, post, push } = require('./wechat.js');

/** The config that the README of those packages has. */
const secureConfig = {
  token: account.token,
  appid: account.appId,
  encodingAESKey: account.encodingAESKey,
};

/** Contents of replies, as those READMEs have them, and what the user gets. */
const article = {
  title: '你来我家接我吧',
  description: '这是女神与高富帅之间的对话',
  picurl: 'http://nodeapi.cloudfoundry.com/qrcode.jpg',
  url: 'http://nodeapi.cloudfoundry.com/',
};
const song = {
  title: '来段音乐吧',
  description: '一无所有',
  musicUrl: 'http://mp3.com/xx.mp3',
  hqMusicUrl: 'http://mp3.com/hq.mp3',
  thumbMediaId: 'thisThumbMediaId',
};
const songFields = {
  MsgType: 'music',
  Title: '来段音乐吧',
  Description: '一无所有',
  MusicUrl: 'http://mp3.com/xx.mp3',
  HQMusicUrl: 'http://mp3.com/hq.mp3',
  ThumbMediaId: 'thisThumbMediaId',
};

let lastId = 5837397576500011341n;

/** What a user sends: a text, or the fields of another message. */
function messageOf(given, user = 'oUser_1-2') {
  const fields = typeof given === 'string' ? { MsgType: 'text', Content: given } : given;
  return {
    ToUserName: 'gh_0123456789ab',
    FromUserName: user,
    CreateTime: Math.floor(Date.now() / 1000),
    MsgType: 'text',
    MsgId: String(++lastId),
    ...fields,
  };
}

/**
 * Sends a message and gives the answer: its status, its text (opened where it was sealed), and the fields in it.
 * @param {string} origin
 */
async function say(origin, given, { user, encrypted = false, url = '/', by = account, message } = {}) {
  const sent = message ?? messageOf(given, user);
  const { status, text } = await post(origin, push({ account: by, message: sent, encrypted, url }));
  const isSealed = encrypted && text.includes('<Encrypt>');
  const opened = isSealed ? openReply(text, by) : text;
  return { status, text: opened, isSealed, sent, ...fieldsIn(opened) };
}

/** The leaves of a reply by name; of what is there more than once, all. */
function fieldsIn(xml) {
  const found = xml.matchAll(/<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))<\/\1>/gs);
  const fields = { MsgType: undefined, KfAccount: undefined };
  for (const [, name, cdata, plain] of found) {
    const value = cdata ?? plain;
    fields[name] = fields[name] !== undefined ? [fields[name], value].flat() : value;
  }
  return fields;
}

module.exports = { article, messageOf, say, secureConfig, song, songFields };
