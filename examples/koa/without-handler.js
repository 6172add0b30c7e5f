'use strict';

// The message in ctx.wechat, for the next middleware.

const Koa = require('koa');
const { messagePush } = require('wechat-push/koa');

const push = messagePush({
  token: process.env.WECHAT_PUSH_TOKEN,
  appId: process.env.WECHAT_PUSH_APP_ID,
  encodingAESKey: process.env.WECHAT_PUSH_ENCODING_AES_KEY,
});

const app = new Koa();
app.use((ctx, next) => (ctx.path === '/checkPushMsg' ? push(ctx, next) : next()));
app.use((ctx) => {
  if (!ctx.wechat) return;
  const { message, reply } = ctx.wechat;
  reply(message.MsgType === 'text' ? `You said: ${message.Content}` : undefined);
});
app.listen(process.env.PORT ?? 3000);
