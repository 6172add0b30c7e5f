'use strict';

// Every reply is judged before it is sent: on each way out by the same rules.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { channel } = require('node:diagnostics_channel');
const fc = require('fast-check');
const { createEndpoint, createReceiver, memoryStore, reply } = require('..');
const rules = require('../core/hints.json').replies;
const { openEndpoint } = require('../lib/endpoint/endpoint.js');
const { createGateway } = require('../testing.js');
const { VirtualClock } = require('./support/clock.js');
const { odd } = require('./support/odd-values.js');
const { runs } = require('./support/runs.js');
const { account, modes, push, textMessage } = require('./support/wechat.js');

jest.setTimeout(runs(60_000));

let warn;
beforeEach(() => (warn = jest.spyOn(process, 'emitWarning').mockImplementation()));
afterEach(() => jest.restoreAllMocks());

const bytes = (text) => Buffer.byteLength(text);
const circle = () => {
  const value = { MsgType: 'text' };
  return Object.assign(value, { value });
};
const event = (Event, rest = {}) => ({ ...textMessage, MsgType: 'event', Event, ...rest });
const news = (count) => reply.news(Array.from({ length: count }, () => ({ title: 't', url: 'u' })));

/** By what it is, a value that WeChat would never take, and the rule that it breaks. */
const malformed = {
  'reply.text(undefined)': [() => reply.text(undefined), 'missing_part'],
  "reply.text('')": [() => reply.text(''), 'blank_part'],
  'a blank text': [() => reply.text(' \n\u3000'), 'blank_part'],
  'a blank string': [() => ' \n ', 'blank_part'],
  'an invisible string': [() => '\u200b\ufeff', 'blank_part'],
  'reply.image(undefined)': [() => reply.image(undefined), 'missing_part'],
  'reply.voice(null)': [() => reply.voice(null), 'missing_part'],
  'reply.video({})': [() => reply.video({}), 'missing_part'],
  'reply.music({})': [() => reply.music({}), 'missing_part'],
  'reply.news([])': [() => reply.news([]), 'no_article'],
  'reply.news([{}])': [() => reply.news([{}]), 'missing_part'],
  'reply.transferCustomerService(null)': [() => reply.transferCustomerService(null), 'missing_part'],
  'news without item': [() => ({ MsgType: 'news', ArticleCount: 1, Articles: {} }), 'no_article'],
  'a list as Articles': [() => ({ ...news(1), Articles: [{ Title: 't' }] }), 'wrong_part'],
  'a wrong ArticleCount': [() => ({ ...news(2), ArticleCount: 1 }), 'wrong_count'],
  'an array as Content': [() => reply.text(['a', 'b']), 'wrong_part'],
  'a boolean as Content': [() => reply.text(false), 'wrong_part'],
  'a Map as Content': [() => reply.text(new Map()), 'wrong_part'],
  'a Buffer as Content': [() => reply.text(Buffer.from('a')), 'wrong_part'],
  'a function as Content': [() => reply.text(() => 'a'), 'missing_part'],
  'a promise as Content': [() => reply.text(Promise.resolve('a')), 'promise_in_reply'],
  'an array': [() => ['a'], 'array_reply'],
  '{}': [() => ({}), 'empty_reply'],
  'a class instance': [() => new URLSearchParams('MsgType=text'), 'empty_reply'],
  'an Error': [() => new Error('odd'), 'error_reply'],
  'a Response': [() => new Response('hi'), 'response_reply'],
  'a Map': [() => new Map([['MsgType', 'text']]), 'collection_reply'],
  'a Set': [() => new Set(['a']), 'collection_reply'],
  'a Buffer': [() => Buffer.from('hello'), 'bytes_reply'],
  'an ArrayBuffer': [() => new ArrayBuffer(8), 'bytes_reply'],
  'a function': [() => () => 'hello', 'function_reply'],
  'a circle': [circle, 'unreadable_reply'],
  'a getter that throws': [
    () => Object.defineProperty({}, 'a', { enumerable: true, get: () => JSON.parse('') }),
    'unreadable_reply',
  ],
  'an unknown MsgType': [() => ({ MsgType: 'card', Content: 'a' }), 'unknown_msgtype'],
  'a MsgType in another case': [() => ({ MsgType: 'Text', Content: 'a' }), 'unknown_msgtype'],
  'the form of node-webot': [() => ({ type: 'text', content: 'a' }), 'lowercase_reply'],
  'a name in lower case': [() => ({ MsgType: 'text', content: 'a' }), 'missing_part'],
  'data in answer to a user': [() => ({ ErrCode: 0 }), 'missing_msgtype'],
};

/** By what it is, a good value that cannot go as an answer to a push, or of an account. */
const notTaken = {
  'a text to an InfoType': [{ InfoType: 'authorized', AppId: 'wx1' }, 'hi', 'reply_not_wanted'],
  'a text to unsubscribe': [event('unsubscribe'), 'hi', 'reply_not_wanted'],
  'a text to the result of a job': [event('TEMPLATESENDJOBFINISH'), 'hi', 'reply_not_wanted'],
  'a text to an audit': [event('weapp_audit_success'), 'hi', 'reply_not_wanted'],
  'a text to a payment': [event('xpay_goods_deliver_notify'), 'hi', 'data_wanted'],
  'a page of a mini program': [
    textMessage,
    { MsgType: 'miniprogrampage', miniprogrampage: { title: 't' } },
    'sent_otherwise',
  ],
  'a text to nobody': [event('brand_new', { FromUserName: '' }), 'hi', 'no_addressee'],
  'a text of a mini program': [textMessage, 'hi', 'reply_not_taken', 'mini-program'],
  'an image of a mini game': [textMessage, reply.image('m'), 'reply_not_taken', 'mini-game'],
  'a transfer of a store': [textMessage, reply.transferCustomerService(), 'reply_not_taken', 'store'],
  'a transfer to an event of a mini program': [
    event('brand_new'),
    reply.transferCustomerService(),
    'reply_not_taken',
    'mini-program',
  ],
};

/** By what it is, what goes out to which push of which account. */
const taken = {
  'a text': [textMessage, 'hi'],
  'a number as Content': [textMessage, reply.text(42)],
  'eight articles': [textMessage, news(8)],
  'a text to an event that nobody knows': [event('brand_new'), 'hi'],
  'a text to LOCATION': [event('LOCATION'), 'hi'],
  'a text of an official account': [textMessage, 'hi', 'official-account'],
  'a transfer of a mini program': [textMessage, reply.transferCustomerService(), 'mini-program'],
  'data of a mini game': [event('minigame_coin_deliver_completed'), { ErrCode: 0 }, 'mini-game'],
  'data of a store': [event('brand_new'), { ErrCode: 0 }, 'store'],
  'data with a BigInt': [event('xpay_goods_deliver_notify'), { ErrCode: 0, Id: 2n ** 70n }],
  'addressed data': [event('cancel_comember'), { MsgType: 'event', StatusCode: 0, StatusMsg: 'ok' }],
};

/** A text of so many bytes. */
const letters = {
  ascii: (length) => 'a'.repeat(length),
  chinese: (length) => '好'.repeat(Math.floor(length / 3)) + 'a'.repeat(length % 3),
  emoji: (length) => '😀'.repeat(Math.floor(length / 4)) + 'a'.repeat(length % 4),
};

/** What a store, `onUndelivered` and the channels make of one value, delivered twice. */
async function delivered(value, { message = textMessage, options = {}, format = 'xml' } = {}) {
  const onUndelivered = jest.fn();
  const handler = jest.fn(() => value);
  const endpoint = createEndpoint({ ...modes.plain, onUndelivered, ...options }, handler);
  const sent = push({ message, format });
  const events = listenTo('wechat-push:unsendable', 'wechat-push:undelivered');
  const ask = () => endpoint.handle({ method: 'POST', ...sent });
  const answers = await Promise.all([ask(), ask()]);
  answers.push(await ask());
  await new Promise((resolve) => setImmediate(resolve));
  return { answers, handler, onUndelivered, events: events.end() };
}

function listenTo(...names) {
  const events = [];
  const listen = (one, name) => events.push([name, one]);
  for (const name of names) channel(name).subscribe(listen);
  return {
    end() {
      for (const name of names) channel(name).unsubscribe(listen);
      return events;
    },
  };
}

function receive(message = textMessage, options = modes.plain) {
  const receiver = createReceiver(options);
  return { receiver, outcome: receiver.receive({ method: 'POST', ...push({ message }) }) };
}

function thrownBy(call) {
  try {
    return void call();
  } catch (error) {
    return error;
  }
}

describe.each(Object.entries(malformed))('%s is malformed', (_, [make, rule]) => {
  test('WeChat gets success, the push counts as handled, the owner is told', async () => {
    const value = make();
    const message = rule === 'lowercase_reply' ? event('subscribe') : textMessage;
    const { answers, handler, onUndelivered, events } = await delivered(value, { message });
    for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: 'success' });
    expect(handler).toHaveBeenCalledTimes(1);
    expect(onUndelivered).not.toHaveBeenCalled();
    const context = expect.objectContaining({ attempt: 1 });
    expect(events).toEqual([
      ['wechat-push:unsendable', { value, message, context, rule, detail: expect.any(String) }],
    ]);
  });

  test('respond throws', () => {
    const { receiver, outcome } = receive();
    const error = thrownBy(() => receiver.respond(outcome, make()));
    expect(error).toBeInstanceOf(TypeError);
    const { body } = receiver.respond(outcome);
    expect(error).toMatchObject({
      code: 'ERR_WECHAT_PUSH_REPLY',
      rule,
      outcome: 'malformed',
      message: expect.stringContaining(`wechat-push: ${rule}: `),
      response: { status: 200, body },
    });
    expect(error).not.toHaveProperty('rest');
  });
});

describe.each(Object.entries(notTaken))('%s is not taken', (_, [message, value, rule, platform]) => {
  const options = { ...modes.plain, platform };

  test('WeChat gets success, onUndelivered the value', async () => {
    const { answers, handler, onUndelivered, events } = await delivered(value, { message, options });
    for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: 'success' });
    expect(handler).toHaveBeenCalledTimes(1);
    expect(onUndelivered.mock.calls).toEqual([[value, message, expect.anything(), 'not_taken']]);
    expect(onUndelivered.mock.calls[0][0]).toBe(value);
    expect(events).toEqual([
      ['wechat-push:undelivered', { value, message, context: expect.anything(), reason: 'not_taken' }],
    ]);
  });

  test('respond throws, with what to send instead', () => {
    const { receiver, outcome } = receive(message, options);
    expect(thrownBy(() => receiver.respond(outcome, value))).toMatchObject({
      code: 'ERR_WECHAT_PUSH_REPLY',
      rule,
      outcome: 'not_taken',
      response: { body: 'success' },
    });
  });

  test('the gateway says so of a server that sends it', () => {
    const gateway = createGateway(options);
    const pushed = gateway.request(message).message;
    const reason = gatewayReason(gateway, answerOf(value, pushed), pushed);
    expect(reason).toBe(rule);
  });
});

describe.each(Object.entries(taken))('%s goes out', (_, [message, value, platform]) => {
  test('over HTTP, and the gateway takes it', async () => {
    const options = { ...modes.plain, platform };
    const { answers, onUndelivered, events } = await delivered(value, { message, options });
    expect(events).toEqual([]);
    expect(onUndelivered).not.toHaveBeenCalled();
    for (const { body } of answers) {
      expect(body).not.toBe('success');
      expect(createGateway(options).read(body, message)).not.toBeNull();
    }
  });
});

describe.each(Object.entries(letters))('a text of %s', (_, textOf) => {
  test('of 2,047 bytes goes out whole', async () => {
    const { answers, events } = await delivered(textOf(2047));
    expect(contentOf(answers[0].body)).toBe(textOf(2047));
    expect(events).toEqual([]);
  });

  test.each([2048, 3000, 10_000])('of %d bytes is cut; the rest is handed over once', async (length) => {
    const whole = textOf(length);
    for (const wrap of [(text) => text, reply.text]) {
      const { answers, handler, onUndelivered } = await delivered(wrap(whole));
      const [first, ...others] = answers.map(({ body }) => contentOf(body));
      expect(others).toEqual([first, first]);
      expect(bytes(first)).toBeLessThanOrEqual(2047);
      expect(handler).toHaveBeenCalledTimes(1);
      expect(onUndelivered.mock.calls).toEqual([
        [wrap(whole.slice(first.length)), textMessage, expect.anything(), 'too_long'],
      ]);
      expect(first.isWellFormed()).toBe(true);
    }
  });

  test('that is too long makes respond throw, with both parts', () => {
    const { receiver, outcome } = receive();
    const error = thrownBy(() => receiver.respond(outcome, textOf(2500)));
    expect(error).toMatchObject({ rule: 'long_text', outcome: 'too_long' });
    expect(contentOf(error.response.body) + error.rest).toBe(textOf(2500));
  });

  test('that is too long is named by the gateway', () => {
    const gateway = createGateway(modes.plain);
    expect(gatewayReason(gateway, answerOf(textOf(2047)), textMessage)).toBeUndefined();
    expect(gatewayReason(gateway, answerOf(textOf(2048)), textMessage)).toBe('long_text');
  });
});

test('nine articles are too many: WeChat gets success, onUndelivered all of them', async () => {
  const value = news(9);
  const { answers, onUndelivered } = await delivered(value);
  expect(answers[0].body).toBe('success');
  expect(onUndelivered.mock.calls).toEqual([[value, textMessage, expect.anything(), 'too_long']]);
  const gateway = createGateway(modes.plain);
  expect(gatewayReason(gateway, answerOf(value), textMessage)).toBe('many_articles');
});

test('a long text that comes too late goes to onUndelivered whole, and only once', async () => {
  const onUndelivered = jest.fn();
  let answer, leave;
  const clock = new VirtualClock();
  const handler = () => new Promise((resolve) => (answer = resolve));
  const options = { ...modes.plain, tolerance: 0, onUndelivered };
  const endpoint = openEndpoint(options, handler, { clock });
  const asked = endpoint.handle({ method: 'POST', ...push(), onClose: (listener) => (leave = listener) });
  await clock.pass(0);
  leave();
  await asked;
  answer('a'.repeat(3000));
  await clock.pass(60_000);
  expect(onUndelivered.mock.calls).toEqual([['a'.repeat(3000), textMessage, expect.anything(), 'late']]);
});

test('another process that shares the store answers a retry with the beginning, too', async () => {
  const store = memoryStore();
  const onUndelivered = jest.fn();
  const options = { ...modes.plain, store, onUndelivered };
  const [one, other] = [() => 'a'.repeat(3000), jest.fn()].map((handler) => createEndpoint(options, handler));
  const sent = { method: 'POST', ...push() };
  const { body } = await one.handle(sent);
  expect(contentOf((await other.handle(sent)).body)).toBe(contentOf(body));
  expect(onUndelivered).toHaveBeenCalledTimes(1);
});

describe('without onUndelivered', () => {
  const withoutOne = { options: { onUndelivered: undefined } };

  test('a warning, once for each rule, says what would carry it', async () => {
    for (let i = 0; i < 2; i++) await delivered('a'.repeat(3000), withoutOne);
    expect(warn.mock.calls).toEqual([
      [
        expect.stringMatching(/long_text: .*customer-service.*onUndelivered/),
        { code: 'WECHAT_PUSH_UNDELIVERED' },
      ],
    ]);
  });
});

test('a malformed reply is warned of once, with the name of its rule and what to do', async () => {
  jest.resetModules();
  const fresh = require('..');
  const endpoint = fresh.createEndpoint(modes.plain, () => reply.text(undefined));
  for (let i = 0; i < 3; i++) {
    const message = { ...textMessage, MsgId: String(i + 1) };
    await endpoint.handle({ method: 'POST', ...push({ message }) });
  }
  expect(warn.mock.calls).toEqual([
    [expect.stringMatching(/missing_part: .*Content.*success/), { code: 'WECHAT_PUSH_UNSENDABLE' }],
  ]);
});

describe('a message to the user of a push in JSON', () => {
  const answered = async (platform, value = 'hi') => {
    jest.resetModules();
    const endpoint = require('..').createEndpoint({ ...modes.plain, platform }, () => value);
    const sent = push({ format: 'json' });
    for (let i = 0; i < 2; i++) await endpoint.handle({ method: 'POST', ...sent });
    return warn.mock.calls.map(([text, { code }]) => `${code} ${text}`);
  };

  test('goes out, and is warned of once', async () => {
    expect(await answered()).toEqual([expect.stringMatching(/^WECHAT_PUSH_DOUBTFUL .*'mini-program'/)]);
  });

  test('is fine where the platform is known, or it is none', async () => {
    expect(await answered('official-account')).toEqual([]);
    expect(await answered(undefined, reply.transferCustomerService())).toEqual([]);
  });
});

describe('the gateway, whose tests would otherwise stay green', () => {
  test.each([
    ['an empty Content', { MsgType: 'text', Content: '' }, 'blank_part'],
    ['no Content', { MsgType: 'text' }, 'missing_part'],
    ['an unknown MsgType', { MsgType: 'card' }, 'unknown_msgtype'],
    ['no MediaId', { MsgType: 'image', Image: { MediaId: '' } }, 'blank_part'],
    ['news without an article', { MsgType: 'news', ArticleCount: 0, Articles: { item: [] } }, 'no_article'],
    ['an empty object', {}, 'malformed_reply'],
  ])('names %s', (_, value, reason) => {
    for (const format of ['xml', 'json']) {
      const gateway = createGateway({ ...modes.plain, format });
      const body = answerOf(value, textMessage, format);
      expect(['malformed_reply', 'empty_reply', reason]).toContain(gatewayReason(gateway, body, textMessage));
      if (format === 'xml') expect(gatewayReason(gateway, body, textMessage)).toBe(reason);
    }
  });
});

test('option platform: one of the names, else what was probably meant', () => {
  for (const platform of ['official-account', 'mini-program', 'mini-game', 'store'])
    for (const make of [createReceiver, createEndpoint, createGateway])
      expect(() => make({ ...account, platform })).not.toThrow();
  for (const [given, said] of [
    ['mini-programm', "did you mean 'mini-program'?"],
    ['miniprogram', "did you mean 'mini-program'?"],
    ['qq', "must be one of 'official-account', 'mini-program', 'mini-game', 'store', 'third-party', 'wecom'"],
    [1, 'must be one of'],
    ['', 'must be one of'],
  ]) {
    const error = thrownBy(() => createEndpoint({ ...account, platform: given }));
    expect(error).toMatchObject({ code: 'ERR_WECHAT_PUSH_OPTIONS', option: 'platform' });
    expect(error.message).toContain(said);
  }
});

describe('whatever a handler returns', () => {
  // It has a `then` that never calls back.
  const { 'proxy that is endless': _, ...makers } = odd;
  /** What makes a value: some throw when they are only looked at. */
  const anything = fc.oneof(
    fc.constantFrom(...Object.values(makers)),
    fc.constantFrom(...Object.values(makers)).map((make) => () => ({ MsgType: 'text', Content: make() })),
    ...[
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }),
      fc.string({ unit: 'binary', maxLength: 3000 }),
      fc.record({
        MsgType: fc.constantFrom('text', 'image', 'news', 'event', 'odd'),
        Content: fc.anything(),
      }),
      fc.record({
        MsgType: fc.constant('news'),
        ArticleCount: fc.nat({ max: 10 }),
        Articles: fc.record({ item: fc.array(fc.record({ Title: fc.string() }), { maxLength: 10 }) }),
      }),
    ].map((values) => values.map((value) => () => value)),
  );
  const messages = fc.constantFrom(textMessage, event('subscribe'), event('xpay_coin_pay_notify'), {
    InfoType: 'authorized',
    AppId: 'wx1',
  });
  const platforms = fc.constantFrom(undefined, 'official-account', 'mini-program', 'mini-game', 'store');

  test('WeChat gets success or what the gateway takes; nothing is thrown', async () => {
    await fc.assert(
      fc.asyncProperty(
        anything,
        messages,
        platforms,
        fc.constantFrom('xml', 'json'),
        async (make, message, platform, format) => {
          const value = make();
          const options = { ...modes.plain, platform, store: memoryStore({ max: 10 }), onUndelivered() {} };
          const endpoint = createEndpoint(options, () => value);
          const response = await endpoint.handle({ method: 'POST', ...push({ message, format }) });
          if (response.status === 500) {
            // A handler that returns what throws when it is asked for `then` is one that throws.
            expect(await Promise.resolve(value).catch(() => 'fails')).toBe('fails');
            return;
          }
          expect(response).toMatchObject({ status: 200 });
          const gateway = createGateway({ ...modes.plain, platform, format });
          expect(() => gateway.read(response.body, message)).not.toThrow();
        },
      ),
      { numRuns: runs(1500) },
    );
  });
});

test.each(['docs/replies.md', 'docs/replies.zh-CN.md'])('%s has every rule', (file) => {
  const page = fs.readFileSync(path.join(__dirname, '..', file), 'utf8');
  for (const rule of Object.keys(rules)) expect(page).toContain(`| \`${rule}\``);
});

test('the pages are up to date', () => {
  const args = ['scripts/generate-replies.js', '--check'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: path.join(__dirname, '..'),
    encoding: 'utf8',
  });
  expect([status, stdout + stderr]).toEqual([0, '']);
});

test('every rule is met here or in the tests of the core', () => {
  const met = [...Object.values(malformed), ...Object.values(notTaken)].map((row) => row.find(isRule));
  const elsewhere = [
    'long_text',
    'many_articles',
    'passive_json',
    'data_not_wanted',
    'nested_array',
    'element_name',
    'update_wanted',
    'update_not_wanted',
    'many_items',
    // Of bots: bots.test.js.
    'early_images',
    'long_part',
    'no_bot_reply',
    'other_card',
    'other_stream',
    'stream_wanted',
    'unknown_bot_reply',
    'welcome_not_wanted',
    'welcome_wanted',
  ];
  expect(new Set([...met, ...elsewhere])).toEqual(new Set(Object.keys(rules)));
});

function isRule(value) {
  return Object.hasOwn(rules, String(value));
}

/** The text in a plaintext reply in XML. */
function contentOf(body) {
  return body.match(/<Content><!\[CDATA\[(.*)\]\]><\/Content>/s)[1];
}

/** What a server that does not judge would answer. */
function answerOf(value, message = textMessage, format = 'xml') {
  const own = typeof value === 'string' ? reply.text(value) : value;
  const { FromUserName: ToUserName = '', ToUserName: FromUserName = '' } = message;
  const whole = own.MsgType ? { ToUserName, FromUserName, CreateTime: 1, ...own } : own;
  return format === 'json' ? JSON.stringify(whole) : `<xml>${elements(whole)}</xml>`;
}

function elements(object) {
  return Object.entries(object)
    .flatMap(([name, value]) => [value].flat().map((one) => `<${name}>${inside(one)}</${name}>`))
    .join('');
}

function inside(value) {
  return typeof value === 'object' ? elements(value) : `<![CDATA[${value}]]>`;
}

/** Why WeChat would not take it; undefined when it would. */
function gatewayReason(gateway, body, message) {
  const error = thrownBy(() => gateway.read(body, message));
  if (error) expect(error.code).toBe('ERR_WECHAT_PUSH_ANSWER');
  return error?.reason;
}
