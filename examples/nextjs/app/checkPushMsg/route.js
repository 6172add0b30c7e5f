// A route handler of Next.js. Run it with `npm install && npm start`, which builds it first.

import { after } from 'next/server';
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

export const GET = (request) => push(request);
export const POST = (request) => push(request, { waitUntil: after });
