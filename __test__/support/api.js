'use strict';

// What the tests of WeChat's API share.

const { systemClock } = require('../../lib/clock.js');
const { memoryStore } = require('../..');

/** The system's clock, twenty times as fast where it waits. */
const FAST = 0.05;
const fastClock = {
  ...systemClock,
  now: () => performance.now() / FAST,
  setTimeout: (call, ms) => setTimeout(call, ms * FAST),
};

/** An answer that no delivery could carry; `told` is what its `progress` was told. */
function undelivered(more) {
  const told = [];
  return {
    value: 'hi',
    reason: 'late',
    user: 'ouser',
    account: { id: 'wx1', appId: 'wx1', platform: 'official-account' },
    message: textMessage(),
    records: memoryStore().records,
    progress: async (left) => void told.push(left),
    signal: new AbortController().signal,
    told,
    ...more,
  };
}

let messages = 0;

/** A user's message, later than those before. */
function textMessage(more) {
  messages++;
  const MsgId = String(10 ** 15 + messages);
  return {
    ToUserName: 'gh_1',
    FromUserName: 'ouser',
    CreateTime: 1_700_000_000,
    MsgType: 'text',
    Content: 'hello',
    MsgId,
    ...more,
  };
}

/** An event, later than those before. */
function event(Event, more) {
  messages++;
  const CreateTime = 1_700_000_000 + messages;
  return { ToUserName: 'gh_1', FromUserName: 'ouser', CreateTime, MsgType: 'event', Event, ...more };
}

module.exports = { event, fastClock, textMessage, undelivered };
