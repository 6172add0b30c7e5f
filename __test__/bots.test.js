'use strict';

// Smart bots of WeCom (智能机器人): what they are pushed, made with node:crypto alone, and what they may answer.

const { createReceiver, messagePush, reply, route } = require('..');
const { createGateway } = require('../testing.js');
const { closeServers, hosts, serve } = require('./support/servers.js');
const { post } = require('./support/wechat.js');
const {
  bot,
  event,
  handshakeUrl,
  inGroup,
  message,
  pushOf,
  readAnswer,
  refresh,
} = require('./support/wecom-bot.js');

afterEach(closeServers);

const receiver = createReceiver(bot);
const click = event('template_card_event', {
  card_type: 'button_interaction',
  event_key: 'yes',
  task_id: 'task-1',
});
const feedback = event('feedback_event', { id: 'f-1', type: 2, content: 'x', inaccurate_reason_list: [1] });
const card = { card_type: 'text_notice', card_action: { type: 1, url: 'https://example.com' } };

function received(pushed, options) {
  return receiver.receive(pushOf(pushed, options));
}

/** What WeCom reads of the answer to a push. */
function answered(pushed, value) {
  return readAnswer(receiver.respond(received(pushed), value).body);
}

/** The rule that a reply breaks. */
function refusal(pushed, value) {
  try {
    receiver.respond(received(pushed), value);
  } catch (error) {
    expect(error.code).toBe('ERR_WECHAT_PUSH_REPLY');
    expect(error.response).toMatchObject({ status: 200, body: '' });
    return error.rule;
  }
  return undefined;
}

describe.each(Object.entries(hosts))('%s', (_, host) => {
  test('answers the check of the URL, and a message with a finished stream', async () => {
    const contexts = [];
    const handler = (_message, { id, text, user, receiveId, encrypted, format }) => {
      contexts.push({ id, text, user, receiveId, encrypted, format });
      return `${text}!`;
    };
    const origin = await serve(host(messagePush(bot, handler)));
    expect(await (await fetch(origin + handshakeUrl('1616140317'))).text()).toBe('1616140317');
    const pushed = { ...inGroup, msgtype: 'text', text: { content: '@小助手 你好' } };
    const answer = await post(origin, pushOf(pushed));
    expect(contexts).toEqual([
      { id: pushed.msgid, text: '你好', user: 'zhangsan', receiveId: '', encrypted: true, format: 'json' },
    ]);
    expect(readAnswer(answer.text)).toEqual({
      msgtype: 'stream',
      stream: { id: pushed.msgid, finish: true, content: '你好!' },
    });
    // A push that comes again is no other one.
    expect(readAnswer((await post(origin, pushOf(pushed))).text)).toEqual(readAnswer(answer.text));
    expect(contexts).toHaveLength(1);
  });
});

test('no reply is an empty body', async () => {
  const origin = await serve(hosts['node:http'](messagePush(bot, () => undefined)));
  for (const pushed of [message('text', { text: { content: 'hi' } }), feedback, event('enter_chat')]) {
    expect(await post(origin, pushOf(pushed))).toMatchObject({ status: 200, text: '' });
  }
});

test('a body parser may have read it', () => {
  const { body, ...request } = pushOf(message('text', { text: { content: 'hi' } }));
  expect(receiver.receive({ ...request, body: JSON.parse(body) })).toMatchObject({ type: 'message' });
});

test('what ends with an id is for another, unless the id is configured', () => {
  const pushed = message('text', { text: { content: 'hi' } });
  expect(received(pushed, { receiveId: 'ww1' })).toMatchObject({ reason: 'receiveid_mismatch' });
  const other = createReceiver({ ...bot, receiveId: ['', 'ww1'] });
  expect(other.receive(pushOf(pushed, { receiveId: 'ww1' }))).toMatchObject({ receiveId: 'ww1' });
});

test('a bot and an application may share Token and key: what a push ends with tells whose it is', async () => {
  const application = { ...bot, platform: 'wecom', receiveId: 'ww1', name: 'application' };
  const handler = jest.fn();
  const origin = await serve(
    hosts['node:http'](messagePush({ accounts: [application, { ...bot, name: 'bot' }] }, handler)),
  );
  await post(origin, pushOf(message('text', { text: { content: 'hi' } })));
  const sent = { ToUserName: 'ww1', FromUserName: 'zhangsan', MsgType: 'text', Content: 'hi', MsgId: '1' };
  await post(origin, pushOf({ ...sent, CreateTime: 1 }, { receiveId: 'ww1' }));
  expect(handler.mock.calls.map(([, { account }]) => account.name)).toEqual(['bot', 'application']);
});

test.each([
  [message('text', { text: { content: '@bot hi' } }), '@bot hi'],
  [{ ...inGroup, msgtype: 'text', text: { content: '@bot hi @zhangsan there' } }, 'hi @zhangsan there'],
  [{ ...inGroup, msgtype: 'text', text: { content: '@bot\u2005hi\nthere ' } }, 'hi\nthere'],
  [{ ...inGroup, msgtype: 'text', text: { content: 'what is a@b.com, @bot' } }, 'what is a@b.com,'],
  [{ ...inGroup, msgtype: 'text', text: { content: '@bot' } }, undefined],
  [message('voice', { voice: { content: 'spoken' } }), 'spoken'],
  [message('image', { image: { url: 'https://example.com' } }), undefined],
  [
    {
      ...inGroup,
      msgtype: 'mixed',
      mixed: {
        msg_item: [
          { msgtype: 'text', text: { content: '@bot what' } },
          { msgtype: 'image', image: { url: 'https://example.com' } },
          { msgtype: 'text', text: { content: 'is it?' } },
        ],
      },
    },
    'what\nis it?',
  ],
  [click, undefined],
])('context.text of %j', async (pushed, text) => {
  const handler = jest.fn();
  const origin = await serve(hosts['node:http'](messagePush(bot, handler)));
  await post(origin, pushOf(pushed));
  expect(handler.mock.calls[0][1].text).toBe(text);
});

test('a mention is found in linear time', async () => {
  const handler = jest.fn();
  const origin = await serve(hosts['node:http'](messagePush(bot, handler)));
  for (const hostile of [
    ' '.repeat(200_000),
    ' @a'.repeat(70_000),
    '@'.repeat(200_000),
    '@a '.repeat(70_000),
  ]) {
    const content = `x${hostile}x`;
    const pushed = {
      ...inGroup,
      msgid: String(handler.mock.calls.length),
      msgtype: 'text',
      text: { content },
    };
    const start = performance.now();
    await post(origin, pushOf(pushed));
    expect(handler.mock.calls.at(-1)[1].text).toContain('x');
    expect(performance.now() - start).toBeLessThan(2000);
  }
});

test('route() finds each kind', async () => {
  const seen = [];
  const note = (key) => () => void seen.push(key);
  const keys = ['text', 'event.enter_chat', 'event.template_card_event:yes', 'event', 'default'];
  const handler = route(Object.fromEntries(keys.map((key) => [key, note(key)])));
  const origin = await serve(hosts['node:http'](messagePush(bot, handler)));
  const other = { ...click.event.template_card_event, event_key: 'no' };
  const pushes = [
    message('text', { text: { content: 'hi' } }),
    event('enter_chat'),
    click,
    event('template_card_event', other),
    event('brand_new'),
    message('file', { file: { url: 'https://example.com' } }),
  ];
  for (const [i, pushed] of pushes.entries()) await post(origin, pushOf({ ...pushed, msgid: `m${i}` }));
  expect(seen).toEqual([...keys.slice(0, 3), 'event', 'event', 'default']);
});

describe('replies', () => {
  const said = message('text', { text: { content: 'hi' } });
  const stream = { msgtype: 'stream', stream: { id: 's', finish: false, content: 'so far' } };
  const both = { ...stream, msgtype: 'stream_with_template_card', template_card: card };
  const withCard = { msgtype: 'template_card', template_card: card };
  const welcome = { msgtype: 'text', text: { content: 'welcome' } };
  const update = { response_type: 'update_template_card', template_card: card };

  test.each([
    ['a message', said, [stream, both, withCard]],
    ['a refresh', refresh('s'), [stream, both]],
    ['enter_chat', event('enter_chat'), [withCard, welcome]],
    ['a click', click, []],
    ['an event that nobody knows', event('brand_new'), [stream, both, withCard, welcome, update]],
  ])('%s takes its own', (_, pushed, taken) => {
    const all = [stream, both, withCard, welcome, update];
    const passed = all.filter((value) => refusal(pushed, value) === undefined);
    expect(passed).toEqual(pushed === click ? [update] : taken);
    for (const value of taken) expect(answered(pushed, value)).toEqual(value);
  });

  test('what is said of the push is filled in', () => {
    expect(answered(said, { msgtype: 'stream', stream: { finish: true, content: 'x' } }).stream.id).toBe(
      said.msgid,
    );
    expect(answered(refresh('s9'), 'more')).toEqual({
      msgtype: 'stream',
      stream: { id: 's9', finish: true, content: 'more' },
    });
    expect(answered(event('enter_chat'), 'hello')).toEqual({ msgtype: 'text', text: { content: 'hello' } });
    expect(answered(click, update).template_card).toEqual({ task_id: 'task-1', ...card });
    expect(answered(said, reply.text('hello')).stream.content).toBe('hello');
  });

  test.each([
    ['feedback answered with text', feedback, 'thanks', 'reply_not_wanted'],
    ['a card update for a message', said, update, 'update_not_wanted'],
    ['a card update for who comes', event('enter_chat'), update, 'update_not_wanted'],
    ['a stream for who comes', event('enter_chat'), stream, 'welcome_wanted'],
    ['a welcome for a message', said, welcome, 'welcome_not_wanted'],
    ['a text for a click', click, 'hello', 'update_wanted'],
    ['a card for a refresh', refresh('s'), withCard, 'stream_wanted'],
    ['another stream than was asked for', refresh('s1'), stream, 'other_stream'],
    [
      'another card than was clicked',
      click,
      { ...update, template_card: { ...card, task_id: 'x' } },
      'other_card',
    ],
    ['a kind that there is not', said, { msgtype: 'markdown', markdown: {} }, 'unknown_bot_reply'],
    ["a kind of WeChat's", said, reply.image('m'), 'unknown_bot_reply'],
    [
      'an update under msgtype',
      click,
      { ...update, response_type: undefined, msgtype: 'update_template_card' },
      'unknown_bot_reply',
    ],
    ['data', said, { ErrCode: 0 }, 'no_bot_reply'],
    ['an empty object', said, {}, 'empty_reply'],
    ['an array', said, ['x'], 'array_reply'],
    ['no text', said, reply.text(undefined), 'missing_part'],
    ['a blank text', said, '  \n', 'blank_part'],
    ['a card without its type', said, { msgtype: 'template_card', template_card: {} }, 'missing_part'],
    [
      'a card without what its type needs',
      said,
      { msgtype: 'template_card', template_card: { card_type: 'vote_interaction', task_id: 't' } },
      'missing_part',
    ],
    [
      'too many buttons',
      said,
      {
        msgtype: 'template_card',
        template_card: {
          card_type: 'button_interaction',
          task_id: 't',
          button_list: Array.from({ length: 7 }, () => ({ text: 'x', key: 'y' })),
        },
      },
      'many_items',
    ],
    [
      'a long feedback id',
      said,
      { msgtype: 'stream', stream: { id: 's', content: 'x', feedback: { id: 'x'.repeat(257) } } },
      'long_part',
    ],
    [
      'pictures before the end',
      said,
      {
        msgtype: 'stream',
        stream: {
          id: 's',
          content: 'x',
          msg_item: [{ msgtype: 'image', image: { base64: 'eA==', md5: 'x' } }],
        },
      },
      'early_images',
    ],
    [
      'a picture without its hash',
      said,
      {
        msgtype: 'stream',
        stream: {
          id: 's',
          finish: true,
          content: 'x',
          msg_item: [{ msgtype: 'image', image: { base64: 'eA==' } }],
        },
      },
      'missing_part',
    ],
    [
      'more than ten pictures',
      said,
      {
        msgtype: 'stream',
        stream: {
          id: 's',
          finish: true,
          content: 'x',
          msg_item: Array.from({ length: 11 }, () => ({
            msgtype: 'image',
            image: { base64: 'eA==', md5: 'x' },
          })),
        },
      },
      'many_items',
    ],
  ])('%s', (_, pushed, value, rule) => {
    expect(refusal(pushed, value)).toBe(rule);
  });

  test('of a long text the beginning goes as a finished stream, the rest as text', () => {
    const long = '一二三四五六七八九。'.repeat(700);
    for (const value of [long, { msgtype: 'stream', stream: { id: 's', finish: false, content: long } }]) {
      let thrown;
      try {
        receiver.respond(received(said), value);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toMatchObject({ rule: 'long_text' });
      const { stream: first } = readAnswer(thrown.response.body);
      expect(first.finish).toBe(true);
      expect(Buffer.byteLength(first.content)).toBeLessThanOrEqual(20_480);
      expect(Buffer.byteLength(first.content)).toBeGreaterThan(20_400);
      expect(first.content + thrown.rest).toBe(long);
    }
    expect(refusal(said, 'x'.repeat(20_480))).toBeUndefined();
  });

  test('the builders make what is sent', () => {
    const png = Buffer.from('89504e470d0a1a0a', 'hex');
    const image = { base64: 'iVBORw0KGgo=', md5: 'e9dd2797018cad79186e03e8c5aec8dc' };
    const options = { card, images: [png], feedback: 'f-1' };
    expect(answered(said, reply.stream('done', options))).toEqual({
      msgtype: 'stream_with_template_card',
      stream: {
        id: said.msgid,
        finish: true,
        content: 'done',
        msg_item: [{ msgtype: 'image', image }],
        feedback: { id: 'f-1' },
      },
      template_card: card,
    });
    expect(answered(said, reply.stream('done'))).toEqual({
      msgtype: 'stream',
      stream: { id: said.msgid, finish: true, content: 'done' },
    });
    const feedbackOnCard = { ...card, feedback: { id: 'f-2' } };
    expect(answered(event('enter_chat'), reply.card(card, { feedback: 'f-2' }))).toEqual({
      msgtype: 'template_card',
      template_card: feedbackOnCard,
    });
    expect(answered(click, reply.updateCard(card, { userIds: ['zhangsan'], feedback: 'f-2' }))).toEqual({
      response_type: 'update_template_card',
      userids: ['zhangsan'],
      template_card: { task_id: 'task-1', ...feedbackOnCard },
    });
    // A slice of a larger buffer is not the buffer.
    const slice = new Uint8Array(Buffer.concat([Buffer.from('x'), png]).buffer, 0, 0);
    expect(reply.stream('x', { images: [slice] }).stream.msg_item[0].image.base64).toBe('');
    expect(() => reply.stream('x', { images: ['no bytes'] })).toThrow(TypeError);
    expect(() => reply.stream('x', { images: 7 })).toThrow(TypeError);
    const large = Buffer.alloc((10 << 20) + 1);
    expect(() => reply.stream('x', { images: [png, large] })).toThrow(
      'an image of reply.stream() has 10485761 bytes, and WeCom takes 10 MB',
    );
    expect(reply.stream('x', { images: [large.subarray(1)] }).stream.msg_item).toHaveLength(1);
    expect(refusal(said, reply.stream({ text: 'x' }))).toBe('wrong_part');
  });

  test('what a model thinks is passed through', () => {
    const content = '<think>hm</think>yes';
    expect(answered(said, content).stream.content).toBe(content);
  });
});

describe('the gateway', () => {
  const gateway = createGateway(bot);

  /** A server that is asked for a stream, and gives a piece more each time, with a card at those turns. */
  function growing(pieces, cardAt = []) {
    const asked = [];
    const url = serve(async (req, res) => {
      const body = [];
      for await (const part of req) body.push(part);
      const outcome = receiver.receive({ method: 'POST', url: req.url, body: Buffer.concat(body) });
      asked.push(outcome.message);
      const content = pieces.slice(0, asked.length).join('');
      const finish = asked.length >= pieces.length;
      const hasCard = cardAt.includes(asked.length - 1);
      const { headers, body: sent } = receiver.respond(outcome, {
        msgtype: hasCard ? 'stream_with_template_card' : 'stream',
        stream: { finish, content },
        template_card: hasCard ? card : undefined,
      });
      res.writeHead(200, headers).end(sent);
    });
    return { url, asked };
  }

  test('asks for more until the stream is finished', async () => {
    const { url, asked } = growing(['a', 'b', 'c']);
    const waited = [];
    const pushed = { ...inGroup, msgtype: 'text', text: { content: '@bot hi' } };
    const talk = await gateway.converse(await url, pushed, { wait: (ms) => waited.push(ms) });
    expect(talk).toMatchObject({ text: 'abc', finished: true, error: null });
    expect(talk.turns.map(({ at, reply: { stream } }) => [at, stream.content, stream.finish])).toEqual([
      [0, 'a', false],
      [1000, 'ab', false],
      [2000, 'abc', true],
    ]);
    expect(waited).toEqual([1000, 1000]);
    const [first, ...more] = asked;
    expect(first).toMatchObject(pushed);
    for (const one of more) {
      const { chatid, chattype, from } = pushed;
      expect(one).toEqual({
        msgid: expect.stringMatching(/^\d+$/),
        aibotid: pushed.aibotid,
        chattype,
        chatid,
        from,
        msgtype: 'stream',
        stream: { id: first.msgid },
      });
    }
    expect(new Set(asked.map(({ msgid }) => msgid)).size).toBe(3);
  });

  test('asks for six minutes, and no longer', async () => {
    const { url } = growing(Array.from({ length: 10_000 }, () => '.'));
    const talk = await gateway.converse(
      await url,
      { msgtype: 'text', text: { content: 'hi' } },
      { interval: 5000, wait() {} },
    );
    expect(talk).toMatchObject({ finished: false, error: { reason: 'unfinished_stream' } });
    expect(talk.turns.at(-1).at).toBe(360_000);
    expect(talk.turns).toHaveLength(73);
  });

  test.each([
    [[1], undefined],
    [[0], undefined],
    [[0, 2], 'second_card'],
  ])('a message has one card at most: with some at %j', async (cardAt, reason) => {
    const { url } = growing(['a', 'b', 'c'], cardAt);
    const pushed = { msgtype: 'text', text: { content: 'hi' } };
    const { finished, error } = await gateway.converse(await url, pushed, { wait() {} });
    expect([finished, error?.reason]).toEqual([true, reason]);
  });

  test('a reply that is whole needs no more questions', async () => {
    const origin = await serve(hosts['node:http'](messagePush(bot, () => 'done')));
    const talk = await gateway.converse(origin, { msgtype: 'text', text: { content: 'hi' } });
    expect(talk).toMatchObject({ text: 'done', finished: true, error: null, turns: [{ at: 0 }] });
    const welcome = await gateway.converse(origin, { event: { eventtype: 'enter_chat' } });
    expect(welcome).toMatchObject({ text: 'done', reply: { msgtype: 'text' } });
  });

  test.each([
    ['every', { every: 5 }],
    ['interval', { interval: 0 }],
    ['wait', { wait: 5 }],
  ])('a wrong option %s', async (option, options) => {
    const wrong = gateway.converse('http://127.0.0.1:1', { msgtype: 'text' }, options);
    await expect(wrong).rejects.toMatchObject({ code: 'ERR_WECHAT_PUSH_OPTIONS', option });
  });

  test('calls wrong answers by their names', () => {
    const { message: pushed, query } = gateway.request({ msgtype: 'text', text: { content: 'hi' } });
    const sealed = (value, { nonce = query.nonce } = {}) => {
      const asked = receiver.receive(pushOf(pushed, { nonce }));
      return receiver.respond(asked, value).body;
    };
    const good = sealed('hello');
    const spelt = Object.entries(JSON.parse(good)).map(([name, value]) => [
      name[0].toUpperCase() + name.slice(1),
      value,
    ]);
    const reasonOf = (body, of = pushed) => {
      try {
        return gateway.read(body, of, query.nonce);
      } catch ({ code, reason }) {
        expect(code).toBe('ERR_WECHAT_PUSH_ANSWER');
        return reason;
      }
    };
    expect(reasonOf(good)).toMatchObject({ stream: { content: 'hello', finish: true } });
    expect(reasonOf('')).toBe(null);
    expect(reasonOf('success')).toBe('malformed_reply');
    expect(reasonOf('<xml><Encrypt>x</Encrypt></xml>')).toBe('xml_reply');
    expect(reasonOf(JSON.stringify(Object.fromEntries(spelt)))).toBe('missing_field');
    expect(reasonOf(sealed('hello', { nonce: 'another' }))).toBe('other_nonce');
    expect(reasonOf('{"msgtype":"stream"}')).toBe('plaintext_reply');
    expect(reasonOf(good, refresh('s'))).toBe('other_stream');
    expect(reasonOf(good, feedback)).toBe('reply_not_wanted');
    expect(reasonOf(good, event('enter_chat'))).toBe('welcome_wanted');
  });

  test('a message that says nothing of what it is', () => {
    for (const wrong of [{}, { MsgType: 'text' }, { event: {} }, { msgtype: 7 }]) {
      expect(() => gateway.request(wrong)).toThrow(
        expect.objectContaining({ code: 'ERR_WECHAT_PUSH_MESSAGE' }),
      );
    }
  });
});
