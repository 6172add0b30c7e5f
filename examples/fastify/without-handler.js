'use strict';

// The message in request.wechat, for the routes of one scope.

const Fastify = require('fastify');
const { messagePush } = require('wechat-push/fastify');

const push = messagePush({
  token: process.env.WECHAT_PUSH_TOKEN,
  appId: process.env.WECHAT_PUSH_APP_ID,
  encodingAESKey: process.env.WECHAT_PUSH_ENCODING_AES_KEY,
});

const app = Fastify();
app.register(async (scope) => {
  scope.register(push);
  scope.route({
    method: ['GET', 'POST'],
    url: '/checkPushMsg',
    handler({ wechat: { message, reply } }) {
      reply(message.MsgType === 'text' ? `You said: ${message.Content}` : undefined);
    },
  });
});
app.listen({ port: Number(process.env.PORT ?? 3000) });
