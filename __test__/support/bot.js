'use strict';

// A conversation with a smart bot of WeCom: its messages and refreshes, each with an id and a nonce of its own.

const wecom = require('./wecom-bot.js');

const { bot } = wecom;

let count = 0;

/** A message of a user. */
function said(content, { userid = 'zhangsan', ...more } = {}) {
  const msgid = `msg-${++count}`;
  const response_url = `https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=code-${msgid}`;
  return wecom.message('text', { msgid, from: { userid }, response_url, text: { content }, ...more });
}

/** The question for the text so far of a stream. */
function refresh(id, { userid = 'zhangsan', ...more } = {}) {
  return wecom.refresh(id, { msgid: `refresh-${++count}`, from: { userid }, ...more });
}

/** A message as WeCom posts it. */
function pushed(message, options) {
  const nonce = `nonce${++count}`;
  return { ...wecom.pushOf(message, { nonce, ...options }), nonce };
}

/** What a bot answers, once WeCom would take it; nothing where it says nothing. */
function answered({ status, body }, { nonce }, of = bot) {
  expect(status).toBe(200);
  return wecom.readAnswer(body, { of, nonce });
}

module.exports = { answered, bot, pushed, refresh, said };
