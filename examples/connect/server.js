'use strict';

// Run it with `node --env-file=examples/demo.env examples/connect/server.js`.

const connect = require('connect');
const { messagePush, route } = require('wechat-push');

const push = messagePush(
  {
    token: process.env.WECHAT_PUSH_TOKEN,
    appId: process.env.WECHAT_PUSH_APP_ID,
    encodingAESKey: process.env.WECHAT_PUSH_ENCODING_AES_KEY,
  },
  route({ text: (message) => `You said: ${message.Content}` }),
);

const app = connect();
app.use('/checkPushMsg', push);
app.listen(process.env.PORT ?? 3000);
