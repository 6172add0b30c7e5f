import { messagePush } from 'wechat-push/fetch';

// A Worker, and what the tests ask it about by GET /told.

const told = { calls: 0, undelivered: [], refused: [] };

const respond = messagePush(
  {
    token: 'sesame',
    encodingAESKey: 'PushKeyForTests0123456789abcdefghijklmnopqr',
    appId: 'wx0123456789abcdef',
    onUndelivered: (value) => told.undelivered.push(value),
    onReject: ({ reason }) => told.refused.push(reason),
  },
  async ({ Content }) => {
    told.calls++;
    const [, wait = 0] = Content.match(/^wait (\d+)/) ?? [];
    await new Promise((resolve) => setTimeout(resolve, Number(wait)));
    if (Content === 'fail' && told.calls === 1) throw new Error('no luck');
    return `you said ${Content}`;
  },
);

export default {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    if (pathname === '/told') return Response.json(told);
    if (pathname === '/forget') {
      Object.assign(told, { calls: 0, undelivered: [], refused: [] });
      return new Response();
    }
    if (pathname === '/consumed') await request.text();
    return respond(request, context);
  },
};
