'use strict';

// Midway, on Koa. Run it with `npm install && npm start`.

const { Bootstrap } = require('@midwayjs/bootstrap');
const { defineConfiguration } = require('@midwayjs/core/functional');
const koa = require('@midwayjs/koa');
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

const configuration = defineConfiguration({
  imports: [koa],
  importConfigs: [
    { default: { keys: 'for the cookies of your app', koa: { port: process.env.PORT ?? 3000 } } },
  ],
  async onReady(container, app) {
    app.useMiddleware((ctx, next) => (ctx.path === '/checkPushMsg' ? push(ctx, next) : next()));
  },
});

Bootstrap.configure({ imports: [configuration] }).run();
