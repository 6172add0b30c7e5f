'use strict';

// Egg. Run it with `npm install && npm start`.

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

module.exports = (app) => {
  app.all('/checkPushMsg', push);
};
