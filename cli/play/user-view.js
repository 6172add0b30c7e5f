'use strict';

const { bubbleOfReply } = require('./bubbles.js');
const { takesReply } = require('./kinds.js');

const OF_ACCOUNT = '该公众号提供的服务出现故障，请稍后再试';
const OF_MINI_PROGRAM = '该小程序客服暂时无法提供服务，请稍后再试';

/** What WeChat tells a user whose message got no answer that it takes; elsewhere they are told nothing. */
const FAULTS = {
  'official-account': OF_ACCOUNT,
  'third-party': OF_ACCOUNT,
  'mini-program': OF_MINI_PROGRAM,
  'mini-game': OF_MINI_PROGRAM,
};

/**
 * What the user of a push sees in the end; undefined where that is nothing.
 * @param {object} of
 * @param {any} of.message
 * @param {string | undefined} of.platform
 * @param {boolean} of.isTaken whether a delivery was accepted, with a reply that WeChat takes or none
 * @param {any} of.reply
 * @returns {import('./bubbles.js').Bubble | undefined}
 */
function userSees({ message, platform, isTaken, reply }) {
  if (isTaken) return isForUser(reply) ? bubbleOfReply(reply) : undefined;
  const text = FAULTS[platform ?? 'official-account'];
  return text !== undefined && takesReply(message, platform) ? { kind: 'notice', text } : undefined;
}

/** Whether a reply is for the user, not data for WeChat. @param {any} reply */
function isForUser(reply) {
  return reply?.MsgType !== undefined || reply?.msgtype !== undefined;
}

module.exports = { FAULTS, isForUser, userSees };
