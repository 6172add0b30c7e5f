'use strict';

// Fastify 4 and 5. Run it with `node --env-file=examples/demo.env examples/fastify/server.js`.

const Fastify = require('fastify');
const { route } = require('wechat-push');
const { messagePush } = require('wechat-push/fastify');

const push = messagePush(
  {
    token: process.env.WECHAT_PUSH_TOKEN,
    appId: process.env.WECHAT_PUSH_APP_ID,
    encodingAESKey: process.env.WECHAT_PUSH_ENCODING_AES_KEY,
  },
  route({ text: (message) => `You said: ${message.Content}` }),
);

const app = Fastify({ logger: true });
app.register(push, { prefix: '/checkPushMsg' });
app.listen({ port: Number(process.env.PORT ?? 3000) });
