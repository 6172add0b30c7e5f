'use strict';

const { platformOf } = require('../../lib/platforms.js');

// How the messages of a family of platforms say who sends what. Of any that is there, `lib/message-user.js` knows it.

/**
 * @typedef {object} Dialect
 * @property {'wechat' | 'wecom' | 'bot'} family its rows of the message table
 * @property {(user: string, text: string, menuId?: string) => any} text what a user types
 * @property {(message: any, user: string) => any} from a message as that user's
 * @property {(message: any, reply: any) => any} more what asks for the rest of a reply that is not whole; undefined where
 *   all are
 */

/** @type {Omit<Dialect, 'family'>} */
const USUAL = {
  text: (FromUserName, Content, bizmsgmenuid) => ({ MsgType: 'text', FromUserName, Content, bizmsgmenuid }),
  from: (message, FromUserName) => (message.InfoType === undefined ? { ...message, FromUserName } : message),
  more: () => undefined,
};

/** @type {Omit<Dialect, 'family'>} */
const BOT = {
  text: (userid, content) => ({ msgtype: 'text', from: { userid }, text: { content } }),
  from: (message, userid) => ({ ...message, from: { ...message.from, userid } }),
  more({ aibotid, chatid, chattype, from }, reply) {
    const { id, finish } = reply?.stream ?? { finish: true };
    return finish === true
      ? undefined
      : { aibotid, chatid, chattype, from, msgtype: 'stream', stream: { id } };
  },
};

/** @param {string | null | undefined} platform @returns {Dialect} */
function dialectOf(platform) {
  const { isWeCom, isBot } = platformOf(platform ?? undefined);
  if (isBot) return { family: 'bot', ...BOT };
  return { family: isWeCom ? 'wecom' : 'wechat', ...USUAL };
}

module.exports = { dialectOf };
