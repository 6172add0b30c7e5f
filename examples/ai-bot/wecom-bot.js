'use strict';

// An AI bot of WeCom (企业微信智能机器人): colleagues see the answer grow while the model writes it. What is longer than a
// bot may show, or takes longer than six minutes, comes in a message of its own.

const express = require('express');
const { OpenAI } = require('openai');
const { messagePush, route } = require('wechat-push');
const { responseUrl } = require('wechat-push/api');

const model = new OpenAI(); // any that speaks as OpenAI's: OPENAI_BASE_URL, OPENAI_API_KEY
const task = { role: 'system', content: '你是公司里的助手。用中文回答，可以用 Markdown。' };

const push = messagePush(
  {
    platform: 'wecom-bot',
    token: process.env.WECHAT_PUSH_TOKEN,
    encodingAESKey: process.env.WECHAT_PUSH_ENCODING_AES_KEY,
    carriers: [responseUrl()],
  },
  route({
    'event.enter_chat': () => '你好，有什么可以帮你？',
    text: answer,
  }),
);

function answer(message, { text = '', signal }) {
  const messages = [task, { role: 'user', content: text }];
  return model.chat.completions.create({ model: process.env.MODEL, messages, stream: true }, { signal });
}

express()
  .use('/checkPushMsg', push)
  .listen(process.env.PORT ?? 3000);
