'use strict';

const { runInNewContext } = require('node:vm');
const { createHmac } = require('node:crypto');
const { createReceiver, messagePush, reply, route, verifyPayEventSig } = require('..');
const { closeServers, hosts, serve } = require('./support/servers.js');
const { account, modes, openReply, post, push, textMessage, write } = require('./support/wechat.js');

/** What every mode takes: its name, the data format, whether the push is sealed. */
const accepted = [
  ['plain', 'xml', false],
  ['plain', 'json', false],
  ['compat', 'xml', false],
  ['compat', 'json', false],
  ['compat', 'xml', true],
  ['compat', 'json', true],
  ['secure', 'xml', true],
  ['secure', 'json', true],
];

const wrongOption = (option) => expect.objectContaining({ code: 'ERR_WECHAT_PUSH_OPTIONS', option });

afterEach(closeServers);

// On node:http alone: ./conformance has a little of everything for each host.
describe('messagePush', () => {
  describe.each(accepted)('in %s mode, %s, sealed: %s', (mode, format, encrypted) => {
    /** Serves a handler that returns `value`; resolves to the answer to one push. */
    async function answerTo(value, message = textMessage) {
      const origin = await serve(messagePush(modes[mode], () => value));
      return post(origin, push({ message, format, encrypted }));
    }

    test('a text message reaches the handler, with its context', async () => {
      const handler = jest.fn();
      let request;
      const middleware = messagePush(modes[mode], handler);
      const origin = await serve((req, res) => {
        request = req;
        middleware(req, res);
      });
      const sent = push({ format, encrypted, url: '/wx' });
      expect(await post(origin, sent)).toMatchObject({ status: 200, text: 'success' });

      expect(handler).toHaveBeenCalledTimes(1);
      const [message, context] = handler.mock.calls[0];
      expect(message).toEqual(textMessage);
      expect(context.id).toBe('4561255354251345929oUser_1-2gh_0123456789ab1714036504');
      expect(context.raw).toBe(
        write(textMessage, format).replace('"4561255354251345929"', '4561255354251345929'),
      );
      expect(context.format).toBe(format);
      expect(context.encrypted).toBe(encrypted);
      expect(context.query).toEqual(Object.fromEntries(new URL(sent.url, origin).searchParams));
      expect(context.request).toBe(request);
    });

    test.each([
      ['undefined', undefined],
      ['null', null],
      ["''", ''],
      ["'success'", 'success'],
      ['a number', 42],
      ['true', true],
    ])('%s is answered with success, in plaintext', async (__, value) => {
      expect(await answerTo(value)).toMatchObject({
        status: 200,
        type: 'text/plain; charset=utf-8',
        text: 'success',
      });
    });

    test.each([
      ['a string', 'a ]]> b <c> & 你好 😀', { MsgType: 'text', Content: 'a ]]> b <c> & 你好 😀' }],
      ['a promise', Promise.resolve('later'), { MsgType: 'text', Content: 'later' }],
      ['reply.text', reply.text('hello'), { MsgType: 'text', Content: 'hello' }],
      ['reply.image', reply.image('m1'), { MsgType: 'image', Image: { MediaId: 'm1' } }],
      ['reply.voice', reply.voice('m2'), { MsgType: 'voice', Voice: { MediaId: 'm2' } }],
      [
        'reply.video',
        reply.video({ mediaId: 'm3', title: 't', description: 'd' }),
        { MsgType: 'video', Video: { MediaId: 'm3', Title: 't', Description: 'd' } },
      ],
      [
        'reply.video without title',
        reply.video({ mediaId: 'm3' }),
        { MsgType: 'video', Video: { MediaId: 'm3' } },
      ],
      [
        'reply.music',
        reply.music({ thumbMediaId: 'm4', title: 't', description: 'd', musicUrl: 'u', hqMusicUrl: 'h' }),
        {
          MsgType: 'music',
          Music: { Title: 't', Description: 'd', MusicUrl: 'u', HQMusicUrl: 'h', ThumbMediaId: 'm4' },
        },
      ],
      [
        'reply.news',
        reply.news([
          { title: 't1', description: 'd', picUrl: 'p', url: 'u' },
          { title: 't2', url: 'u2' },
        ]),
        {
          MsgType: 'news',
          ArticleCount: 2,
          Articles: {
            item: [
              { Title: 't1', Description: 'd', PicUrl: 'p', Url: 'u' },
              { Title: 't2', Url: 'u2' },
            ],
          },
        },
      ],
      [
        'reply.transferCustomerService',
        reply.transferCustomerService(),
        { MsgType: 'transfer_customer_service' },
      ],
      [
        'reply.transferCustomerService with an account',
        reply.transferCustomerService('kf@x'),
        { MsgType: 'transfer_customer_service', TransInfo: { KfAccount: 'kf@x' } },
      ],
      [
        'an object that names other people',
        { ToUserName: 'x', FromUserName: 'y', CreateTime: 1, MsgType: 'text', Content: 'z' },
        { MsgType: 'text', Content: 'z' },
      ],
    ])('%s goes back to the user as a passive reply', async (__, value, own) => {
      const answer = await answerTo(value);
      const { fields, time } = read(answer, format, encrypted);
      expect(fields).toEqual(
        inFormat(
          { ToUserName: 'oUser_1-2', FromUserName: 'gh_0123456789ab', CreateTime: time, ...own },
          format,
        ),
      );
      expect(Math.abs(time - Date.now() / 1000)).toBeLessThan(60);
    });

    test.each([
      ['an ErrCode object', { ErrCode: 0, ErrMsg: 'success' }],
      ['a nested object', { ret_code: 'OK', info: { list: ['a', 'b'], done: true } }],
    ])('%s is sent as it is', async (__, value) => {
      const message = { ...textMessage, MsgType: 'event', Event: 'xpay_goods_deliver_notify' };
      const { fields } = read(await answerTo(value, message), format, encrypted);
      expect(fields).toEqual(inFormat(value, format));
    });

    test('a mini-game delivery is answered in plaintext', async () => {
      const message = { ...textMessage, MsgType: 'event', Event: 'minigame_coin_deliver_completed' };
      const value = { ErrCode: 0, ErrMsg: 'Success' };
      const { fields } = read(await answerTo(value, message), format, false);
      expect(fields).toEqual(inFormat(value, format));
    });
  });
});

describe('messagePush without a handler', () => {
  test.each(accepted)(
    'in %s mode, %s, sealed: %s, what comes next replies',
    async (mode, format, encrypted) => {
      const seen = jest.fn();
      const middleware = messagePush(modes[mode]);
      const origin = await serve((req, res) =>
        middleware(req, res, () => {
          const { message, context, reply: answer } = req.wechat;
          seen(message, context.id, context.request === req);
          answer(`you said ${message.Content}`);
        }),
      );
      const answer = await post(origin, push({ format, encrypted }));
      expect(seen.mock.calls).toEqual([[textMessage, expect.stringMatching(/^4561255354251345929/), true]]);
      expect(answer.status).toBe(200);
      expect(encrypted ? openReply(answer.text, account) : answer.text).toContain('you said ');
    },
  );

  test('where nothing comes next, the answer is 500', async () => {
    const origin = await serve(hosts['node:http'](messagePush(modes.plain)));
    expect((await post(origin, push())).status).toBe(500);
  });
});

describe('compat mode', () => {
  test('of an encrypted push only the decrypted part counts', async () => {
    const handler = jest.fn();
    const origin = await serve(messagePush(modes.compat, handler));
    const messages = [textMessage, { ...textMessage, MsgId: '4561255354251345930' }];
    for (const [i, format] of ['xml', 'json'].entries()) {
      const beside = { ...textMessage, Content: 'forged' };
      await post(origin, push({ message: messages[i], format, encrypted: true, beside }));
    }
    expect(handler.mock.calls.map(([message]) => message)).toEqual(messages);
  });
});

describe('two keys and two tokens', () => {
  const previous = {
    ...account,
    token: 'previous',
    encodingAESKey: 'OlderKeyForTests0123456789abcdefghijklmnopq',
  };
  const both = {
    ...account,
    token: [account.token, previous.token],
    encodingAESKey: [account.encodingAESKey, previous.encodingAESKey],
  };

  test.each([
    ['current', account],
    ['previous', previous],
  ])('a push of the %s pair is opened, and answered with the same pair', async (_, by) => {
    const origin = await serve(messagePush(both, () => 'hello'));
    const answer = await post(origin, push({ account: by, encrypted: true }));
    expect(openReply(answer.text, by)).toContain('<![CDATA[hello]]>');
  });
});

describe('route', () => {
  const keys = ['text', 'event.subscribe', 'event', 'info.component_verify_ticket', 'info', 'default'];
  const routed = route(
    Object.fromEntries(keys.map((key) => [key, (message, context) => [key, message, context]])),
  );
  const context = { id: '1' };

  test.each([
    [{ MsgType: 'text' }, 'text'],
    [{ MsgType: 'image' }, 'default'],
    [{ MsgType: 'event', Event: 'subscribe' }, 'event.subscribe'],
    [{ MsgType: 'event', Event: 'SCAN' }, 'event'],
    [{ MsgType: 'event' }, 'event'],
    [{ MsgType: 'Text' }, 'default'],
    [{ InfoType: 'component_verify_ticket' }, 'info.component_verify_ticket'],
    [{ InfoType: 'authorized' }, 'info'],
    [{}, 'default'],
  ])('%j goes to %s', (message, key) => {
    expect(routed(message, context)).toEqual([key, message, context]);
  });

  test('falls from event and info to default', () => {
    const rest = route({ default: () => 'rest' });
    expect(rest({ MsgType: 'event', Event: 'subscribe' })).toBe('rest');
    expect(rest({ InfoType: 'authorized' })).toBe('rest');
  });

  test.each([['constructor'], ['toString'], ['__proto__'], ['hasOwnProperty']])(
    'the name %s is none of the handlers',
    (name) => {
      expect(route({})({ MsgType: name })).toBeUndefined();
      expect(route({})({ MsgType: 'event', Event: name })).toBeUndefined();
      expect(routed({ MsgType: name })[0]).toBe('default');
      expect(routed({ MsgType: 'event', Event: name })[0]).toBe('event');
    },
  );

  test.each([[7], ['text'], [null], [undefined], [{}]])('the value %j is an error', (value) => {
    expect(() => route({ text: value })).toThrow(TypeError);
    expect(() => route({ text: value })).toThrow(wrongOption("route['text']"));
  });

  test('is a handler like any other', async () => {
    const handlers = route({
      text: ({ Content }) => `text ${Content}`,
      'event.subscribe': async (message, { id }) => reply.text(`welcome ${id.length}`),
    });
    const origin = await serve(messagePush(modes.secure, handlers));
    const event = {
      ToUserName: 'gh',
      FromUserName: 'o',
      CreateTime: 1,
      MsgType: 'event',
      Event: 'subscribe',
    };
    const answers = {};
    for (const [name, message] of Object.entries({ text: { ...textMessage, Content: 'hi' }, event })) {
      answers[name] = openReply((await post(origin, push({ message, encrypted: true }))).text, account);
    }
    expect(answers.text).toContain('<Content><![CDATA[text hi]]></Content>');
    expect(answers.event).toContain('<Content><![CDATA[welcome 40]]></Content>');
    const image = { ...textMessage, MsgType: 'image', MsgId: '4561255354251345930' };
    expect((await post(origin, push({ message: image, encrypted: true }))).text).toBe('success');
  });
});

describe('verifyPayEventSig', () => {
  const appKey = 'pay-key';
  const Event = 'minigame_coin_deliver_completed';
  const Payload = '{"OpenId":"o1","Env":0,"Name":"你好"}';
  const PayEventSig = createHmac('sha256', appKey).update(`${Event}&${Payload}`).digest('hex');
  const delivery = {
    ToUserName: 'gh',
    FromUserName: 'o',
    CreateTime: 1714036504,
    MsgType: 'event',
    Event,
    MiniGame: { Payload, PayEventSig, IsMock: false },
  };
  const withGame = (more) => ({ ...delivery, MiniGame: { ...delivery.MiniGame, ...more } });

  test.each([['xml'], ['json']])('accepts what was signed and pushed as %s', (format) => {
    const receiver = createReceiver(modes.secure);
    const { url, body } = push({ message: delivery, format, encrypted: true });
    const outcome = receiver.receive({ method: 'POST', url, body });
    expect(outcome.message).toEqual(delivery);
    expect(verifyPayEventSig(outcome.message, appKey)).toBe(true);
    expect(verifyPayEventSig(outcome.message, 'pay-kez')).toBe(false);
  });

  test.each([
    ['another event', { ...delivery, Event: 'minigame_h5_goods_deliver_notify' }],
    ['another payload', withGame({ Payload: `${Payload} ` })],
    ['a payload that was parsed', withGame({ Payload: JSON.parse(Payload) })],
    ['upper-case hex', withGame({ PayEventSig: PayEventSig.toUpperCase() })],
    ['half a signature', withGame({ PayEventSig: PayEventSig.slice(32) })],
    ['an empty signature', withGame({ PayEventSig: '' })],
    ['no signature', withGame({ PayEventSig: undefined })],
    ['no MiniGame', textMessage],
    ['a MiniGame that is text', { ...delivery, MiniGame: 'x' }],
    ['an empty message', {}],
    ['null', null],
    ['undefined', undefined],
  ])('refuses %s', (_, message) => {
    expect(verifyPayEventSig(message, appKey)).toBe(false);
  });

  test.each([[undefined], [null], [''], [7], [['pay-key']]])(
    'throws a TypeError for the AppKey %j',
    (wrong) => {
      expect(() => verifyPayEventSig(delivery, wrong)).toThrow(TypeError);
    },
  );
});

describe('createReceiver', () => {
  const now = 1714036504;
  const timestamp = String(now);

  describe.each(accepted)('in %s mode, %s, sealed: %s', (mode, format, encrypted) => {
    const receiver = createReceiver(modes[mode]);
    const { url, body } = push({ format, encrypted, timestamp });
    const bytes = Buffer.from(body);

    test.each([
      ['a string', body],
      ['a Buffer', bytes],
      ['a Uint8Array', new Uint8Array(bytes)],
      ['a part of a larger array', Uint8Array.from([60, ...bytes, 62]).subarray(1, -1)],
      ['text after a BOM', `\ufeff${body}`],
    ])('takes %s', (_, given) => {
      const outcome = receiver.receive({ method: 'POST', url, body: given, now });
      expect(outcome).toMatchObject({ type: 'message', message: textMessage, format, encrypted });
      expect(outcome.query).toMatchObject({ timestamp, nonce: expect.stringMatching(/^15147\d{5}$/) });
      expect(outcome.raw).toContain('你好 😀');

      const response = receiver.respond(outcome, reply.text('hi'), now + 2);
      expect(response).toMatchObject({
        status: 200,
        headers: {
          'Content-Type': `application/${format}; charset=utf-8`,
        },
      });
      const answer = { status: 200, type: response.headers['Content-Type'], text: response.body };
      expect(read(answer, format, encrypted).time).toBe(now + 2);
      if (encrypted) expect(response.body).toMatch(/TimeStamp"?[>:]1714036506[<,]/);
      expect(receiver.respond(outcome)).toMatchObject({ status: 200, body: 'success' });
    });

    test('takes the object of a parser', () => {
      const small = { ...textMessage, MsgId: '123' };
      const sent = push({ message: small, format, encrypted, timestamp });
      const parsed = format === 'json' ? JSON.parse(sent.body) : { xml: parsedXml(sent.body) };
      const outcome = receiver.receive({ method: 'POST', url: sent.url, body: parsed, now });
      expect(outcome).toMatchObject({ type: 'message', message: small, format, encrypted });
    });

    test.each([
      ['Chinese', '今天的天气怎么样？'],
      ['ASCII', 'fine, thanks. '],
      ['emoji', 'a😀'],
      ['what JSON escapes', '"\\\n<&>\t'],
    ])('long texts of %s come through whole, wherever they stand', (_, text) => {
      const long = (size) => text.repeat(Math.ceil(size / Buffer.byteLength(text)));
      const texts = {
        Content: long(300_000),
        Title: `.${long(32_768)}`,
        Inner: { Url: `..${long(16_384)}` },
      };
      const message = { ...textMessage, ...texts, MsgKind: long(16_000), Twice: ['x', `...${long(20_000)}`] };
      const sent = push({ message, format, encrypted, timestamp });
      const outcome = receiver.receive({ method: 'POST', ...sent, now });
      expect(outcome.message).toEqual(message);
    });

    test('what looks like the place of a long text is none', () => {
      const content = '0123456789abcdef'.repeat(2000);
      const marked = Array.from({ length: 12 }, (unused, i) => [`F${i}`, `\x1f${11 - i}`]);
      const message = {
        ...textMessage,
        C: '\x1f',
        Content: content,
        D: 'x\x1f0',
        ...Object.fromEntries(marked),
      };
      const sent = push({ message, format, encrypted, timestamp });
      expect(receiver.receive({ method: 'POST', ...sent, now }).message).toEqual(message);
      const alone = push({ message: { ...textMessage, A: '\x1f0' }, format, encrypted, timestamp });
      expect(receiver.receive({ method: 'POST', ...alone, now }).message.A).toBe('\x1f0');
    });

    test('refuses what was signed for another body or account', () => {
      const other = createReceiver({ ...modes[mode], token: 'other' });
      expect(other.receive({ method: 'POST', url, body, now })).toMatchObject({
        type: 'rejected',
        code: -40001,
      });
      expect(receiver.receive({ method: 'POST', url, now })).toMatchObject({
        reason: 'empty_body',
        status: 400,
      });
    });
  });

  test.each([
    [undefined, 300, true],
    [undefined, 301, false],
    [undefined, -300, true],
    [undefined, -301, false],
    [10, 10, true],
    [10, 11, false],
    [0, 1e9, true],
    [0, -1e9, true],
  ])('with tolerance %s a push that is %i s old is taken: %s', (tolerance, age, taken) => {
    const receiver = createReceiver({ ...modes.plain, tolerance });
    const outcome = receiver.receive({ method: 'POST', ...push({ timestamp }), now: now + age });
    if (taken) expect(outcome.type).toBe('message');
    else
      expect(outcome).toMatchObject({
        reason: 'stale_timestamp',
        detail: expect.stringContaining(`${Math.abs(age)} s `),
      });
  });

  test('reads the clock when it is told no time', () => {
    const receiver = createReceiver(modes.plain);
    expect(receiver.receive({ method: 'POST', ...push() }).type).toBe('message');
    expect(receiver.receive({ method: 'POST', ...push({ timestamp }) }).reason).toBe('stale_timestamp');
  });

  test('never throws for a body, whatever was made of it', () => {
    const receiver = createReceiver(modes.plain);
    const { url } = push({ timestamp });
    const nested = JSON.parse('{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000));
    const circular = { MsgType: 'text' };
    circular.self = circular;
    for (const body of [{}, [], { MsgId: 1n }, nested, circular, new Date(), { toJSON: 1 }, null, 7, true]) {
      expect(receiver.receive({ method: 'POST', url, body, now })).toMatchObject({
        type: 'rejected',
        status: 400,
      });
    }
  });

  test('respond takes its own outcomes only', () => {
    const receiver = createReceiver(modes.plain);
    expect(() => receiver.respond({ type: 'message', message: textMessage })).toThrow(TypeError);
    expect(() => receiver.respond({ type: 'message', message: textMessage })).toThrow(/receive\(\) returned/);
    const other = createReceiver(modes.plain).receive({ method: 'POST', ...push({ timestamp }), now });
    expect(() => receiver.respond(other, 'hi')).toThrow(/of the same receiver/);
  });

  test('respond throws for what JSON cannot hold', () => {
    const receiver = createReceiver(modes.plain);
    const outcome = receiver.receive({ method: 'POST', ...push({ timestamp }), now });
    const circular = {};
    circular.self = circular;
    for (const value of [circular, { a: Promise.resolve() }]) {
      const wrong = expect.objectContaining({ code: 'ERR_WECHAT_PUSH_REPLY' });
      expect(() => receiver.respond(outcome, value)).toThrow(wrong);
    }
  });

  test('takes the bytes of another realm', () => {
    const { url, body } = push({ timestamp });
    const foreign = runInNewContext('Uint8Array.from(bytes)', { bytes: [...Buffer.from(body)] });
    const outcome = createReceiver(modes.plain).receive({ method: 'POST', url, body: foreign, now });
    expect(outcome.message).toEqual(textMessage);
  });

  test('respond throws for a value that has no form', () => {
    const receiver = createReceiver(modes.plain);
    const outcome = receiver.receive({ method: 'POST', ...push({ timestamp }), now });
    const wrong = expect.objectContaining({ code: 'ERR_WECHAT_PUSH_REPLY' });
    for (const value of [[], [1], { a: [[1]] }, { 'a b': 1 }, { '<x>': 1 }]) {
      expect(() => receiver.respond(outcome, value)).toThrow(TypeError);
      expect(() => receiver.respond(outcome, value)).toThrow(wrong);
    }
  });
});

describe('options', () => {
  const key = account.encodingAESKey;

  test.each([
    ['a key of 42 characters', { encodingAESKey: key.slice(1) }, 'encodingAESKey'],
    ['a key with a symbol', { encodingAESKey: key.replace('P', '+') }, 'encodingAESKey'],
    ['a previous key of 44 characters', { encodingAESKey: [key, `${key}x`] }, 'encodingAESKey'],
    ['a key that is a number', { encodingAESKey: 43 }, 'encodingAESKey'],
    ['no keys', { encodingAESKey: [] }, 'encodingAESKey'],
    ['a key without appId', { appId: undefined }, 'appId'],
    ['an empty appId', { appId: '' }, 'appId'],
    ['an unknown mode', { mode: 'safe' }, 'mode'],
    ['a mode that is a prototype name', { mode: 'constructor' }, 'mode'],
    ['secure mode without a key', { mode: 'secure', encodingAESKey: undefined }, 'encodingAESKey'],
    ['compat mode without a key', { mode: 'compat', encodingAESKey: undefined }, 'encodingAESKey'],
    ['a negative tolerance', { tolerance: -1 }, 'tolerance'],
    ['a fractional tolerance', { tolerance: 1.5 }, 'tolerance'],
    ['a tolerance in text', { tolerance: '300' }, 'tolerance'],
    ['an endless tolerance', { tolerance: Infinity }, 'tolerance'],
    ['bodyLimit 0', { bodyLimit: 0 }, 'bodyLimit'],
    ['a bodyLimit in text', { bodyLimit: '1mb' }, 'bodyLimit'],
    ['an onReject that is no function', { onReject: 'log' }, 'onReject'],
  ])('%s is refused by the factory', (_, wrong, option) => {
    for (const make of option === 'onReject' ? [messagePush] : [messagePush, createReceiver]) {
      const error = thrownBy(() => make({ ...account, ...wrong }));
      expect(error).toBeInstanceOf(TypeError);
      expect(error).toEqual(wrongOption(option));
      expect(error.message).toContain(option);
      for (const secret of [account.token, key, key.slice(1)]) expect(error.message).not.toContain(secret);
    }
  });

  test.each([['text'], [{}], [null], [7]])('the handler %j is refused by the factory', (handler) => {
    expect(() => messagePush(account, handler)).toThrow(TypeError);
    expect(() => messagePush(account, handler)).toThrow(wrongOption('handler'));
  });
});

/** What a reply says, once its form was checked: an object from JSON, the text of XML; and when it was made. */
function read({ status, type, text }, format, encrypted) {
  expect(status).toBe(200);
  expect(type).toBe(`application/${format}; charset=utf-8`);
  if (encrypted && format === 'json') {
    expect(JSON.parse(text)).toEqual({
      Encrypt: expect.any(String),
      MsgSignature: expect.stringMatching(/^[0-9a-f]{40}$/),
      TimeStamp: expect.any(Number),
      Nonce: expect.stringMatching(/^15147\d{5}$/),
    });
  }
  const inner = encrypted ? openReply(text, account) : text;
  const time = Number(inner.match(/CreateTime"?[>:](\d{10})[<,]/)?.[1]);
  return { fields: format === 'json' ? JSON.parse(inner) : inner, time };
}

/** An expected reply, as {@link read} tells it. In ours, unlike WeChat's, `]]>` is split over two sections. */
function inFormat(object, format) {
  if (format === 'json') return object;
  return write(JSON.parse(JSON.stringify(object).replaceAll(']]>', ']]]]><![CDATA[>')), 'xml');
}

/** The leaves of an XML body, each in an array, as xml2js has them. */
function parsedXml(body) {
  const leaves = body.matchAll(/<(\w+)>(?:<!\[CDATA\[([^]*?)\]\]>|(\d+))<\/\1>/g);
  return Object.fromEntries(
    [...leaves].map(([, name, text, number]) => [
      name,
      [text ?? number],
    ]),
  );
}

function thrownBy(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
