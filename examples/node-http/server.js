'use strict';

// No framework at all. Run it with `node --env-file=examples/demo.env examples/node-http/server.js`.

const http = require('node:http');
const { messagePush, route } = require('wechat-push');

const push = messagePush(
  {
    token: process.env.WECHAT_PUSH_TOKEN,
    appId: process.env.WECHAT_PUSH_APP_ID,
    encodingAESKey: process.env.WECHAT_PUSH_ENCODING_AES_KEY,
  },
  route({ text: (message) => `You said: ${message.Content}` }),
);

const server = http.createServer((req, res) => {
  const [path] = req.url.split('?');
  if (path === '/checkPushMsg') push(req, res);
  else res.writeHead(404).end();
});
server.listen(process.env.PORT ?? 3000);
