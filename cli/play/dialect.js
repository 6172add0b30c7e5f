'use strict';

const { familyOf } = require('../../lib/platforms.js');

// How the messages of a family of platforms say who sends what. Of any that is there, `lib/message-user.js` knows it.

/**
 * @typedef {object} Dialect
 * @property {(user: string, text: string, menuId?: string) => any} text what a user types
 * @property {(message: any, user: string) => any} from a message as that user's
 * @property {(message: any, reply: any) => any} more what asks for the rest of a reply that is not whole; undefined where
 *   all are
 */

/** @type {Dialect} */
const USUAL = {
  text: (FromUserName, Content, bizmsgmenuid) => ({ MsgType: 'text', FromUserName, Content, bizmsgmenuid }),
  from: (message, FromUserName) => (message.InfoType === undefined ? { ...message, FromUserName } : message),
  more: () => undefined,
};

/** @type {Dialect} */
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
  return familyOf(platform ?? undefined) === 'bot' ? BOT : USUAL;
}

module.exports = { dialectOf };
