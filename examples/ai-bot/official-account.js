'use strict';

// An AI bot for an official account that has the passive reply alone, such as one that is not verified: what the model
// has written after 14.5 seconds is the reply, and the rest comes when the user says 继续.

const express = require('express');
const { OpenAI } = require('openai');
const { messagePush, route } = require('wechat-push');
const { nextMessage } = require('wechat-push/answers');

const model = new OpenAI(); // any that speaks as OpenAI's: OPENAI_BASE_URL, OPENAI_API_KEY
const task = { role: 'system', content: '你是公众号里的助手。用中文回答，不用 Markdown。' };

const push = messagePush(
  {
    platform: 'official-account',
    token: process.env.WECHAT_PUSH_TOKEN,
    appId: process.env.WECHAT_PUSH_APP_ID,
    encodingAESKey: process.env.WECHAT_PUSH_ENCODING_AES_KEY,
    replyWindow: 15_000,
    carriers: [nextMessage()],
  },
  route({
    text: answer,
    'event.subscribe': () => '你好，有什么想问的？',
  }),
);

function answer({ Content }, { signal }) {
  const messages = [task, { role: 'user', content: Content }];
  return model.chat.completions.create({ model: process.env.MODEL, messages, stream: true }, { signal });
}

express()
  .use('/checkPushMsg', push)
  .listen(process.env.PORT ?? 3000);
