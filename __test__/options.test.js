'use strict';

// Options are read once, when something is made of them.

const wechatPush = require('..');
const { redisStore } = require('../redis.js');
const { createGateway } = require('../testing.js');
const { explainableAccount } = require('../lib/options.js');
const { signedQuery } = require('./support/servers.js');
const { account, push } = require('./support/wechat.js');

const { createEndpoint, createReceiver, explainPush, memoryStore, messagePush } = wechatPush;

const client = { evalSha() {}, eval() {}, set() {} };
const ONE_ACCOUNT = {
  ...account,
  receiveId: undefined,
  mode: 'secure',
  platform: 'mini-game',
  trust: 'cloudrun',
  name: 'mine',
};
const RECEIVING = { tolerance: 300, bodyLimit: 1000 };
const ACCOUNT = { ...ONE_ACCOUNT, ...RECEIVING };
const DELIVERY = {
  replyWindow: 5000,
  store: memoryStore({ max: 1 }),
  carriers: [{ name: 'mine', carry() {} }],
  session: { ttl: 1000 },
  onReject() {},
  onUndelivered() {},
  onTicket() {},
  lang: 'zh',
};
const ENDPOINT = { ...ACCOUNT, ...DELIVERY };
/** What is believed without a signature is no one's of many. */
const ONE_OF_MANY = { ...ONE_ACCOUNT };
delete ONE_OF_MANY.trust;
const MANY = { ...RECEIVING, accounts: [ONE_OF_MANY], ...DELIVERY };
const FOUND = { ...RECEIVING, account: () => ONE_OF_MANY, ...DELIVERY };
/** Every option of an endpoint, most of which one account and many of them exclude from one another. */
const OF_ENDPOINT = [...Object.keys(ACCOUNT), 'account', 'accounts', ...Object.keys(DELIVERY)];
const GATEWAY = { ...ACCOUNT, format: 'xml', timeout: 1, attempts: 1, timeScale: 1, retry: 'same' };

/** By name: what takes options, every option that it takes at once, and every one that it takes. */
const takers = {
  messagePush: [messagePush, ENDPOINT, OF_ENDPOINT],
  createEndpoint: [createEndpoint, ENDPOINT, OF_ENDPOINT],
  'messagePush of many accounts': [messagePush, MANY, OF_ENDPOINT],
  'messagePush of accounts that are found': [messagePush, FOUND, OF_ENDPOINT],
  createReceiver: [createReceiver, ACCOUNT],
  createGateway: [createGateway, GATEWAY],
  memoryStore: [memoryStore, { max: 10, remember: 1000 }],
  redisStore: [(options) => redisStore(client, options), { prefix: 'p', remember: 60_000, lease: 1000 }],
  explainPush: [(options) => explainPush('?a', account, options), { lang: 'zh' }],
};

function thrownBy(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe.each(Object.entries(takers))('%s', (name, [make, options, known = Object.keys(options)]) => {
  test('takes all its options', () => {
    expect(() => make(options)).not.toThrow();
  });

  test('reads each of them exactly once', () => {
    const reads = {};
    const counted = new Proxy(options, {
      get(target, option) {
        reads[option] = (reads[option] ?? 0) + 1;
        return target[option];
      },
    });
    make(counted);
    expect(reads).toEqual(Object.fromEntries(known.map((option) => [option, 1])));
  });

  test('is made of what it got first', () => {
    for (const option of Object.keys(options)) {
      let reads = 0;
      const changing = { ...options };
      Object.defineProperty(changing, option, {
        enumerable: true,
        get: () => (reads++ ? Symbol('changed') : options[option]),
      });
      expect(() => make(changing)).not.toThrow();
    }
  });

  test('says which option was probably meant, and names no value', () => {
    for (const option of Object.keys(options)) {
      const spellings = [option.toUpperCase(), `${option}s`, `x${option}`];
      for (const wrong of spellings.filter((spelling) => !known.includes(spelling))) {
        const error = thrownBy(() => make({ ...options, [wrong]: 'the secret' }));
        expect(error).toBeInstanceOf(TypeError);
        expect(error).toMatchObject({ code: 'ERR_WECHAT_PUSH_OPTIONS', option: wrong });
        expect(error.message).toBe(`wechat-push: option ${wrong} is unknown; did you mean ${option}?`);
      }
    }
  });

  test('lists its options where none is near', () => {
    const error = thrownBy(() => make({ ...options, colour: 'red' }));
    expect(error.message).toBe(`wechat-push: option colour is unknown; there are ${known.join(', ')}`);
  });
});

test.each([
  ['messagePush', 'encodingAesKey', 'encodingAESKey'],
  ['createEndpoint', 'encodingAesKey', 'encodingAESKey'],
  ['createReceiver', 'encodingAesKey', 'encodingAESKey'],
  ['createGateway', 'encodingaeskey', 'encodingAESKey'],
  ['createReceiver', 'appid', 'appId'],
  ['messagePush', 'tokens', 'token'],
  ['messagePush', 'tokne', 'token'],
  ['messagePush', 'onLate', undefined],
  ['messagePush', 'onreject', 'onReject'],
  ['messagePush', 'timeout', undefined],
  ['messagePush', 'language', undefined],
  ['createReceiver', 'store', undefined],
  ['createReceiver', 'onReject', undefined],
  ['createReceiver', 'replyWindow', undefined],
  ['memoryStore', 'prefix', undefined],
  ['explainPush', 'language', undefined],
])('%s does not know %s', (name, option, meant) => {
  const [make, options] = takers[name];
  const error = thrownBy(() => make({ ...options, [option]: undefined }));
  expect(error).toMatchObject({ code: 'ERR_WECHAT_PUSH_OPTIONS', option });
  if (meant) expect(error.message).toMatch(new RegExp(`did you mean ${meant}\\?$`));
  else expect(error.message).toMatch(/is unknown; /);
});

test('what becomes of an object of options later changes nothing, nor the hints of onReject', async () => {
  const rejections = [];
  const options = {
    ...account,
    token: ['mytoken'],
    encodingAESKey: [account.encodingAESKey],
    lang: 'en',
    onReject: (rejection) => rejections.push(rejection),
  };
  const endpoint = createEndpoint(options, () => 'hi');
  options.token[0] = 'MyToken';
  options.encodingAESKey[0] = account.encodingAESKey.toLowerCase();
  Object.assign(options, {
    token: 'MyToken',
    appId: 'wx0000000000000000',
    lang: 'zh',
    onReject: undefined,
    tolerance: 1,
  });

  const ask = (token) => `/?${signedQuery(token, { echostr: '1' })}`;
  expect(await endpoint.handle({ method: 'GET', url: ask('mytoken') })).toMatchObject({
    status: 200,
    body: '1',
  });
  expect((await endpoint.handle({ method: 'GET', url: ask('MyToken') })).status).toBe(400);
  expect(rejections).toMatchObject([{ reason: 'signature_mismatch' }]);
  expect(rejections[0].hints()[0]).toMatch(/^The signature was made with this Token in/);
  const sent = push({ account: { ...account, token: 'mytoken' }, encrypted: true });
  expect((await endpoint.handle({ method: 'POST', ...sent })).status).toBe(200);
});

test('what was parsed is frozen', () => {
  const { options } = explainableAccount(account);
  expect(Object.isFrozen(options)).toBe(true);
});

test('explainPush reads an account once, tells what is wrong with it, and knows no other options', () => {
  const reads = {};
  const counted = new Proxy(ENDPOINT, {
    get(target, option) {
      reads[option] = (reads[option] ?? 0) + 1;
      return target[option];
    },
  });
  const { reason } = explainPush(push({ encrypted: true }), counted);
  expect(reason).toBeNull();
  expect(new Set(Object.values(reads))).toEqual(new Set([1]));
  expect(explainPush('?a', { ...account, encodingAesKey: 'x' })).toMatchObject({
    reason: 'invalid_options',
    detail: expect.stringContaining('did you mean encodingAESKey?'),
  });
});

describe('platform: third-party', () => {
  test.each([
    ['no key', { encodingAESKey: undefined }, 'encodingAESKey', 'every push to this platform is encrypted'],
    ['plain mode', { mode: 'plain' }, 'mode', 'every push to this platform is encrypted'],
    ['compat mode', { mode: 'compat' }, 'mode', 'every push to this platform is encrypted'],
    ['no AppID', { appId: undefined }, 'appId', 'every encrypted push names its AppID'],
    ['trust', { trust: 'cloudrun' }, 'trust', 'every push to this platform is signed'],
    ['an onTicket that is no function', { onTicket: 'keep' }, 'onTicket', 'must be a function'],
  ])('with %s is refused', (_, more, option, words) => {
    const error = thrownBy(() => createEndpoint({ ...account, platform: 'third-party', ...more }));
    expect(error).toMatchObject({ code: 'ERR_WECHAT_PUSH_OPTIONS', option });
    expect(error.message).toContain(words);
  });

  test('takes secure mode by name', () => {
    expect(() => createEndpoint({ ...account, platform: 'third-party', mode: 'secure' })).not.toThrow();
  });
});

describe('trust', () => {
  test.each([
    ['true', true, "must be one of 'cloudrun'"],
    ['another name', 'cloud', "must be one of 'cloudrun'"],
    ['nearly it', 'cloudRun', "did you mean 'cloudrun'?"],
    ['an empty text', '', "must be one of 'cloudrun'"],
    ['null', null, "must be one of 'cloudrun'"],
  ])('that is %s is refused', (_, trust, words) => {
    const error = thrownBy(() => createEndpoint({ token: 'sesame', trust }));
    expect(error).toMatchObject({ code: 'ERR_WECHAT_PUSH_OPTIONS', option: 'trust' });
    expect(error.message).toContain(words);
  });

  test('needs no Token; without it one is needed', () => {
    expect(() => createEndpoint({ trust: 'cloudrun' })).not.toThrow();
    expect(() => createReceiver({ trust: 'cloudrun', appId: 'wx1' })).not.toThrow();
    for (const options of [{}, { trust: undefined }, { token: undefined }]) {
      expect(thrownBy(() => createEndpoint(options))).toMatchObject({ option: 'token' });
    }
    // A Token that is there has to be one.
    for (const token of ['', [], null, 7, ['sesame', '']]) {
      expect(thrownBy(() => createEndpoint({ token, trust: 'cloudrun' }))).toMatchObject({ option: 'token' });
    }
  });
});

describe('warnings', () => {
  afterEach(() => jest.restoreAllMocks());

  test.each([
    ['zh', '微信的重试可能到达另一个进程', '处理函数失败'],
    ['en', "so a retry of WeChat's may come to another process", 'a handler failed'],
  ])('speak the language of the endpoint, %s', (lang, ofStore, ofHandler) => {
    jest.isolateModules(() => {
      const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
      const { warnings } = require('../lib/errors.js');
      const { openEndpoint } = require('../lib/endpoint/endpoint.js');
      openEndpoint({ token: 'sesame42', lang }, () => 'hi', { isFrozen: true });
      warnings.handlerFailed('why');
      const texts = warn.mock.calls.map(([text]) => text);
      expect(texts[0]).toContain(ofStore);
      expect(texts[1]).toContain(ofHandler);
    });
  });

  test('each says something in both languages', () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const { speak, warnings } = require('../lib/errors.js');
    for (const [name, say] of Object.entries(warnings)) {
      const objection = { rule: 'a_rule', outcome: 'malformed', en: 'Why.', zh: '原因。' };
      const args = name.startsWith('reply') && name !== 'replyUncarried' ? [objection] : ['one', '两个'];
      for (const lang of ['zh', 'en']) {
        speak(lang);
        say(...args);
        const [text] = warn.mock.calls.at(-1);
        expect(text).not.toMatch(/undefined|NaN minutes.*undefined/);
        expect([
          name,
          lang,
          /[\u4e00-\u9fff]/.test(text.replace('安全模式', '').replace('两个', '')),
        ]).toEqual([name, lang, lang === 'zh' && name !== 'doubtfulOption']);
      }
    }
    speak('en');
  });
});
