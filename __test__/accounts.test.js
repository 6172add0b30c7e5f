'use strict';

// Many accounts at one endpoint.

const { execFile } = require('node:child_process');
const { promisify } = require('node:util');
const v8 = require('node:v8');
const vm = require('node:vm');
const { channel } = require('node:diagnostics_channel');
const wechatPush = require('..');
const { openEndpoint } = require('../lib/endpoint/endpoint.js');
const { KeptReceivers } = require('../lib/endpoint/kept-receivers.js');
const { readAccount } = require('../lib/options.js');
const { createGateway } = require('../testing.js');
const { VirtualClock } = require('./support/clock.js');
const { openReply, push, textMessage } = require('./support/wechat.js');

jest.setTimeout(30_000);

const { createEndpoint, createReceiver, memoryStore } = wechatPush;

const key = (letter) => letter.repeat(43);
const one = { token: 'token1', encodingAESKey: key('a'), appId: 'wx1' };
const two = { token: 'token2', encodingAESKey: key('b'), appId: 'wx2' };
const plain = { token: 'plain123' };

/** What was refused by the last endpoint. */
let rejections;
beforeEach(() => (rejections = []));

function endpointOf(options, handler = () => 'hi') {
  return createEndpoint({ onReject: (rejection) => rejections.push(rejection), ...options }, handler);
}

function pushOf(account, more) {
  return { method: 'POST', ...push({ account, encrypted: Boolean(account.encodingAESKey), ...more }) };
}

/** A handler that waits, when it was entered, and what lets it return. */
function waiting() {
  let answer, enter;
  const entered = new Promise((resolve) => (enter = resolve));
  const answered = new Promise((resolve) => (answer = resolve));
  const handler = () => {
    enter();
    return answered;
  };
  return { handler, entered, answer };
}

function optionError(options) {
  try {
    createEndpoint(options, () => {});
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('options', () => {
  const found = () => one;

  test.each([
    [
      { account: found, token: 'x' },
      'token',
      'cannot be given beside account: each account has its own token',
    ],
    [
      { accounts: [one], appId: 'x' },
      'appId',
      'cannot be given beside accounts: each account has its own appId',
    ],
    [{ accounts: [one], account: found }, 'accounts', 'cannot be given beside account: give one of them'],
    [{ account: one }, 'account', 'must be a function'],
    [{ acount: found }, 'acount', 'is unknown; did you mean account?'],
    [{ accounts: one }, 'accounts', /^must be an array of 1 to 50 accounts; for more give account,/],
    [{ accounts: [] }, 'accounts', /^must be an array of 1 to 50 accounts/],
    [
      { accounts: Array.from({ length: 51 }, () => one) },
      'accounts',
      /^must be an array of 1 to 50 accounts/,
    ],
    [{ accounts: [one, { ...two, token: '' }] }, 'accounts[1].token', /^must be the Token/],
    [{ accounts: [one, { ...two, appid: 'x' }] }, 'accounts[1].appid', 'is unknown; did you mean appId?'],
    [{ accounts: [one, { ...two, tolerance: 1 }] }, 'accounts[1].tolerance', /give it beside them, for all$/],
    [{ accounts: [one, 'sesame'] }, 'accounts[1].account', /^must give the options of an account/],
    [{ accounts: [one, null] }, 'accounts[1].account', /^must give the options of an account/],
    [{ accounts: [{ ...one, name: '' }] }, 'accounts[0].name', 'must be a non-empty string'],
  ])('%#: %j', (options, option, detail) => {
    const error = optionError(options);
    expect(error).toMatchObject({ code: 'ERR_WECHAT_PUSH_OPTIONS', option });
    if (typeof detail === 'string') expect(error.detail).toBe(detail);
    else expect(error.detail).toMatch(detail);
    for (const secret of [one.encodingAESKey, two.token]) expect(error.message).not.toContain(secret);
  });

  test.each([
    ['the same twice', one, one, 'the same ID'],
    ['but for the platform', one, { ...one, platform: 'mini-game' }, 'the same ID'],
    ['but for a second Token', { ...one, token: [one.token, 'x12'] }, one, 'the same ID'],
    ['where one takes plaintext', one, { ...two, token: one.token, mode: 'compat' }, 'takes plaintext'],
    ['where both do', plain, { ...plain, appId: 'wx1', mode: 'plain' }, 'takes plaintext'],
  ])('two that nothing tells apart are refused: %s', (_, a, b, why) => {
    const error = optionError({ accounts: [two, a, b] });
    expect(error.message).toMatch(
      /^wechat-push: option accounts has two that cannot be told apart: accounts\[1\] and/,
    );
    expect(error.message).toContain('accounts[2]');
    expect(error.message).toContain(why);
  });
});

test.each([{ receiveId: 'ww1' }, {}])(
  'two of WeCom of which a store would know nothing but the Token they share need names: %j',
  (more) => {
    const of = { token: 'shared12', platform: 'wecom', ...more };
    const [a, b] = [
      { ...of, encodingAESKey: key('a') },
      { ...of, encodingAESKey: key('b') },
    ];
    expect(() => endpointOf({ accounts: [a, b] })).toThrow(
      /^wechat-push: option accounts has two that a store cannot tell apart: accounts\[0\] and accounts\[1\] .*give each a name$/,
    );
    endpointOf({ accounts: [a, { ...b, name: 'b' }] });
  },
);

describe('a list', () => {
  test('a Token that two share is no matter where the AppID or the key tells them apart', async () => {
    const shared = { token: 'shared12', encodingAESKey: key('s') };
    const accounts = [
      { ...shared, appId: 'wx1' },
      { ...shared, appId: 'wx2' },
      { ...shared, appId: 'wx1', encodingAESKey: key('t') },
    ];
    const seen = [];
    const endpoint = endpointOf(
      { accounts: accounts.map((account, i) => ({ ...account, name: `${i}` })) },
      (_, { account }) => {
        seen.push(account.name);
      },
    );
    for (const account of [...accounts, accounts[0]]) {
      const message = { ...textMessage, MsgId: `${seen.length + 1}` };
      expect((await endpoint.handle(pushOf(account, { message }))).status).toBe(200);
    }
    expect(seen).toEqual(['0', '1', '2', '0']);
    expect((await endpoint.handle(pushOf({ ...shared, appId: 'wx3' }))).status).toBe(400);
    expect(rejections).toMatchObject([{ reason: 'appid_mismatch' }]);
  });

  test('plaintext and encrypted, handshakes and what a body parser made', async () => {
    const endpoint = endpointOf(
      { accounts: [one, plain, two] },
      (_, { account }) => account.appId ?? 'plain',
    );
    for (const account of [one, plain, two]) {
      const { url, query } = createGateway(account).handshakeRequest({ url: '/wx' });
      expect(await endpoint.handle({ method: 'GET', url })).toMatchObject({
        status: 200,
        body: query.echostr,
      });
      const { body, ...sent } = pushOf(account, { format: 'json' });
      const { status, body: text } = await endpoint.handle({ ...sent, body: JSON.parse(body) });
      expect(status).toBe(200);
      expect(account.appId ? openReply(text, account) : text).toContain(account.appId ?? 'plain');
    }
    expect(rejections).toEqual([]);
  });

  test.each([
    ['signature_mismatch', { ...plain, token: 'nobody12' }, undefined],
    ['msg_signature_mismatch', { ...one, token: 'nobody12' }, undefined],
    [/^(decryption_failed|illegal_buffer)$/, { ...two, encodingAESKey: key('z') }, { appId: 'wx2' }],
    ['appid_mismatch', { ...one, appId: 'wx3' }, { appId: 'wx1' }],
    ['encrypted_without_key', { ...one, token: plain.token }, {}],
  ])('what is refused is told of the account that it was meant for: %s', async (reason, by, account) => {
    const endpoint = endpointOf({ accounts: [one, plain, two] });
    expect((await endpoint.handle(pushOf(by))).status).toBe(400);
    expect(rejections.map((rejection) => rejection.reason)).toEqual([expect.stringMatching(reason)]);
    expect(rejections[0].account).toEqual(account);
    expect(rejections[0].hints()[0]).toEqual(expect.any(String));
  });
});

describe('a function', () => {
  test("is given the request, with what is the framework's own", async () => {
    const account = jest.fn(() => one);
    const request = { ...pushOf(one), headers: { host: 'x' }, request: { params: { id: 1 } } };
    expect((await endpointOf({ account }).handle(request)).status).toBe(200);
    expect(account.mock.calls).toEqual([[request]]);
  });

  test('is not called for what no server of WeChat sends', async () => {
    const account = jest.fn(() => plain);
    const endpoint = endpointOf({ account });
    const { url, body } = pushOf(plain);
    const refused = [
      { method: 'POST', url: '/', body },
      { method: 'POST', url: url.replace(/timestamp=\d+/, 'timestamp=1514711492'), body },
      { method: 'POST', url: `${url}&nonce=1`, body },
      { method: 'GET', url: '/?signature=x&timestamp=1&nonce=1' },
      { method: 'PUT', url, body },
    ];
    for (const request of refused) await endpoint.handle(request);
    expect(rejections.map(({ reason }) => reason)).toEqual([
      'missing_parameter',
      'stale_timestamp',
      'repeated_parameter',
      'signature_mismatch',
      'method_not_allowed',
    ]);
    expect(account).not.toHaveBeenCalled();
  });

  test('options that change, or an object that is changed, make another account', async () => {
    const found = { ...one };
    const endpoint = endpointOf({ account: () => found });
    expect((await endpoint.handle(pushOf(one))).status).toBe(200);
    found.token = 'changed1';
    expect((await endpoint.handle(pushOf(one))).status).toBe(400);
    expect((await endpoint.handle(pushOf({ ...one, token: 'changed1' }))).status).toBe(200);
    found.encodingAESKey = [key('n'), key('a')];
    expect((await endpoint.handle(pushOf({ ...found, encodingAESKey: key('n') }))).status).toBe(200);
    found.encodingAESKey.pop();
    expect((await endpoint.handle(pushOf({ ...found, encodingAESKey: key('a') }))).status).toBe(400);
    delete found.encodingAESKey;
    expect((await endpoint.handle(pushOf(plain))).status).toBe(400);
    expect(rejections.map(({ reason }) => reason)).toEqual([
      'msg_signature_mismatch',
      'decryption_failed',
      'signature_mismatch',
    ]);
  });

  test('an object is looked at again, whichever of its options has changed', () => {
    const changes = {
      token: 'changed1',
      encodingAESKey: key('n'),
      appId: 'wx9',
      receiveId: 'ww9',
      mode: 'compat',
      platform: 'wecom',
      trust: 'cloudrun',
      name: 'nine',
    };
    // All that an account can have.
    const first = readAccount({});
    expect(Object.keys(changes)).toEqual(Object.keys(first));
    const kept = new KeptReceivers((values) => ({ ...values }));
    for (const [option, value] of Object.entries(changes)) {
      const found = { ...one };
      const before = kept.of(found);
      for (const changed of [value, [value], [value, 'b'], [value, 'c'], ['b', 'c'], undefined]) {
        found[option] = changed;
        expect(kept.of(found)).toEqual({ ...first, ...one, [option]: changed });
      }
      Object.assign(found, { [option]: undefined }, one);
      expect(kept.of(found)).toBe(before);
    }
    const list = ['a', 'b'];
    const found = { ...one, token: list };
    const both = kept.of(found);
    expect(kept.of(found)).toBe(both);
    list[1] = 'c';
    expect(kept.of(found).token).toEqual(['a', 'c']);
    list[1] = 'b';
    expect(kept.of(found)).toBe(both);
  });

  test('a URL that the Token has not signed is refused before its body is read, where it is signed alone', async () => {
    for (const [account, reads] of [
      [plain, 0],
      [one, 1],
      [{ ...one, mode: 'compat' }, 1],
      [{ ...one, mode: 'plain' }, 0],
    ]) {
      const { url } = pushOf({ ...account, token: 'another1' });
      let read = 0;
      const body = {
        async *[Symbol.asyncIterator]() {
          read += 1;
          yield '<xml>';
        },
      };
      const { status } = await endpointOf({ account: () => account }).handle({ method: 'POST', url, body });
      expect({ status, read }).toEqual({ status: 400, read: reads });
    }
  });

  test('options that change while a request runs: its reply is sealed with those that it came with', async () => {
    const { handler, entered, answer } = waiting();
    const found = { ...one };
    const endpoint = endpointOf({ account: () => found }, handler);
    const running = endpoint.handle(pushOf(one));
    await entered;
    Object.assign(found, two);
    answer('the reply');
    expect(openReply((await running).body, one)).toContain('the reply');
  });

  test('accounts are told apart whatever their options look like together', async () => {
    const pairs = [
      [{ token: 'a,1' }, { token: 'a' }],
      [{ token: ['ab', 'c'] }, { token: ['a', 'bc'] }],
      [{ token: ['abc'] }, { token: 'abc' }],
      [one, { ...one, appId: undefined, name: 'wx1', mode: 'plain' }],
      [
        { ...plain, name: 'a' },
        { ...plain, appId: 'a', mode: 'plain' },
      ],
      [
        { ...plain, name: 'a:b' },
        { ...plain, name: 'a' },
      ],
    ];
    for (const [a, b] of pairs) {
      const handler = jest.fn();
      const found = [a, b, { ...a }];
      const endpoint = endpointOf({ account: () => found.shift() }, handler);
      for (const by of [a, b, a]) {
        const token = [by.token].flat()[0];
        const encodingAESKey = by.mode === 'plain' ? undefined : by.encodingAESKey;
        expect((await endpoint.handle(pushOf({ ...by, token, encodingAESKey }))).status).toBe(200);
      }
      // The third is the first again, whose push was there before.
      expect(handler.mock.calls.map(([, { account }]) => account.name)).toEqual(
        JSON.stringify(a) === JSON.stringify({ token: ['abc'] }) ? [undefined] : [a.name, b.name],
      );
    }
  });

  test('a getter is read once for a request, and what it throws is told without it', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    let reads = 0;
    const counted = {
      ...plain,
      get token() {
        reads += 1;
        return plain.token;
      },
    };
    expect((await endpointOf({ account: () => counted }).handle(pushOf(plain))).status).toBe(200);
    expect(reads).toBe(1);
    const throwing = {
      get token() {
        throw new Error('the secret');
      },
    };
    expect((await endpointOf({ account: () => throwing }).handle(pushOf(plain))).status).toBe(400);
    expect(rejections[0]).toMatchObject({
      reason: 'account_failed',
      error: { code: 'ERR_WECHAT_PUSH_OPTIONS' },
    });
    expect(String(rejections[0].error)).not.toContain('the secret');
    warn.mockRestore();
  });

  test("what it throws or rejects with after its time is nobody's error", async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'] });
    let fail;
    const answered = endpointOf({ account: () => new Promise((_, reject) => (fail = reject)) }).handle(
      pushOf(plain),
    );
    await jest.advanceTimersByTimeAsync(4500);
    expect(await answered).toMatchObject({ status: 400, body: '{"status":400,"data":"check msg error"}' });
    jest.useRealTimers();
    fail(new Error('too late'));
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(unhandled).not.toHaveBeenCalled();
    process.off('unhandledRejection', unhandled);
    warn.mockRestore();
  });
});

describe('a receiver in place of options', () => {
  test('of createReceiver serves, at several endpoints', async () => {
    const receiver = createReceiver({ ...one, name: 'mine' });
    for (const path of ['/a', '/b']) {
      const endpoint = endpointOf({ account: () => receiver }, (_, { account }) => account.name);
      const { status, body } = await endpoint.handle(pushOf(one, { url: path }));
      expect([status, openReply(body, one)]).toEqual([200, expect.stringContaining('mine')]);
    }
  });

  test('takes nothing that the endpoint would not, by its age or its size', async () => {
    const account = createReceiver({ ...one, tolerance: 0, bodyLimit: 1_000_000 });
    const store = memoryStore({ remember: 60_000 });
    const endpoint = endpointOf({ account: () => account, store, bodyLimit: 2000 });
    const timestamp = String(Math.floor(Date.now() / 1000) - 61);
    expect((await endpoint.handle(pushOf(one, { timestamp }))).status).toBe(400);
    const message = { ...textMessage, Content: 'x'.repeat(2000) };
    const { url, body } = pushOf(one, { message });
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from(body));
        controller.close();
      },
    });
    expect((await endpoint.handle({ method: 'POST', url, body: stream })).status).toBe(413);
    expect(rejections.map(({ reason }) => reason)).toEqual(['stale_timestamp', 'body_too_large']);
  });

  test.each([
    ['an endpoint', () => createEndpoint(one, () => {})],
    ['one that only looks so', () => ({ receive() {}, respond() {} })],
    [
      'one of another copy of the package',
      () => {
        let copy;
        jest.isolateModules(() => (copy = require('..')));
        return copy.createReceiver(one);
      },
    ],
    ['a copy of one', () => ({ ...createReceiver(one) })],
  ])('%s is none', async (_, make) => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const given = make();
    expect((await endpointOf({ account: () => given }).handle(pushOf(one))).status).toBe(400);
    expect(rejections).toMatchObject([
      { reason: 'account_failed', error: { code: 'ERR_WECHAT_PUSH_OPTIONS' } },
    ]);
    warn.mockRestore();
  });
});

describe('which Token and which key', () => {
  const rotating = { token: ['newer123', 'older123'], encodingAESKey: [key('n'), key('o')], appId: 'wx1' };
  const told = [];
  const listen = ({ token, key: index, account }) => told.push([token, index, account]);
  beforeEach(() => {
    told.length = 0;
    channel('wechat-push:received').subscribe(listen);
  });
  afterEach(() => channel('wechat-push:received').unsubscribe(listen));

  test.each([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ])('outcome and channel tell: %i, %i', async (token, index) => {
    const by = { token: rotating.token[token], encodingAESKey: rotating.encodingAESKey[index], appId: 'wx1' };
    const sent = pushOf(by);
    expect(createReceiver(rotating).receive(sent)).toMatchObject({
      token,
      key: index,
      account: { appId: 'wx1' },
    });
    await endpointOf(rotating).handle(sent);
    expect(told).toEqual([[token, index, { appId: 'wx1' }]]);
  });

  test('the key is told of pushes that are answered in plaintext, too; of those in plaintext there is none', () => {
    const message = { ...textMessage, MsgType: 'event', Event: 'minigame_coin_deliver_completed' };
    const by = { token: 'older123', encodingAESKey: key('o'), appId: 'wx1' };
    expect(createReceiver(rotating).receive(pushOf(by, { message }))).toMatchObject({ token: 1, key: 1 });
    const outcome = createReceiver({ token: rotating.token }).receive(pushOf({ token: 'older123' }));
    expect(outcome).toMatchObject({ token: 1, key: undefined, encrypted: false });
  });

  test.each(['plain', 'compat', 'secure'])('of a handshake the Token, in %s mode', (mode) => {
    const { url } = createGateway('older123').handshakeRequest({ url: '/' });
    expect(createReceiver({ ...rotating, mode }).receive({ method: 'GET', url })).toMatchObject({ token: 1 });
  });
});

test('context.account, channels and rejections have no secret', async () => {
  const told = [];
  const listen = (event) => told.push({ ...event, request: undefined });
  const names = ['received', 'handled', 'rejected'].map((name) => channel(`wechat-push:${name}`));
  names.forEach((name) => name.subscribe(listen));
  const account = { ...one, name: 'mine', platform: 'mini-game' };
  const endpoint = endpointOf({ account: () => account }, (_, context) => {
    told.push(context.account);
    expect(Object.isFrozen(context.account)).toBe(true);
  });
  await endpoint.handle(pushOf(one));
  await endpoint.handle(pushOf({ ...one, token: 'wrong123' }));
  names.forEach((name) => name.unsubscribe(listen));
  expect(told).toHaveLength(4);
  expect(told[1]).toEqual({ name: 'mine', appId: 'wx1', platform: 'mini-game' });
  expect(rejections[0].account).toBe(told[1]);
  const text = JSON.stringify([told, rejections, rejections[0].hints()]);
  for (const secret of [one.token, one.encodingAESKey]) expect(text).not.toContain(secret);
});

describe('thousands of accounts', () => {
  const accountOf = (i) => ({ ...one, token: `token${i}`, appId: `wx${i}` });
  const account = ({ url }) => accountOf(url.match(/^\/(\d+)/)[1]);
  const endpoint = (handler, clock) => openEndpoint({ account, onReject() {} }, handler, { clock });
  const handshakes = async (ours, from, to) => {
    for (let i = from; i < to; i++) {
      const request = createGateway.length && {
        method: 'GET',
        url: `/${i}?signature=${'0'.repeat(40)}&timestamp=1&nonce=1`,
      };
      await ours.handle(request);
    }
  };
  const collect = async () => {
    v8.setFlagsFromString('--expose-gc');
    const gc = vm.runInNewContext('gc');
    for (let i = 0; i < 5; i++) {
      gc();
      await new Promise(setImmediate);
    }
  };

  test('one that is no longer kept stays open for the requests that it has', async () => {
    const { handler, entered, answer } = waiting();
    const clock = new VirtualClock();
    clock.offset = Date.now() - clock.now();
    const ours = endpoint(handler, clock);
    const running = ours.handle(pushOf(accountOf(0), { url: '/0' }));
    await entered;
    await handshakes(ours, 1, 10_100);
    await collect();
    answer('still here');
    expect(openReply((await running).body, accountOf(0))).toContain('still here');
  });

  test('10,000 are kept, and of more those that are used', () => {
    const opened = [];
    const kept = new KeptReceivers(({ token }) => {
      opened.push(token);
      return { token };
    });
    const options = Array.from({ length: 40_000 }, (_, i) => accountOf(i));
    const busy = options.slice(0, 100);
    const all = options.slice(0, 10_000).map((each) => kept.of(each));
    busy.forEach((each, i) => expect(kept.of(each)).toBe(all[i]));
    expect(opened).toHaveLength(10_000);
    for (const [i, other] of options.slice(10_000).entries()) {
      kept.of(other);
      kept.of(busy[i % 100]);
      kept.of({ ...busy[i % 100] });
    }
    expect(opened).toHaveLength(40_000);
    kept.of(options[10_000]);
    expect(opened).toHaveLength(40_001);
  });

  test('one more account than are kept has its receiver, also when all others are in use', () => {
    const kept = new KeptReceivers(({ token }) => ({ token }));
    const options = Array.from({ length: 10_200 }, (_, i) => accountOf(i));
    for (const [i, each] of options.entries()) {
      expect(kept.of(each)).toEqual({ token: each.token });
      for (const other of i % 100 === 0 ? options.slice(0, i) : []) kept.of(other);
    }
  });

  test('another copy of the package in the same thread has accounts of its own', () => {
    let copy;
    jest.isolateModules(() => (copy = require('..')));
    const receivers = [wechatPush, copy, wechatPush, copy].map(({ createReceiver: create }, i) =>
      create(accountOf(i)),
    );
    for (const [i, receiver] of receivers.entries())
      expect(receiver.receive(pushOf(accountOf(i)))).toMatchObject({
        type: 'message',
        account: { appId: `wx${i}` },
      });
  });

  test('those that nobody keeps are closed, and their numbers are given again', async () => {
    // A process of its own has none that other tests opened, and little to collect.
    const script = require.resolve('./support/open-accounts.js');
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, '5', '1000']);
    expect(JSON.parse(stdout)).toEqual({ opened: 5000, highest: expect.any(Number) });
    expect(JSON.parse(stdout).highest).toBeLessThan(3000);
  });
});
