'use strict';

const { grantOf } = require('../api/grants.js');

// Users of a WeChat account, and what they may be sent. All times are in seconds of WeChat's.

const TYPING_WITHIN = 30;

const NO_WINDOW = {
  errcode: 45015,
  errmsg:
    'response out of time limit or subscription is canceled; tell createApiServer of the push: pushed(message)',
};

/** @param {{ now: () => number }} rules */
function createUsers({ now }) {
  /**
   * By what a user may be sent messages: so many, until then.
   * @type {Map<string, { message?: Room, event?: Room, wroteAt: number, isTyping: boolean }>}
   * @typedef {{ left: number, ends: number }} Room
   */
  const users = new Map();

  return {
    /** The user has sent this to the account. @param {any} message */
    pushed(message) {
      const grant = grantOf(message);
      const user = users.get(message.FromUserName) ?? { wroteAt: -Infinity, isTyping: false };
      users.set(message.FromUserName, user);
      if (grant) user[grant.by] = { left: grant.count, ends: now() + grant.lasts / 1000 };
      if (grant?.by === 'message') user.wroteAt = now();
    },

    /** Takes a message off what a user may be sent; what is wrong otherwise. @param {string} name */
    take(name) {
      const user = users.get(name);
      const open = [user?.message, user?.event].flatMap((room) => (room && room.ends > now() ? [room] : []));
      if (!user || open.length === 0) return NO_WINDOW;
      if (open.every((room) => room.left === 0)) {
        return { errcode: 45047, errmsg: 'out of response count limit' };
      }
      for (const room of open) room.left = Math.max(0, room.left - 1);
      user.isTyping = false;
      return undefined;
    },

    /** @param {string} name @param {unknown} command */
    type(name, command) {
      const user = users.get(name);
      if (command !== 'Typing' && command !== 'CancelTyping')
        return { errcode: 45072, errmsg: 'invalid command' };
      if (!user || now() - user.wroteAt > TYPING_WITHIN) {
        return { errcode: 45080, errmsg: 'can not send typing command' };
      }
      if (command === 'Typing' && user.isTyping) return { errcode: 45081, errmsg: 'already typing' };
      user.isTyping = command === 'Typing';
      return undefined;
    },

    /** @param {string} name */
    isTyping: (name) => users.get(name)?.isTyping ?? false,
  };
}

module.exports = { createUsers };
