import express = require('express');
import {
  checkPush,
  createReceiver,
  explainPush,
  memoryStore,
  messagePush,
  reply,
  route,
  type Explanation,
  type Outcome,
  type PushMessage,
  type PushStore,
  type Rejected,
} from 'wechat-push';
import { messagePush as respondTo } from 'wechat-push/fetch';
import { redisStore, type RedisStoreOptions } from 'wechat-push/redis';
import { messagePush as cloudFunction, type CloudFunctionAnswer } from 'wechat-push/serverless';
import { createGateway, type PushResult } from 'wechat-push/testing';
const { check, noRedis } = require('./check.js');

const token = ['AAAAA', 'previous'];
const app = express();

const handler = route({
  text: (message) => reply.text(message.Content.trim()),
  'event.subscribe': (message) => message.EventKey,
  'event.brand_new': (message, context) => `${message.Event} ${context.id}`,
});
app.use(
  '/whole',
  messagePush({ token, onReject: (rejection, request) => log(rejection, request.url) }, handler),
);
app.use(
  '/typed',
  messagePush({ token }, (message, context) => {
    if (message.MsgType === 'text') return message.Content.trim() + context.id;
    if (message.Event === 'subscribe_msg_popup_event')
      return message.SubscribeMsgPopupEvent.List.map((one) => one.TemplateId).join();
    if (message.InfoType === 'component_verify_ticket') return void message.ComponentVerifyTicket.trim();
  }),
);
const shared: RedisStoreOptions = { prefix: 'bot:', remember: 600_000, lease: 2000 };
export const answerOf = (request: Request): Promise<Response> => respondTo(token, handler)(request);
export const answerEvent = (event: object): Promise<CloudFunctionAnswer> =>
  cloudFunction(token, handler)(event);
const stores: PushStore[] = [memoryStore({ max: 1000 }), redisStore(noRedis, shared)];
app.use(
  '/stored',
  messagePush(
    {
      token,
      replyWindow: 15000,
      store: stores[1],
      onUndelivered: (value, message, { id }) => `${value} for ${message.FromUserName}, ${id}`.trim(),
    },
    async (_, { attempt, signal }) => (attempt > 1 && signal.aborted ? '' : 'hi'),
  ),
);
// @ts-expect-error no such window
if (app.get('never')) messagePush({ token, replyWindow: 10000 });
// @ts-expect-error a client, not its URL
if (app.get('never')) redisStore('redis://localhost');
app.get('/snippet', (req, res) => {
  if (checkPush(req.query, token)) res.send(req.query.echostr);
  else res.status(400).json({ status: 400, data: 'check msg error' });
});

check(app, createGateway);

const outcome: Outcome = createReceiver({ token }).receive({ method: 'GET', url: '/' });
if (outcome.type === 'rejected') log(outcome, '/');
else if (outcome.type === 'handshake') outcome.echostr.normalize();
else outcome.message.CreateTime.toFixed();

const gateway = createGateway({ token, format: 'json', retry: 'fresh' });
function pushes(message: PushMessage): Promise<PushResult>[] {
  const { url, body } = gateway.request(message, { url: '/wx' });
  const answer = gateway.read(body.slice(url.length), message);
  if (answer?.MsgType === 'text') answer.Content?.trim();
  return [gateway.push(url, message), gateway.push(new URL(url), { MsgType: 'text', Content: 'hi' })];
}
if (app.get('never')) {
  pushes(outcome as never).map(async (result) => {
    const { error, attempts } = await result;
    if (error?.reason === 'timeout') attempts.at(-1)?.request.query.signature?.trim();
  });
  // @ts-expect-error no such format
  createGateway({ token, format: 'yaml' });
}
const found: Explanation = explainPush('GET /wx HTTP/1.1', [{ token, name: 'shop' }], { lang: 'zh' });
if (found.reason !== 'missing_parameter' || !found.hints[0]?.includes('参数')) throw new Error(found.detail);
app.get('/why', (req, res) => void res.json(explainPush(req.query, token).hints));

// @ts-expect-error the token is missing
if (app.get('never')) messagePush({});

function log(rejection: Rejected, url: string | undefined): void {
  const lost: number = rejection.reason.length + rejection.status + (url?.length ?? 0);
  if (Number.isNaN(lost)) throw new Error('unreachable');
}
