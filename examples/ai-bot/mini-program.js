'use strict';

// An AI bot for a mini program: it takes its time, answers by customer-service messages (客服消息), and remembers.

const express = require('express');
const { OpenAI } = require('openai');
const { messagePush, route } = require('wechat-push');
const { customerService } = require('wechat-push/api');

const model = new OpenAI(); // any that speaks as OpenAI's: OPENAI_BASE_URL, OPENAI_API_KEY
const task = { role: 'system', content: '你是小程序里的客服。用中文回答，不用 Markdown。' };

const push = messagePush(
  {
    platform: 'mini-program',
    token: process.env.WECHAT_PUSH_TOKEN,
    appId: process.env.WECHAT_PUSH_APP_ID,
    encodingAESKey: process.env.WECHAT_PUSH_ENCODING_AES_KEY,
    carriers: [customerService({ appSecret: process.env.WECHAT_APP_SECRET })],
    session: { ttl: 3_600_000 },
  },
  route({ 'event.user_enter_tempsession': () => '你好，有什么可以帮你？', text: answer }),
);

async function* answer({ Content }, { session, signal }) {
  const said = [...((await session.get()) ?? []), { role: 'user', content: Content }];
  const question = { model: process.env.MODEL, messages: [task, ...said], stream: true };
  let text = '';
  for await (const { choices } of await model.chat.completions.create(question, { signal })) {
    const piece = choices[0]?.delta.content ?? '';
    text += piece;
    yield piece;
  }
  await session.set([...said, { role: 'assistant', content: text }].slice(-10));
}

express()
  .use('/checkPushMsg', push)
  .listen(process.env.PORT ?? 3000);
