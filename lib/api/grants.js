'use strict';

const { EVENT_ANSWERED_WITHIN, MESSAGE_ANSWERED_WITHIN } = require('../deadlines.js');

// How many customer-service messages a user's act allows, and for how long.
// https://developers.weixin.qq.com/doc/offiaccount/Customer_Service/Customer_Service_Messages.html
// https://developers.weixin.qq.com/minigame/dev/guide/open-ability/customer-message/send.html

/** After a message. */
const OF_MESSAGE = 5;

/** After an event: entering the conversation of a mini program, a tap on a menu, following, scanning. */
const OF_EVENT = {
  user_enter_tempsession: 2,
  CLICK: 3,
  scancode_push: 3,
  scancode_waitmsg: 3,
  subscribe: 3,
  SCAN: 3,
};

/** A tap on a menu in a message comes as a text, and counts as a menu. */
const OF_TAP = 3;

/**
 * @typedef {object} Grant
 * @property {'message' | 'event'} by
 * @property {number} count
 * @property {number} lasts in milliseconds
 * @property {string} at sorts like the time of the act
 */

/**
 * What a push allows; undefined where it allows nothing.
 * @param {any} message
 * @returns {Grant | undefined}
 */
function grantOf(message) {
  const { MsgType, Event, bizmsgmenuid: tap } = message ?? {};
  if (typeof MsgType !== 'string') return undefined;
  if (MsgType === 'event')
    return Object.hasOwn(OF_EVENT, Event) ? event(OF_EVENT[Event], message) : undefined;
  if (tap !== undefined) return event(OF_TAP, message);
  return { by: 'message', count: OF_MESSAGE, lasts: MESSAGE_ANSWERED_WITHIN, at: timeOf(message) };
}

/**
 * @param {number} count
 * @param {any} message
 * @returns {Grant}
 */
function event(count, message) {
  return { by: 'event', count, lasts: EVENT_ANSWERED_WITHIN, at: timeOf(message) };
}

/** @param {any} message */
function timeOf({ CreateTime = 0, MsgId = '' }) {
  return `${String(CreateTime).padStart(16, '0')} ${String(MsgId).padStart(24, '0')}`;
}

module.exports = { OF_MESSAGE, grantOf };
