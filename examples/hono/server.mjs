// Hono on Node. Run it with `npm install && npm start`.

import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { route } from 'wechat-push';
import { messagePush } from 'wechat-push/fetch';

const push = messagePush(
  {
    token: process.env.WECHAT_PUSH_TOKEN,
    appId: process.env.WECHAT_PUSH_APP_ID,
    encodingAESKey: process.env.WECHAT_PUSH_ENCODING_AES_KEY,
  },
  route({ text: (message) => `You said: ${message.Content}` }),
);

const app = new Hono();
app.all('/checkPushMsg', (c) => push(c.req.raw));
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) });
