'use strict';

// Koa 2 and 3. Run it with `node --env-file=examples/demo.env examples/koa/server.js`.

const Koa = require('koa');
const { route } = require('wechat-push');
const { messagePush } = require('wechat-push/koa');

const push = messagePush(
  {
    token: process.env.WECHAT_PUSH_TOKEN,
    appId: process.env.WECHAT_PUSH_APP_ID,
    encodingAESKey: process.env.WECHAT_PUSH_ENCODING_AES_KEY,
  },
  route({ text: (message) => `You said: ${message.Content}` }),
);

const app = new Koa();
app.use((ctx, next) => (ctx.path === '/checkPushMsg' ? push(ctx, next) : next()));
app.listen(process.env.PORT ?? 3000);
