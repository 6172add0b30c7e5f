'use strict';

const engine = require('./engine/index.js');

/**
 * What is particular to a platform of WeChat: a kind of account.
 * @typedef {object} Platform
 * @property {boolean} isEncrypted whether every push is, so that there is no mode to choose
 * @property {boolean} sealsEchostr whether the `echostr` of a handshake is encrypted, too
 * @property {boolean} hasReceiveId in place of an AppID
 * @property {boolean} isForNobody whether its pushes end with no id, unless a receiveId is given
 * @property {boolean} isWeCom whether its messages are those of WeCom's applications
 * @property {boolean} isBot whether they are those of WeCom's bots
 */

/** What the option `platform` can be. @type {Map<string, Platform>} */
const platforms = new Map(
  engine.platforms().map((one) => {
    const [name, ...words] = one.split(' ');
    const has = (/** @type {string} */ word) => words.includes(word);
    const isEncrypted = has('encrypted');
    return [
      name,
      {
        isEncrypted,
        sealsEchostr: has('echostr'),
        hasReceiveId: has('receiveId'),
        isForNobody: has('nobody'),
        isWeCom: has('wecom'),
        isBot: has('bot'),
      },
    ];
  }),
);

/** Any account of WeChat. @type {Platform} */
const anyAccount = {
  isEncrypted: false,
  sealsEchostr: false,
  hasReceiveId: false,
  isForNobody: false,
  isWeCom: false,
  isBot: false,
};

/** The one of a checked name, or of none. @param {string | undefined} name */
function platformOf(name) {
  return platforms.get(name ?? '') ?? anyAccount;
}

/**
 * Whose rows of core/messages.json its pushes are.
 * @param {string | undefined} name
 * @returns {'wechat' | 'wecom' | 'bot'}
 */
function familyOf(name) {
  const { isBot, isWeCom } = platformOf(name);
  if (isBot) return 'bot';
  return isWeCom ? 'wecom' : 'wechat';
}

module.exports = { familyOf, platformOf, platforms };
