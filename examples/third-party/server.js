'use strict';

// A third-party platform (第三方平台), ready for the full-network release test (全网发布检测). Run it with
// `node --env-file=examples/demo.env examples/third-party/server.js`.

const express = require('express');
const { messagePush, route } = require('wechat-push');
const component = require('./component.js');
const { withReleaseTest } = require('./release-test.js');

/** Token and key of the platform are those of its authorizers, too, and so is the AppID in what is encrypted. */
const platform = {
  platform: 'third-party',
  token: process.env.WECHAT_PUSH_TOKEN,
  appId: process.env.WECHAT_PUSH_APP_ID,
  encodingAESKey: process.env.WECHAT_PUSH_ENCODING_AES_KEY,
};

const app = express();

// 授权事件接收配置: https://example.com/wechat/events
app.use(
  '/wechat/events',
  messagePush(
    { ...platform, onTicket: (ticket) => component.keepTicket(ticket) },
    route({
      'info.authorized': ({ AuthorizerAppid }) => console.log('authorised by', AuthorizerAppid),
      'info.unauthorized': ({ AuthorizerAppid }) => console.log('no longer authorised by', AuthorizerAppid),
    }),
  ),
);

// 消息与事件接收配置: https://example.com/wechat/$APPID$/messages
app.use(
  '/wechat/:appId/messages',
  messagePush(
    platform,
    withReleaseTest(
      component,
      route({ text: (_, { text, request }) => `${request.params.appId} heard: ${text}` }),
    ),
  ),
);

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}/wechat`);
});
