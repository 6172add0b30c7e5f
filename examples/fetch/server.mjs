// Bun, Deno and Cloudflare Workers take the same module:
//   bun --env-file=examples/demo.env examples/fetch/server.mjs
//   deno serve --env-file=examples/demo.env --allow-all --port 3000 examples/fetch/server.mjs

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

export default {
  fetch(request, _, context) {
    const { pathname } = new URL(request.url);
    return pathname === '/checkPushMsg' ? push(request, context) : new Response('', { status: 404 });
  },
};
