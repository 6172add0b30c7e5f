'use strict';

// Configs in every shape that the old packages take, and in shapes that nobody should.

const wechat = require('wechat-push/compat/wechat');
const coWechat = require('wechat-push/compat/co-wechat');
const WXBizMsgCrypt = require('wechat-push/compat/wechat-crypto');
const { memoryStore } = require('../../index.js');
const { say, secureConfig } = require('../support/old-bots.js');
const { closeServers, serve } = require('../support/servers.js');
const { account } = require('../support/wechat.js');

const { token, encodingAESKey, appId } = account;

const warned = [];
beforeAll(() => jest.spyOn(process, 'emitWarning').mockImplementation((text) => warned.push(text)));
afterEach(closeServers);

const makers = {
  wechat: (config) => wechat(config, (req, res) => res.reply('ok')),
  'wechat in a chain': (config) =>
    wechat(config)
      .text((message, req, res) => res.reply('ok'))
      .middlewarify(),
  'wechat with a chain': (config) =>
    wechat(
      config,
      wechat.text((message, req, res) => res.reply('ok')),
    ),
  'co-wechat': (config) => coWechat(config).middleware(async () => 'ok'),
};

/** What each takes, and whether its messages come encrypted. */
const taken = [
  ['the Token alone', token, false],
  ['two Tokens', ['next', token], false],
  ['an object with the Token', { token }, false],
  ['a Token with empty texts for the rest', { token, appid: '', encodingAESKey: '' }, false],
  ['a Token with undefined for the rest', { token, appid: undefined, encodingAESKey: undefined }, false],
  ['checkSignature: true', { token, checkSignature: true }, false],
  ['checkSignature: false', { token, checkSignature: false }, false],
  ['checkSignature that is no boolean', { token, checkSignature: 'no' }, false],
  ['all three', secureConfig, true],
  ['all three, frozen', Object.freeze({ ...secureConfig }), true],
  ['appId in our spelling', { token, appId, encodingAESKey }, true],
  ['two keys', { ...secureConfig, encodingAESKey: [encodingAESKey.replace('P', 'Q'), encodingAESKey] }, true],
  [
    'options of ours',
    { ...secureConfig, store: memoryStore(), replyWindow: 15000, tolerance: 600, lang: 'zh' },
    true,
  ],
  ['several accounts', { accounts: [{ token: 'other' }, { token }] }, false],
  ['a function that finds the account', { account: () => ({ token }) }, false],
  ['a config that inherits', Object.create({ token }), false],
  [
    'a class of the app’s',
    new (class Config {
      token = token;
    })(),
    false,
  ],
];

/** What none takes, and the option that is named. */
const refused = [
  ['nothing', undefined, 'token'],
  ['null', null, 'token'],
  ['an empty Token', '', 'token'],
  ['a number', 5, 'token'],
  ['a function', () => token, 'token'],
  ['no Tokens', [], 'token'],
  ['an object whose Token is not there', { token: undefined }, 'token'],
  ['an object whose Token is empty', { token: '' }, 'token'],
  ['an object whose Token is no text', { token: 5 }, 'token'],
  ['an appid without a Token', { appid: appId }, 'token'],
  ['a key without a Token', { encodingAESKey, appid: appId }, 'token'],
  ['a key without an appid', { token, encodingAESKey }, 'appid'],
  ['an appid that is no text', { token, encodingAESKey, appid: 5 }, 'appid'],
  ['an appid twice', { token, encodingAESKey, appid: appId, appId }, 'appid'],
  ['a short key', { token, appid: appId, encodingAESKey: 'short' }, 'encodingAESKey'],
  [
    'a key with blanks',
    { token, appid: appId, encodingAESKey: `${encodingAESKey.slice(1)} ` },
    'encodingAESKey',
  ],
  ['a key that is no text', { token, appid: appId, encodingAESKey: 5 }, 'encodingAESKey'],
  ['a misspelt key', { token, encodingAesKey: encodingAESKey }, 'encodingAesKey'],
  ['a misspelt appid', { token, encodingAESKey, appID: appId }, 'appID'],
  ['another option', { token, debug: true }, 'debug'],
  ['a mode that there is not', { ...secureConfig, mode: 'raw' }, 'mode'],
  ['a store that is none', { token, store: {} }, 'store'],
  ['a session that is none', { token, session: 5 }, 'session'],
  [
    'a getter that throws',
    Object.defineProperty({ token }, 'appid', {
      get() {
        throw new Error(`${token} in here`);
      },
      enumerable: true,
    }),
    'options',
  ],
  ['a revoked proxy', revoked(), 'options'],
];

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe.each(Object.entries(makers))('%s', (name, make) => {
  test.each(taken)('takes %s', async (what, config, encrypted) => {
    const middleware = make(config);
    const origin = await (name === 'co-wechat'
      ? onKoa(middleware)
      : serve((req, res) => middleware(req, res)));
    expect(await say(origin, 'hi', { encrypted })).toMatchObject({ Content: 'ok', isSealed: encrypted });
  });

  test.each(refused)('refuses %s', (what, config, option) => {
    let thrown;
    try {
      make(config);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ name: 'TypeError', code: 'ERR_WECHAT_PUSH_OPTIONS' });
    expect(thrown.option).toBe(option);
    expect(thrown.message).not.toContain(token);
    expect(thrown.message).not.toContain(encodingAESKey);
  });

  test('of an empty object takes nothing that no middleware before has named', async () => {
    const reasons = [];
    const middleware = make({ onReject: ({ reason }) => reasons.push(reason) });
    const origin = await (name === 'co-wechat'
      ? onKoa(middleware)
      : serve((req, res) => middleware(req, res)));
    expect((await say(origin, 'hi')).status).toBe(400);
    expect(reasons).toEqual(['unknown_account']);
  });
});

test('a chain without a config is no middleware', () => {
  expect(() => wechat.text(() => {}).middlewarify()).toThrow(expect.objectContaining({ option: 'token' }));
});

test('one chain can serve two accounts', async () => {
  const chain = wechat.text((message, req, res) => res.reply(message.Content));
  const [one, two] = [wechat(token, chain), wechat({ token: 'other', onReject() {} }, chain)];
  const origins = [await serve((req, res) => one(req, res)), await serve((req, res) => two(req, res))];
  expect(await say(origins[0], 'a')).toMatchObject({ Content: 'a' });
  expect(await say(origins[1], 'b', { by: { token: 'other' } })).toMatchObject({ Content: 'b' });
  expect((await say(origins[1], 'c')).status).toBe(400);
});

test('what a config has after the middleware was made changes nothing', async () => {
  const config = { token };
  const middleware = makers.wechat(config);
  config.token = 'other';
  expect(await say(await serve((req, res) => middleware(req, res)), 'a')).toMatchObject({ Content: 'ok' });
});

test('a cryptor that is none is refused, and says why', async () => {
  const middleware = makers.wechat({ ...secureConfig, onReject: ({ reason }) => reasons.push(reason) });
  const reasons = [];
  const origin = await serve((req, res) => {
    req.cryptor = { token, id: appId, key: 'a key' };
    middleware(req, res);
  });
  expect((await say(origin, 'a', { encrypted: true })).status).toBe(400);
  expect(reasons).toEqual(['account_failed']);
  expect(warned.filter((text) => text.includes('must be made by new WXBizMsgCrypt'))).toHaveLength(1);
});

test('mode and platform are also of accounts that a middleware before has named', async () => {
  const wecom = { token: 'other', encodingAESKey, appId: 'ww1' };
  const served = (config, cryptor) => {
    const middleware = makers.wechat({ ...config, onReject() {} });
    return serve((req, res) => {
      req.cryptor = cryptor;
      middleware(req, res);
    });
  };
  const cryptor = new WXBizMsgCrypt(token, encodingAESKey, appId);
  const both = await served({ mode: 'compat' }, cryptor);
  expect(await say(both, 'a')).toMatchObject({ Content: 'ok', isSealed: false });
  expect(await say(both, 'a', { encrypted: true })).toMatchObject({ Content: 'ok', isSealed: true });
  const origin = await served({ platform: 'wecom' }, new WXBizMsgCrypt('other', encodingAESKey, 'ww1'));
  expect(await say(origin, 'a', { by: wecom, encrypted: true })).toMatchObject({ Content: 'ok' });
  const by = { ...wecom, appId: 'ww2' };
  expect((await say(origin, 'a', { by, encrypted: true })).status).toBe(400);
});

test('a cryptor of the old package is taken by its properties', async () => {
  const middleware = makers.wechat(secureConfig);
  const other = { token: 'other', encodingAESKey: encodingAESKey.replace('P', 'Q'), appId: 'wx-other' };
  const origin = await serve((req, res) => {
    const key = Buffer.from(`${other.encodingAESKey}=`, 'base64');
    req.cryptor = { token: other.token, id: other.appId, key, iv: key.subarray(0, 16) };
    middleware(req, res);
  });
  expect(await say(origin, 'a', { by: other, encrypted: true })).toMatchObject({
    isSealed: true,
    Content: 'ok',
  });
});

test.each([
  ['add without a name', () => wechat.List.add(undefined, []), 'name'],
  ['add without items', () => wechat.List.add('x'), 'items'],
  ['add of an item that is none', () => wechat.List.add('x', ['{a}']), 'items[0]'],
  ['add of an item without a handler', () => wechat.List.add('x', [['{a}', 'A'], ['{b}']]), 'items[1]'],
])('List.%s throws', (what, act, option) => {
  expect(act).toThrow(expect.objectContaining({ code: 'ERR_WECHAT_PUSH_OPTIONS', option }));
});

test('without sessions res.wait says why it cannot', async () => {
  wechat.List.add('view', [['{a}', 'A']]);
  const errors = [];
  const middleware = wechat({ token, session: false }, (req, res) => {
    expect('wxsession' in req).toBe(false);
    res.wait('view');
  });
  const origin = await serve((req, res) =>
    middleware(req, res, (error) => {
      errors.push(error.code);
      res.statusCode = 500;
      res.end();
    }),
  );
  expect((await say(origin, 'hi')).status).toBe(500);
  expect(errors).toEqual(['ERR_WECHAT_PUSH_SESSION']);
  wechat.List.clear();
});

function onKoa(middleware) {
  const Koa = require('koa');
  return serve(
    new Koa()
      .on('error', () => {})
      .use(middleware)
      .callback(),
  );
}
