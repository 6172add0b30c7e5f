'use strict';

// Run it with `node examples/own-adapter/server.js`, and put a proxy that speaks HTTP/2 to it before it.

const http2 = require('node:http2');
const { messagePush } = require('./adapter.js');

const wechatPush = messagePush(
  {
    token: 'mytoken',
    appId: 'wx0123456789abcdef',
    encodingAESKey: 'ThisKeyIsForTheDemoOnlyPleaseMakeYourOwn123',
  },
  (message) => {
    if (message.MsgType === 'text') return `你说：${message.Content}`;
  },
);

const server = http2.createServer();
server.on('stream', wechatPush);
server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}/, HTTP/2 only`);
});
