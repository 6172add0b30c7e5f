import Fastify from 'fastify';
import Koa from 'koa';
import type { Push } from '../..';
import { messagePush as fastifyPush } from '../../fastify';
import { messagePush as fetchPush } from '../../fetch';
import { messagePush as koaPush } from '../../koa';
import { messagePush as serverlessPush } from '../../serverless';

const account = { token: 'sesame' };

export function koa() {
  const app = new Koa();
  app.use(koaPush(account, (message) => message.MsgType));
  app.use(koaPush('sesame'));
  app.use((ctx) => {
    ctx.wechat satisfies Push | undefined;
    ctx.wechat?.reply('hello');
    // @ts-expect-error a push has no such thing
    ctx.wechat?.answer('hello');
  });
  // @ts-expect-error a handler is a function
  koaPush(account, 'hello');
}

export function fastify() {
  const app = Fastify();
  app.register(
    fastifyPush(account, () => 'hello'),
    { prefix: '/wx' },
  );
  app.register(fastifyPush(account));
  app.post('/wx', (request) => {
    request.wechat satisfies Push;
    request.wechat.reply('hello');
    // @ts-expect-error a push has no such thing
    request.wechat.answer('hello');
  });
}

export async function web(request: Request) {
  const respond = fetchPush(account, (_, context) => context.id);
  (await respond(request)) satisfies Response;
  await respond(request, { waitUntil: (work: Promise<unknown>) => void work });
  const asHandler: (request: Request, info: { remoteAddr: string }) => Promise<Response> = respond;
  void asHandler;
  // @ts-expect-error a handler is needed
  fetchPush(account);
}

export async function serverless() {
  const call = serverlessPush(account, () => 'hello');
  const { statusCode, headers, body, isBase64Encoded } = await call({ httpMethod: 'GET' }, {});
  statusCode satisfies number;
  headers satisfies Record<string, string>;
  body satisfies string;
  isBase64Encoded satisfies boolean;
  const event = {
    ToUserName: 'gh_1',
    FromUserName: 'o1',
    CreateTime: 1,
    MsgType: 'event',
    Event: 'x',
  } as const;
  (await call(event)) satisfies string | object;
  // @ts-expect-error a handler is needed
  serverlessPush(account);
}
