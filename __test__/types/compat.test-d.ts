import type { Request as ExpressRequest, Response as ExpressResponse } from 'express';
import express from 'express';
import Koa from 'koa';
import coWechat from '../../compat/co-wechat';
import { decrypt, encrypt, getJsApiSignature, getSignature } from '../../compat/wecom-crypto';
import wechat from '../../compat/wechat';
import WXBizMsgCrypt = require('../../compat/wechat-crypto');
import { redisStore } from '../../redis';

declare const client: Parameters<typeof redisStore>[0];

const config = {
  token: process.env.TOKEN,
  appid: 'wx1',
  encodingAESKey: process.env.KEY,
  checkSignature: true,
};

export function onExpress() {
  const app = express();
  app.use(
    '/wechat',
    wechat('sesame', (req, res) => res.reply(req.weixin.Content)),
  );
  app.use(
    wechat(config, (req, res, next) => {
      req.weixin.CreateTime satisfies string;
      req.weixin.SendPicsInfo.PicList.item satisfies unknown;
      req.wxsession.count = (req.wxsession.count ?? 0) + 1;
      req.wxsession.save(() => res.reply());
      res.reply([{ title: 't', picurl: 'p', url: 'u' }]);
      res.reply({ type: 'image', content: { mediaId: 'm' } });
      res.reply({ title: 't', musicUrl: 'm', thumbMediaId: 't' });
      res.reply({ MsgType: 'text', Content: 'ours' });
      res.transfer2CustomerService('a@b');
      res.wait('view', (error) => next(error));
      res.nowait('bye');
      // @ts-expect-error an image has a mediaId
      res.reply({ type: 'image', content: { media_id: 'm' } });
    }),
  );
  app.use(
    wechat({ ...config, store: redisStore(client), session: { ttl: 1000 } })
      .text(() => {})
      .middlewarify(),
  );
  app.use(
    wechat(
      config,
      wechat.text((message, req, res) => res.reply(message.Content)).device_text(() => {}),
    ),
  );
  // Named by a middleware before.
  app.use(wechat({ replyWindow: 15000 }, (req, res) => res.reply('')));
  app.use(wechat(config, (req: ExpressRequest, res: ExpressResponse) => res.end(req.path)));
  // @ts-expect-error a misspelt option
  wechat({ token: 't', encodingAesKey: 'k' }, () => {});
  // @ts-expect-error a chain is no middleware yet
  app.use(wechat(config).text(() => {}));
  // @ts-expect-error there is no such type
  wechat(config).sticker(() => {});
}

export function lists() {
  wechat.List.add('view', [
    ['{a}', (info: wechat.Message, req: wechat.Request, res: wechat.Response) => res.reply('')],
  ]);
  wechat.List.add('view', [['{a}', 'A']] as const, 'head', '---', 'foot');
  wechat.List.get('view')?.description satisfies string | undefined;
  // @ts-expect-error an item has a handler
  wechat.List.add('view', [['{a}']]);
  const events = new wechat.Event().add('SCAN', (message, req, res) => res.reply(''));
  wechat(config).event(wechat.Event.dispatch(events)).middlewarify() satisfies wechat.Middleware;
}

export function onKoa() {
  const app = new Koa();
  app.use(coWechat(config).middleware(async (message, ctx) => `${ctx.path} ${message.Content}`));
  app.use(coWechat('sesame', true).middleware(async () => ({ type: 'customerService', kfAccount: 'a@b' })));
  app.use(coWechat('sesame').middleware(() => {}));
  app.use(coWechat({}).middleware(async () => ''));
  // @ts-expect-error a handler is a function
  coWechat('sesame').middleware('hello');
}

export function functions() {
  const cryptor = new WXBizMsgCrypt('token', 'key', 'wx1');
  cryptor.getSignature(1, '2', cryptor.encrypt('x')) satisfies string;
  cryptor.decrypt('x').id satisfies string;
  // @ts-expect-error it has no secrets
  cryptor.token satisfies string;
  getSignature('token', 1, 2, encrypt('key', 'x', 'ww1')) satisfies string;
  decrypt('key', 'x').random satisfies Buffer;
  getJsApiSignature({ url: 'u', ticket: 't' }).signature satisfies string;
  // @ts-expect-error a ticket is needed
  getJsApiSignature({ url: 'u' });
}
