'use strict';

// Whatever a bot gives to the modules: a documented result, or a TypeError with a code of ours; and whatever it replies
// with, the push is answered and the process lives.

const express = require('express');
const Koa = require('koa');
const wechat = require('wechat-push/compat/wechat');
const coWechat = require('wechat-push/compat/co-wechat');
const wecom = require('wechat-push/compat/wecom-crypto');
const WXBizMsgCrypt = require('wechat-push/compat/wechat-crypto');
const { odd, withThrowing } = require('../support/odd-values.js');
const { say, secureConfig } = require('../support/old-bots.js');
const { closeServers, serve } = require('../support/servers.js');
const { account } = require('../support/wechat.js');

const { token, encodingAESKey } = account;
const cryptor = new WXBizMsgCrypt(token, encodingAESKey, account.appId);
const sealed = cryptor.encrypt('hi');
const handler = (req, res) => res.reply('ok');

/** But for a promise that never settles. */
const makers = Object.keys(odd)
  .filter((name) => name !== 'proxy that is endless')
  .map((name) => odd[name]);

beforeAll(() => jest.spyOn(process, 'emitWarning').mockImplementation());
afterEach(async () => {
  await closeServers();
  wechat.List.clear();
});

/** Each function, with good arguments, of which one after the other is made odd. */
const functions = {
  wechat: [wechat, [token, handler]],
  'wechat with a chain': [(config, fn) => wechat(config).text(fn).middlewarify(), [token, handler]],
  'wechat.text': [wechat.text, [handler]],
  'co-wechat': [
    (config, isDebug, fn) => coWechat(config, isDebug).middleware(fn),
    [token, false, async () => 'ok'],
  ],
  'List.add': [wechat.List.add, ['view', [['{a}', 'A']], 'head', '-', 'foot']],
  'List.add of an item': [(line, fn) => wechat.List.add('view', [[line, fn]]), ['{a}', 'A']],
  'List.get': [wechat.List.get, ['view']],
  'Event.add': [(name, fn) => new wechat.Event().add(name, fn), ['SCAN', handler]],
  'Event.dispatch': [wechat.Event.dispatch, [new wechat.Event()]],
  checkSignature: [wechat.checkSignature, [{}, token]],
  WXBizMsgCrypt: [(...given) => new WXBizMsgCrypt(...given), [token, encodingAESKey, 'wx1']],
  'cryptor.getSignature': [(...given) => cryptor.getSignature(...given), ['1', '2', sealed]],
  'cryptor.decrypt': [(...given) => cryptor.decrypt(...given), [sealed]],
  'cryptor.encrypt': [(...given) => cryptor.encrypt(...given), ['hi']],
  getSignature: [wecom.getSignature, [token, 1, 2, sealed]],
  decrypt: [wecom.decrypt, [encodingAESKey, sealed]],
  encrypt: [wecom.encrypt, [encodingAESKey, 'hi', 'ww1', Buffer.alloc(16)]],
  getJsApiSignature: [wecom.getJsApiSignature, [{ url: 'u', ticket: 't' }]],
};

test.each(Object.entries(functions))('%s takes or refuses whatever it is given', (_, [call, good]) => {
  call(...good);
  for (let place = 0; place < good.length; place++) {
    for (const [name, make] of Object.entries(odd)) {
      const given = [...good];
      given[place] = make();
      expectResultOrOurs(`argument ${place}: ${name}`, () => call(...given));
    }
  }
});

/** What takes an object: each of its properties odd, or throwing. */
const objects = {
  'config of wechat': [
    (config) => wechat(config, handler),
    { ...secureConfig, checkSignature: true, session: true },
  ],
  'config of co-wechat': [
    (config) => coWechat(config).middleware(handler),
    { ...secureConfig, mode: 'compat' },
  ],
  'options of getJsApiSignature': [
    wecom.getJsApiSignature,
    { url: 'u', ticket: 't', nonceStr: 'n', timestamp: 1 },
  ],
};

test.each(Object.entries(objects))('%s may have anything in it', (_, [call, good]) => {
  for (const property of Object.keys(good)) {
    for (const [name, make] of Object.entries(odd))
      expectResultOrOurs(`${property}: ${name}`, () => call({ ...good, [property]: make() }));
    expectResultOrOurs(`${property} throws`, () => call(withThrowing([property], good)));
  }
});

/** What a reply may be wrapped in. */
const wrappings = {
  'as it is': (value) => value,
  'as the content': (value) => ({ type: 'text', content: value }),
  'as an image': (value) => ({ type: 'image', content: { mediaId: value } }),
  'as the type': (value) => ({ type: value, content: 'x' }),
  'as an article': (value) => [value],
  'as a title': (value) => [{ title: value }],
};

describe.each(Object.entries(wrappings))('a reply with anything in it, %s', (_, wrap) => {
  test('of wechat is answered', async () => {
    let make;
    const origin = await serve(express().use(wechat(token, (req, res) => res.reply(wrap(make())))));
    for (make of makers) expect([200, 500]).toContain((await say(origin, 'hi')).status);
  });

  test('of co-wechat is answered', async () => {
    let make;
    const middleware = coWechat(token).middleware(async () => wrap(make()));
    const origin = await serve(
      new Koa()
        .on('error', () => {})
        .use(middleware)
        .callback(),
    );
    for (make of makers) expect([200, 500]).toContain((await say(origin, 'hi')).status);
  });
});

test('whatever a middleware before has set, nobody else’s message is taken', async () => {
  for (const name of ['wechat_token', 'cryptor']) {
    let make;
    const middleware = wechat({ ...secureConfig, onReject() {} }, handler);
    const origin = await serve((req, res) => {
      req[name] = make();
      middleware(req, res);
    });
    for (const [what, one] of Object.entries(odd)) {
      make = one;
      const { status } = await say(origin, 'hi', { by: { ...account, token: 'forged' }, encrypted: true });
      expect([name, what, status]).toEqual([name, what, 400]);
    }
  }
});

test('whatever is put into req.wxsession, the push is answered', async () => {
  let make;
  const origin = await serve(
    express()
      .use(
        wechat(token, (req, res) => {
          req.wxsession.odd = make();
          res.reply('ok');
        }),
      )
      .use((error, req, res, _next) => res.status(500).end()),
  );
  for (make of makers) expect([200, 500]).toContain((await say(origin, 'hi')).status);
});

/** `what` is shown when it fails. */
function expectResultOrOurs(what, call) {
  try {
    call();
  } catch (error) {
    expect({
      what,
      isTypeError: error instanceof TypeError,
      code: error.code,
      message: error.message,
    }).toEqual({
      what,
      isTypeError: true,
      code: expect.stringMatching(/^ERR_WECHAT_PUSH_(OPTIONS|ENVELOPE)$/),
      message: expect.stringMatching(/^wechat-push: /),
    });
  }
}
