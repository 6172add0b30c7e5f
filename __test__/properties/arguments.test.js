'use strict';

// Whatever a caller gives to whatever is exported: a documented result, or a TypeError with a code of ours.
// An error of V8, Node or Rust from deep inside helps nobody.

const { createHash } = require('node:crypto');
const { once } = require('node:events');
const { Worker } = require('node:worker_threads');
const fc = require('fast-check');
const api = require('../..');
const testing = require('../../testing.js');
const engine = require('../../lib/engine/index.js');
const { odd, withThrowing } = require('../support/odd-values.js');
const { runs } = require('../support/runs.js');
const { account, modes, push, textMessage } = require('../support/wechat.js');
const { bot, encryptBytes } = require('../support/wecom-bot.js');

const OURS = /^ERR_WECHAT_PUSH_(OPTIONS|REPLY|MESSAGE|ANSWER|MEDIA)$/;

const oddName = fc.constantFrom(...Object.keys(odd));

const receiver = api.createReceiver(account);
const gateway = testing.createGateway(account);
const outcome = receiver.receive({ method: 'POST', ...push({ encrypted: true }) });
const query = Object.fromEntries(new URL(`http://a${push().url}`).searchParams);
const routed = api.route({ text: () => 'text', default: () => 'default' });

beforeAll(() => jest.spyOn(process, 'emitWarning').mockImplementation());
afterAll(() => jest.restoreAllMocks());

/** Threads that write until they are ended. */
const scribblers = [];
afterEach(() => Promise.all(scribblers.splice(0).map((worker) => worker.terminate())));

/** Each exported function, with good arguments, of which one after the other is made odd. */
const functions = {
  checkPush: [api.checkPush, [query, account.token], expect.any(Boolean)],
  messagePush: [api.messagePush, [account, () => 'hi'], expect.any(Function)],
  createReceiver: [api.createReceiver, [account], { receive: expect.any(Function) }],
  explainPush: [api.explainPush, [push().url, account, { lang: 'en' }], { ok: expect.any(Boolean) }],
  route: [api.route, [{ text: () => {} }], expect.any(Function)],
  'what route returns': [routed, [textMessage, {}], expect.stringMatching(/text|default/)],
  decryptMedia: [api.decryptMedia, [encryptBytes(Buffer.from('a')), bot], expect.any(Uint8Array)],
  verifyPayEventSig: [api.verifyPayEventSig, [{ MiniGame: {} }, 'key'], expect.any(Boolean)],
  receive: [receiver.receive, [{ method: 'POST', ...push() }], { type: expect.any(String) }],
  respond: [receiver.respond, [outcome, { MsgType: 'text', Content: 'a' }, 1714036504], { status: 200 }],
  createGateway: [testing.createGateway, [account], { request: expect.any(Function) }],
  handshakeRequest: [gateway.handshakeRequest, [{ url: '/' }], { method: 'GET' }],
  request: [gateway.request, [textMessage, { url: '/' }], { method: 'POST' }],
};
/** What bots are answered with says otherwise what it is. */
const SAYS = { stream: 'msgtype', card: 'msgtype', updateCard: 'response_type' };
for (const [name, build] of Object.entries(api.reply)) {
  functions[`reply.${name}`] = [build, [[{}]], { [SAYS[name] ?? 'MsgType']: expect.any(String) }];
}

describe.each(Object.entries(functions))('%s', (_, [call, good, result]) => {
  test('takes what is right', () => expectResult(call(...good), result));

  test('takes or refuses whatever else', () => {
    for (let place = 0; place <= good.length; place++) {
      for (const [name, make] of Object.entries(odd)) {
        const given = [...good];
        given[place] = make();
        expectResultOrOurs(`argument ${place}: ${name}`, () => call(...given), result);
      }
    }
  });
});

/** Functions that take an object: each of its properties odd, or throwing. */
const objects = {
  'options of messagePush': [
    (options) => api.messagePush(options),
    {
      ...account,
      mode: 'secure',
      platform: 'store',
      tolerance: 1,
      bodyLimit: 9,
      replyWindow: 5000,
      store: 1,
      onUndelivered: 1,
      onReject: 1,
    },
  ],
  'options of createReceiver': [
    api.createReceiver,
    { ...account, mode: 'secure', tolerance: 1, bodyLimit: 9 },
  ],
  'options of createGateway': [
    testing.createGateway,
    { ...account, format: 'xml', timeout: 1, attempts: 1, timeScale: 1, retry: 'same' },
  ],
  'options of request': [(options) => gateway.request(textMessage, options), { url: '/' }],
  'options of handshakeRequest': [gateway.handshakeRequest, { url: '/' }],
  'options of explainPush': [(options) => api.explainPush('?', account, options), { lang: 'zh' }],
  'account of explainPush': [(one) => api.explainPush('?', one), { ...account, name: 'a', mode: 'plain' }],
  'one account of several': [(one) => api.explainPush('?', [account, one]), { ...account, name: 'a' }],
  'request of explainPush': [
    (request) => api.explainPush(request, account),
    { method: 'POST', url: '/', body: '', rawBody: '', now: 1 },
  ],
  'query of explainPush': [(given) => api.explainPush(given, account), query],
  'query of checkPush': [(given) => api.checkPush(given, account.token), query],
  'handlers of route': [api.route, { text: () => {}, default: () => {} }],
  'message of route': [routed, { MsgType: 'event', Event: 'a', InfoType: 'b' }],
  'message of verifyPayEventSig': [
    (message) => api.verifyPayEventSig(message, 'key'),
    { Event: 'a', MiniGame: {} },
  ],
  'request of receive': [receiver.receive, { method: 'POST', ...push(), now: 1 }],
  'outcome of respond': [receiver.respond, { type: 'handshake', echostr: 'a', status: 200 }],
  'rejection of respond': [receiver.respond, { type: 'rejected', status: 400 }],
  'value of respond': [
    (value) => receiver.respond(outcome, value),
    { MsgType: 'text', Content: 'a', Articles: {} },
  ],
  'message of request': [gateway.request, textMessage],
  'options of reply.stream': [
    (options) => api.reply.stream('a', options),
    { card: {}, images: [Buffer.from('a')], feedback: 'b' },
  ],
  'options of reply.card': [(options) => api.reply.card({}, options), { feedback: 'a' }],
  'options of reply.updateCard': [
    (options) => api.reply.updateCard({}, options),
    { userIds: ['a'], feedback: 'b' },
  ],
  'account of decryptMedia': [
    (of) => api.decryptMedia(encryptBytes(Buffer.from('a')), of),
    { encodingAESKey: bot.encodingAESKey },
  ],
  'reply.video': [api.reply.video, { mediaId: 'a', title: 'b', description: 'c' }],
  'reply.news': [(article) => api.reply.news([article]), { title: 'a', url: 'b' }],
};

describe.each(Object.entries(objects))('%s', (_, [call, good]) => {
  const properties = Object.keys(good);

  test.each(properties)('%s is odd, or throws', (property) => {
    for (const [name, make] of Object.entries(odd)) {
      expectResultOrOurs(name, () => call({ ...good, [property]: make() }));
    }
    expectResultOrOurs('throws', () => call(withThrowing([property], good)));
  });
});

describe('functions that return a promise', () => {
  const url = 'http://127.0.0.1:1/';
  const calls = {
    'url of handshake': (value) => gateway.handshake(value),
    'url of push': (value) => gateway.push(value, textMessage),
    'message of push': (value) => gateway.push(url, value, { attempts: 1 }),
    'options of push': (value) => gateway.push(url, textMessage, value),
    'attempts of push': (value) => gateway.push(url, textMessage, { attempts: value }),
  };

  test.each(Object.entries(calls))('%s', async (_, call) => {
    for (const make of Object.values(odd)) {
      const settled = await call(make()).catch((error) => expectOurs(error));
      if (settled) expect(settled.error).toEqual({ reason: expect.any(String), detail: expect.any(String) });
    }
  });
});

test('read() of the gateway', () => {
  for (const make of Object.values(odd)) {
    for (const given of [[make()], [make(), textMessage], ['success', make()]]) {
      try {
        gateway.read(...given);
      } catch (error) {
        // That WeChat would not take the body is told by an Error; that it is no body, by a TypeError.
        expect(error).toMatchObject({
          code: expect.stringMatching(OURS),
          message: expect.stringMatching(/^wechat-push: /),
        });
      }
    }
  }
});

describe('the addon', () => {
  const opened = engine.openAccount(optionsOfTheAddon());
  const check = engine.checker(account.token);
  const ofAnAccount = [
    'receiveHandshake',
    'receiveMessage',
    'checkUrl',
    'plaintext',
    'reply',
    'handshakeRequest',
    'pushRequest',
    'readAnswer',
  ];
  const bound = ofAnAccount.map((name) => [name, (...given) => engine[name](opened.number, ...given)]);
  const unbound = ofAnAccount.map((name) => [`${name} of any account`, engine[name]]);
  const callbacks = {
    ...Object.fromEntries([...bound, ...unbound]),
    check,
    digest: engine.digest,
    split: engine.split,
  };

  // They read strings and bytes, and run nothing of what they were given.
  test.each(Object.keys(callbacks))('%s throws for nothing', (name) => {
    fc.assert(
      fc.property(fc.array(oddName, { maxLength: 5 }), (names) => {
        callbacks[name](...names.map((one) => odd[one]()));
      }),
      { numRuns: runs(60) },
    );
  });

  // Only lib/ calls the rest, with what it has checked; the process has to live all the same.
  test.each(Object.keys(engine))('%s leaves the process as it was', (name) => {
    const options = Object.keys(optionsOfTheAddon());
    fc.assert(
      fc.property(fc.array(oddName, { maxLength: 5 }), fc.constantFrom(...options), (names, option) => {
        const given = names.map((one) => odd[one]());
        attempt(() => engine[name](...given));
        attempt(() => engine[name]({ ...optionsOfTheAddon(), [option]: given[0] }));
      }),
      { numRuns: runs(60) },
    );
    expect(check(query.signature, query.timestamp, query.nonce)).toBe(true);
    expect(receiver.receive({ method: 'POST', ...push({ encrypted: true }) }).message).toEqual(textMessage);
  });
});

test('a body that another thread writes to is read once: its id is that of the message', async () => {
  const { url, body } = push({
    message: { MsgType: 'event', Event: 'subscribe', EventKey: 'a'.repeat(400_000) },
  });
  const shared = new SharedArrayBuffer(body.length);
  Buffer.from(shared).write(body);
  const at = body.lastIndexOf('a]]>');
  const worker = new Worker(scribbler, { eval: true, workerData: { shared, at } });
  scribblers.push(worker);
  await once(worker, 'message');
  const seen = new Set();
  for (let i = 0; i < runs(300); i++) {
    const request = { method: 'POST', url, body: new Uint8Array(shared) };
    const { id, message } = api.createReceiver(modes.plain).receive(request);
    const letter = message.EventKey.at(-1);
    expect(id).toBe(sha1(body.slice(0, at) + letter + body.slice(at + 1)));
    seen.add(letter);
  }
  expect(seen).toEqual(new Set(['a', 'b']));
});

/** Writes one letter and another in turns. */
const scribbler = `
  const { parentPort, workerData: { shared, at } } = require('node:worker_threads');
  const bytes = new Uint8Array(shared);
  parentPort.postMessage('writing');
  for (let i = 0; ; i++) Atomics.store(bytes, at, 97 + ((i >> 13) & 1));`;

/** What lib/options.js hands over. */
function optionsOfTheAddon() {
  return {
    tokens: [account.token],
    encodingAesKeys: [account.encodingAESKey],
    appId: account.appId,
    mode: 'secure',
    platform: 'mini-program',
    tolerance: 300,
    bodyLimit: 1024,
  };
}

function sha1(text) {
  return createHash('sha1').update(text).digest('hex');
}

function attempt(call) {
  try {
    call();
  } catch {
    // What it says is for whoever works on lib/.
  }
}

/** `what` is shown when it fails. */
function expectResultOrOurs(what, call, expected) {
  let value;
  try {
    value = call();
  } catch (error) {
    return void expectOurs(error, what);
  }
  if (expected) expectResult(value, expected, what);
}

function expectResult(value, expected, what) {
  const asked = typeof expected.asymmetricMatch === 'function' ? expected : expect.objectContaining(expected);
  expect({ what, value }).toEqual({ what, value: asked });
}

/** The message is ours as well: what a value throws may hold a secret. */
function expectOurs(error, what) {
  const isTypeError = error instanceof TypeError;
  expect({ what, isTypeError, code: error.code, message: error.message }).toEqual({
    what,
    // Bytes of the right type that do not open.
    isTypeError: error.code !== 'ERR_WECHAT_PUSH_MEDIA',
    code: expect.stringMatching(OURS),
    message: expect.stringMatching(/^wechat-push: /),
  });
}
