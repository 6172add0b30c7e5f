'use strict';

// What a handler is told of every push by the same names: `context.text` and `context.user`.

const fc = require('fast-check');
const { createEndpoint, route } = require('..');
const { readRows } = require('../scripts/messages/table.js');
const { modes, push, textMessage } = require('./support/wechat.js');
const { application, pushOf, SUITE, xmlOf } = require('./support/wecom.js');

const { ToUserName, FromUserName, CreateTime } = textMessage;
const addresses = { ToUserName, FromUserName, CreateTime };
const formats = ['xml', 'json'];

/** What the handler of a push is told. */
async function toldOf(message, { format = 'xml', mode = 'secure', read = told, send } = {}) {
  let seen;
  const endpoint = createEndpoint(send ? application : modes[mode], (received, context) => {
    seen = read(context, received);
  });
  const sent = send?.(message, format) ?? push({ message, format, encrypted: mode !== 'plain' });
  const { status } = await endpoint.handle({ method: 'POST', ...sent });
  expect(status).toBe(200);
  return seen;
}

function told({ text, user }) {
  return { text, user };
}

describe.each(formats)('in %s', (format) => {
  test.each([
    [
      'a text',
      { MsgType: 'text', Content: '有优惠吗？', MsgId: '1' },
      { text: '有优惠吗？', user: FromUserName },
    ],
    ['an empty text', { MsgType: 'text', Content: '', MsgId: '1' }, { user: FromUserName }],
    [
      'a voice message that was recognised',
      { MsgType: 'voice', MediaId: 'm', Format: 'amr', Recognition: '查天气', MsgId: '1' },
      { text: '查天气', user: FromUserName },
    ],
    [
      'one that was not',
      { MsgType: 'voice', MediaId: 'm', Format: 'amr', Recognition: '', MsgId: '1' },
      { user: FromUserName },
    ],
    [
      'a voice without',
      { MsgType: 'voice', MediaId: 'm', Format: 'amr', MsgId: '1' },
      { user: FromUserName },
    ],
    [
      'a picture',
      { MsgType: 'image', PicUrl: 'https://p', MediaId: 'm', MsgId: '1' },
      { user: FromUserName },
    ],
    ['an event', { MsgType: 'event', Event: 'subscribe', EventKey: '' }, { user: FromUserName }],
    [
      'an event with a Content',
      { MsgType: 'event', Event: 'brand_new', Content: 'x' },
      { user: FromUserName },
    ],
    [
      'an event that names its user elsewhere',
      { MsgType: 'event', Event: 'user_info_modified', OpenID: 'o2', AppID: 'wx1' },
      { user: 'o2' },
    ],
    [
      'one that does so inside',
      { MsgType: 'event', Event: 'order', MiniGame: { ToUserOpenid: 'o3' } },
      { user: FromUserName },
    ],
    [
      'a gift',
      { MsgType: 'event', Event: 'minigame_deliver_goods', MiniGame: { OrderId: '1', ToUserOpenid: 'o3' } },
      { user: 'o3' },
    ],
    ['a mass message that is done', { MsgType: 'event', Event: 'MASSSENDJOBFINISH', MsgID: '1' }, {}],
  ])('%s', async (_, fields, expected) => {
    expect(await toldOf({ ...addresses, ...fields }, { format })).toEqual(expected);
  });

  test('an event that nobody sent, and an info', async () => {
    const event = { ...addresses, FromUserName: 'sys', MsgType: 'event', Event: 'anything' };
    expect(await toldOf(event, { format })).toEqual({});
    const info = { AppId: 'wx1', CreateTime, InfoType: 'authorized', AuthorizerAppid: 'wx2' };
    expect(await toldOf(info, { format })).toEqual({});
  });

  test('whatever a user types is the text, and nothing else', async () => {
    const typed = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.constantFrom(']]><Content>x</Content>', '<FromUserName>x</FromUserName>', '","FromUserName":"x'),
    );
    // XML cannot hold control characters, and what surrounds a text is no part of it.
    const text = typed
      .map((one) => one.replaceAll(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '').trim())
      .filter(Boolean);
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom('plain', 'compat', 'secure'), async (Content, mode) => {
        const message = { ...addresses, MsgType: 'text', Content, MsgId: '1' };
        const read = (context, received) => [told(context), received.Content];
        const [seen, received] = await toldOf(message, { format, mode, read });
        expect(seen).toEqual({ text: received, user: FromUserName });
      }),
      { numRuns: 60 },
    );
  });
});

test('text and user are non-empty strings or undefined, whatever is sent', async () => {
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.constant([]),
    fc.constant({ a: ['b'] }),
  );
  const message = fc.record(
    {
      MsgType: fc.oneof(fc.constantFrom('text', 'voice', 'event', '__proto__', 'constructor'), value),
      Event: fc.oneof(fc.constantFrom('user_info_modified', 'minigame_deliver_goods', 'toString'), value),
      FromUserName: value,
      Content: value,
      Recognition: value,
      OpenID: value,
      MiniGame: value,
      ToUserName: fc.constant('gh_1'),
    },
    { requiredKeys: ['MsgType', 'ToUserName'] },
  );
  await fc.assert(
    fc.asyncProperty(message, async (given) => {
      const { text, user } = await toldOf(given, { format: 'json' });
      for (const one of [text, user]) {
        if (one !== undefined) expect(one).toEqual(expect.stringMatching(/^[^]+$/));
      }
    }),
    { numRuns: 200 },
  );
});

test('a handler that changes the message is told what it made of it, and breaks nothing', async () => {
  const read = (context, message) => {
    message.Content = { not: 'text' };
    delete message.FromUserName;
    return told(context);
  };
  expect(await toldOf(textMessage, { read })).toEqual({});
});

test('one handler serves all that a user says', async () => {
  const said = [];
  const say = (_, { text, user }) => void said.push(`${user}: ${text}`);
  const handler = route({ text: say, voice: say });
  const endpoint = createEndpoint(modes.secure, handler);
  for (const fields of [
    { MsgType: 'text', Content: '你好', MsgId: '1' },
    { MsgType: 'voice', MediaId: 'm', Format: 'amr', Recognition: '再见', MsgId: '2' },
  ]) {
    const sent = push({ message: { ...addresses, ...fields }, encrypted: true });
    await endpoint.handle({ method: 'POST', ...sent });
  }
  expect(said).toEqual([`${FromUserName}: 你好`, `${FromUserName}: 再见`]);
});

// The table says where they stand; the samples are in the documented shape.
describe.each(
  readRows()
    // Of bots: bots.test.js.
    .filter(({ family, said, user }) => family !== 'bot' && (said || user))
    .map((row) => [`${row.family} ${row.kind} ${row.name}`, row]),
)('%s', (_, { family, kind, name, said, user, sample }) => {
  test.each(formats)('in %s', async (format) => {
    const at = (place) => place?.split('.').reduce((within, one) => within[one], sample);
    const message = { ...kinds[kind](name), ...sample };
    const seen = await toldOf(message, { format, send: family === 'wecom' ? ofWeCom : undefined });
    expect(seen).toEqual({ text: at(said), user: at(user) ?? FromUserName });
  });
});

/** What a row's kind of push has beside the sample. */
const kinds = {
  MsgType: (MsgType) => ({ ...addresses, MsgType, MsgId: '1' }),
  Event: (name) => ({ ...addresses, MsgType: 'event', Event: name.split('.')[0] }),
  InfoType: (name) => ({ SuiteId: SUITE, InfoType: name.split('.')[0], TimeStamp: CreateTime }),
};

function ofWeCom(message, format) {
  return pushOf(format === 'json' ? JSON.stringify(message) : xmlOf(message), { form: format });
}
