'use strict';

// One function for the HTTP events of AWS, Tencent Cloud, CloudBase, uniCloud and Aliyun. Try it with
// `node --env-file=examples/demo.env examples/serverless/local.js`.

const { route } = require('wechat-push');
const { messagePush } = require('wechat-push/serverless');

const push = messagePush(
  {
    token: process.env.WECHAT_PUSH_TOKEN,
    appId: process.env.WECHAT_PUSH_APP_ID,
    encodingAESKey: process.env.WECHAT_PUSH_ENCODING_AES_KEY,
  },
  route({ text: (message) => `You said: ${message.Content}` }),
);

exports.handler = push; // AWS, Aliyun
exports.main = push; // CloudBase, uniCloud
exports.main_handler = push; // Tencent Cloud SCF
