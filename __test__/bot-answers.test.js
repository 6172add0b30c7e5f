'use strict';

// Conversations with a bot of WeCom in virtual time: what its user is shown, from the first answer to the last.

const channels = require('node:diagnostics_channel');
const http = require('node:http');
const { once } = require('node:events');
const { memoryStore, reply: replies } = require('..');
const { inTurn } = require('../answers.js');
const { responseUrl } = require('../api.js');
const { STREAM_GROWS_FOR } = require('../lib/deadlines.js');
const { openEndpoint } = require('../lib/endpoint/endpoint.js');
const { openMemoryStore } = require('../lib/stores/memory.js');
const { createGateway } = require('../testing.js');
const { answered, bot, pushed, refresh, said } = require('./support/bot.js');
const { VirtualClock, settle } = require('./support/clock.js');
const { modes, push: pushOfWeChat, textMessage } = require('./support/wechat.js');

jest.setTimeout(60_000);

const SIX_MINUTES = 360_000;
const LIMIT = 20_480;

const card = {
  card_type: 'text_notice',
  main_title: { title: 'Done' },
  card_action: { type: 1, url: 'https://example.com/' },
};
const image = { msgtype: 'image', image: { base64: 'aGk=', md5: '49f68a5c8493ec2c0bf489821c21fc3b' } };

/** A bot, and WeCom, which asks once in a second for what a stream has become. */
function botOf(handler, { clock = new VirtualClock(), host, ...options } = {}) {
  const sent = [];
  const mouth = { name: 'mouth', carry: ({ value, reason }) => void sent.push([reason, value]) };
  const onUndelivered = jest.fn();
  const { handle } = openEndpoint(
    {
      ...bot,
      lang: 'en',
      store: openMemoryStore(undefined, clock),
      onUndelivered,
      ...(options.carriers === true ? { ...options, carriers: [mouth] } : options),
    },
    handler,
    { clock, ...host },
  );

  /** One push; what it is answered, when that was. */
  async function push(message, of = bot) {
    const request = pushed(message, { of, timestamp: String(Math.floor(clock.wall() / 1000)) });
    const began = clock.now();
    const response = await within(clock, handle(request));
    if (response.status !== 200) return { status: response.status, error: response.error };
    return { after: clock.now() - began, reply: answered(response, request, of) };
  }

  /** A message, and everything that its user is shown in answer, each with its second. */
  async function talk(message, { every = 1000 } = {}) {
    const began = clock.now();
    const shown = [];
    const note = ({ reply }) => shown.push([clock.now() - began, reply]);
    let answer = await push(message);
    note(answer);
    while (answer.reply?.stream?.finish === false && clock.now() - began < SIX_MINUTES - every) {
      await clock.pass(every);
      answer = await push(refresh(answer.reply.stream.id, { userid: message.from.userid }));
      note(answer);
    }
    return shown;
  }

  return { clock, handle, push, sent, onUndelivered, talk };
}

/** A store that other processes have, too; what is recorded takes so long. */
function sharedStore(clock, { delay = 0 } = {}) {
  const { records, ...store } = openMemoryStore(undefined, clock);
  const set = async (...args) => {
    if (delay > 0) await new Promise((resolve) => clock.setTimeout(resolve, delay));
    return records.set(...args);
  };
  const begin = async (...args) => store.begin(...args);
  return { ...store, begin, records: { ...records, set } };
}

/** Lets virtual time pass until a promise has settled. */
async function within(clock, promise, most = SIX_MINUTES * 2) {
  const state = { isSettled: false };
  promise.finally(() => (state.isSettled = true)).catch(() => {});
  for (let passed = 0; passed < 40 && !state.isSettled; passed++) await settle();
  for (let passed = 0; !state.isSettled && passed < most; passed += 50) await clock.pass(50);
  return promise;
}

/** Yields each text after so many milliseconds; an error is thrown. */
async function* after(clock, pieces, onEnd) {
  try {
    for (const [ms, text] of pieces) {
      await new Promise((resolve) => clock.setTimeout(resolve, ms));
      if (text instanceof Error) throw text;
      yield text;
    }
  } finally {
    onEnd?.();
  }
}

const texts = (shown) => shown.map(([, reply]) => reply?.stream?.content);
const last = (shown) => shown.at(-1)[1];

describe('an answer', () => {
  test('that is ready is a finished stream', async () => {
    const { talk } = botOf(() => 'hello');
    const message = said('hi');
    expect(await talk(message)).toEqual([
      [0, { msgtype: 'stream', stream: { id: expect.any(String), finish: true, content: 'hello' } }],
    ]);
  });

  test('that has been streamed at once is a finished stream, too', async () => {
    const { talk } = botOf(function* () {
      yield 'hel';
      yield 'lo';
    });
    expect(last(await talk(said('hi')))).toMatchObject({ stream: { finish: true, content: 'hello' } });
  });

  test('grows: each time its user is shown the whole text so far, under one id', async () => {
    const clock = new VirtualClock();
    const handler = jest.fn(() =>
      after(clock, [
        [300, 'one '],
        [1000, 'two '],
        [1000, '<think>hm</think>'],
        [1000, 'three'],
      ]),
    );
    const { talk } = botOf(handler, { clock });
    const shown = await talk(said('count'));
    expect(texts(shown)).toEqual([
      'one ',
      'one two ',
      'one two <think>hm</think>',
      'one two <think>hm</think>three',
    ]);
    expect(shown.map(([, { stream }]) => stream.finish)).toEqual([false, false, false, true]);
    expect(new Set(shown.map(([, { stream }]) => stream.id)).size).toBe(1);
    expect(shown[0][0]).toBe(500);
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('that a model is slow to begin is shown as one that comes', async () => {
    const clock = new VirtualClock();
    const { talk } = botOf(() => after(clock, [[3000, 'at last']]), { clock });
    const shown = await talk(said('hi'));
    expect(shown[0]).toEqual([
      500,
      expect.objectContaining({ stream: expect.objectContaining({ content: '', finish: false }) }),
    ]);
    expect(last(shown).stream).toMatchObject({ content: 'at last', finish: true });
  });

  test.each([
    ['a text', () => 'at last', { stream: { content: 'at last', finish: true } }],
    [
      "a text of WeChat's form",
      () => replies.text('at last'),
      { stream: { content: 'at last', finish: true } },
    ],
    ['nothing', () => undefined, { stream: { content: '', finish: true } }],
    ['success', () => 'success', { stream: { content: '', finish: true } }],
    [
      'a card',
      () => ({ msgtype: 'template_card', template_card: card }),
      { msgtype: 'stream_with_template_card', stream: { content: '', finish: true }, template_card: card },
    ],
    [
      'a stream of its own',
      () => replies.stream('mine', { images: [Buffer.from('hi')] }),
      { stream: { content: 'mine', finish: true, msg_item: [image] } },
    ],
  ])('that takes ten seconds, %s, is shown as one that comes, and then', async (_, make, expected) => {
    const clock = new VirtualClock();
    const handler = jest.fn(async () => {
      await new Promise((resolve) => clock.setTimeout(resolve, 10_000));
      return make();
    });
    const { talk, onUndelivered } = botOf(handler, { clock });
    const shown = await talk(said('hi'));
    expect(shown[0][0]).toBeLessThanOrEqual(4500);
    expect(shown[0][1].stream).toMatchObject({ content: '', finish: false });
    expect(last(shown)).toMatchObject(expected);
    expect(shown.at(-1)[0]).toBeLessThanOrEqual(11_000);
    expect(handler).toHaveBeenCalledTimes(1);
    expect(onUndelivered).not.toHaveBeenCalled();
  });

  test('may have a card and images at its end, and an id by which it is judged from the first', async () => {
    const clock = new VirtualClock();
    const value = () => {
      const text = after(clock, [
        [1000, 'a'],
        [2000, 'b'],
      ]);
      return replies.stream(text, { card, images: [Buffer.from('hi')], feedback: 'f1' });
    };
    const { talk } = botOf(value, { clock });
    const shown = await talk(said('hi'));
    expect(shown.length).toBeGreaterThan(2);
    for (const [, reply] of shown.slice(0, -1)) {
      expect(reply.msgtype).toBe('stream');
      expect(Object.keys(reply.stream).toSorted()).toEqual(['content', 'feedback', 'finish', 'id']);
    }
    expect(last(shown)).toEqual({
      msgtype: 'stream_with_template_card',
      stream: {
        id: expect.any(String),
        finish: true,
        content: 'ab',
        feedback: { id: 'f1' },
        msg_item: [image],
      },
      template_card: card,
    });
  });

  test('of such a stream that ends at once is whole', async () => {
    const clock = new VirtualClock();
    const value = () => replies.stream(after(clock, [[10, 'a']]), { card, images: [Buffer.from('hi')] });
    const { talk } = botOf(value, { clock });
    expect(await talk(said('hi'))).toEqual([
      [
        expect.any(Number),
        {
          msgtype: 'stream_with_template_card',
          stream: { id: expect.any(String), finish: true, content: 'a', msg_item: [image] },
          template_card: card,
        },
      ],
    ]);
  });

  test('to somebody who enters is a welcome, however it is made', async () => {
    const clock = new VirtualClock();
    const { push } = botOf(
      () =>
        after(clock, [
          [1000, 'wel'],
          [1000, 'come'],
        ]),
      { clock },
    );
    const { response_url: _, chattype: __, text: ___, ...about } = said('');
    const message = { ...about, create_time: 1, msgtype: 'event', event: { eventtype: 'enter_chat' } };
    const { after: ms, reply } = await push(message);
    expect(reply).toEqual({ msgtype: 'text', text: { content: 'welcome' } });
    expect(ms).toBe(2000);
  });
});

describe('to somebody who enters, late, is promised only what can come', () => {
  const enters = (() => {
    const { response_url: _, chattype: __, text: ___, ...about } = said('');
    return { ...about, create_time: 1, msgtype: 'event', event: { eventtype: 'enter_chat' } };
  })();
  const late = (clock) => async () => {
    await new Promise((resolve) => clock.setTimeout(resolve, 8000));
    return 'welcome';
  };

  test('which is nothing by response_url, as there is none', async () => {
    const clock = new VirtualClock();
    const { push, onUndelivered } = botOf(late(clock), { clock, carriers: [responseUrl()] });
    expect(await push(enters)).toEqual({ after: 4500, reply: undefined });
    await clock.pass(10_000);
    expect(onUndelivered.mock.calls.map(([value, , , reason]) => [value, reason])).toEqual([
      ['welcome', 'late'],
    ]);
  });

  test.each([
    ['says no', () => false, 'second soon'],
    ['fails', () => undefined.there, 'second soon'],
    ['says yes', () => true, 'first soon'],
    ['is not asked', undefined, 'first soon'],
  ])('by the second carrier where the first %s', async (_, reaches, soon) => {
    jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const clock = new VirtualClock();
    const carrier = (name, more) => ({
      name,
      prompt: { rest: '', soon: `${name} soon` },
      expect: jest.fn(),
      carry: ({ value }) => value,
      ...more,
    });
    const carriers = [carrier('first', { reaches }), carrier('second')];
    const { push } = botOf(late(clock), { clock, carriers });
    expect((await push(enters)).reply).toEqual({ msgtype: 'text', text: { content: soon } });
    expect(carriers.map(({ expect: told }) => told.mock.calls.length)).toEqual(
      soon.startsWith('first') ? [1, 0] : [0, 1],
    );
    process.emitWarning.mockRestore();
  });
});

describe('a refresh', () => {
  test.each([
    ['of a stream that nobody has heard of', (_id) => refresh('other')],
    ['of another user', (id) => refresh(id, { userid: 'lisi' })],
    ['without a stream', (id) => refresh(id, { stream: undefined })],
  ])('%s gets no text, and asks no handler', async (_, ask) => {
    const clock = new VirtualClock();
    const handler = jest.fn(() =>
      after(clock, [
        [1000, 'secret'],
        [5000, 'more'],
      ]),
    );
    const { push } = botOf(handler, { clock });
    const { reply } = await push(said('hi'));
    await clock.pass(2000);
    const { reply: given } = await push(ask(reply.stream.id));
    expect(JSON.stringify(given ?? '')).not.toContain('secret');
    if (given)
      expect(given.stream).toMatchObject({
        finish: true,
        content: '(This answer is no longer there. Please ask again.)',
      });
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('of the stream of another account is told that it is not there', async () => {
    const clock = new VirtualClock();
    const store = openMemoryStore(undefined, clock);
    const other = { ...bot, token: 'another' };
    const one = botOf(
      () =>
        after(clock, [
          [1000, 'secret'],
          [5000, 'more'],
        ]),
      { clock, store },
    );
    const two = botOf(() => 'never', { clock, store, ...other });
    const { reply } = await one.push(said('hi'));
    const { reply: given } = await two.push(refresh(reply.stream.id), other);
    expect(given.stream.content).toBe('(This answer is no longer there. Please ask again.)');
  });

  test('after the end gets the end once more; of a stream that is no longer kept, that it is not there', async () => {
    const clock = new VirtualClock();
    const { push, talk } = botOf(
      () =>
        after(clock, [
          [1000, 'a'],
          [1000, 'b'],
        ]),
      { clock },
    );
    const { stream } = last(await talk(said('hi')));
    expect((await push(refresh(stream.id))).reply).toMatchObject({ stream: { finish: true, content: 'ab' } });
    await clock.pass(11 * 60_000);
    expect((await push(refresh(stream.id))).reply.stream.content).toBe(
      '(This answer is no longer there. Please ask again.)',
    );
  });

  test('is not remembered: a handler of nobody, no delivery', async () => {
    const clock = new VirtualClock();
    const store = memoryStore();
    const begin = jest.spyOn(store, 'begin');
    const { talk } = botOf(
      () =>
        after(clock, [
          [1000, 'a'],
          [5000, 'b'],
        ]),
      { clock, store },
    );
    expect((await talk(said('hi'))).length).toBeGreaterThan(5);
    expect(begin).toHaveBeenCalledTimes(1);
  });
});

test('each push is told on the channels, a refresh as one that no handler ran for', async () => {
  const clock = new VirtualClock();
  const told = [];
  const note = ({ kind, hasRun, answer }) => told.push([kind, hasRun, answer]);
  channels.subscribe('wechat-push:handled', note);
  const { talk } = botOf(
    () =>
      after(clock, [
        [1000, 'a'],
        [500, 'b'],
      ]),
    { clock },
  );
  await talk(said('hi'));
  channels.unsubscribe('wechat-push:handled', note);
  expect(told).toEqual([
    ['text', true, 'reply'],
    ['stream', false, 'reply'],
  ]);
});

test('a message that is delivered again gets the stream that its first delivery began', async () => {
  const clock = new VirtualClock();
  const handler = jest.fn(() =>
    after(clock, [
      [1000, 'a'],
      [4000, 'b'],
      [4000, 'c'],
    ]),
  );
  const { push } = botOf(handler, { clock });
  const message = said('hi');
  const first = await push(message);
  await clock.pass(2000);
  const again = await push(message);
  expect(again.reply).toEqual(first.reply);
  expect(handler).toHaveBeenCalledTimes(1);
});

describe('a stream that', () => {
  test('throws in the middle ends with a note, and its owner hears of it', async () => {
    const clock = new VirtualClock();
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const { talk, onUndelivered } = botOf(
      () =>
        after(clock, [
          [1000, 'half'],
          [1000, new Error('cut off')],
        ]),
      { clock },
    );
    expect(last(await talk(said('hi'))).stream).toMatchObject({
      content: 'half\n(The answer ends here: something went wrong.)',
      finish: true,
    });
    expect(warned.mock.calls.flat().join()).toContain('cut off');
    expect(onUndelivered).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  test('throws while the model was reasoning ends that first, so that the note is seen', async () => {
    const clock = new VirtualClock();
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const pieces = [
      [1000, '<think>well'],
      [1000, new Error('cut off')],
    ];
    const { talk } = botOf(() => after(clock, pieces), { clock });
    expect(last(await talk(said('hi'))).stream.content).toBe(
      '<think>well</think>\n(The answer ends here: something went wrong.)',
    );
    warned.mockRestore();
  });

  test('throws before its first word, when its user is shown already that it comes, says so', async () => {
    const clock = new VirtualClock();
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const { talk } = botOf(() => after(clock, [[2000, new Error('no model')]]), { clock });
    expect(last(await talk(said('hi'))).stream).toMatchObject({
      content: '(The answer ends here: something went wrong.)',
      finish: true,
    });
    expect(warned.mock.calls.flat().join()).toContain('no model');
    warned.mockRestore();
  });

  test('throws at once has failed, so that WeCom delivers again', async () => {
    const clock = new VirtualClock();
    const { push } = botOf(() => after(clock, [[100, new Error('no model')]]), { clock });
    const { status, error } = await push(said('hi'));
    expect([status, error.message]).toEqual([500, 'no model']);
  });

  test('never goes on shows what is there until the limit, and is closed', async () => {
    const clock = new VirtualClock();
    const closed = jest.fn();
    let signal;
    const handler = (_, context) => {
      ({ signal } = context);
      return after(
        clock,
        [
          [1000, 'half'],
          [1e9, 'never'],
        ],
        closed,
      );
    };
    const { talk } = botOf(handler, { clock });
    const shown = await talk(said('hi'));
    expect(last(shown).stream).toMatchObject({
      content: 'half\n(The answer ends here: it takes too long.)',
      finish: true,
    });
    expect(shown.at(-1)[0]).toBeGreaterThanOrEqual(STREAM_GROWS_FOR);
    expect(shown.at(-1)[0]).toBeLessThan(SIX_MINUTES);
    expect(signal.aborted).toBe(true);
  });

  test('goes on for longer than six minutes is ended, and the rest goes to the carriers', async () => {
    const clock = new VirtualClock();
    const pieces = Array.from({ length: 40 }, (_, i) => [10_000, `${i + 1},`]);
    const { talk, sent } = botOf(() => after(clock, pieces), { clock, carriers: true });
    const shown = await talk(said('hi'));
    const { content, finish } = last(shown).stream;
    expect(finish).toBe(true);
    const [text, note] = content.split('\n');
    expect(note).toBe('(The rest comes in a message of its own.)');
    await clock.pass(SIX_MINUTES);
    expect(sent).toEqual([['late', expect.any(String)]]);
    expect(text + sent[0][1]).toBe(pieces.map(([, piece]) => piece).join(''));
  });

  test('is longer than a bot may show is ended there, and the rest goes to the carriers', async () => {
    const clock = new VirtualClock();
    const pieces = Array.from({ length: 50 }, (_, i) => [500, `${i}。`.repeat(150)]);
    const { talk, sent } = botOf(() => after(clock, pieces), { clock, carriers: true });
    const shown = await talk(said('hi'));
    for (const content of texts(shown)) expect(Buffer.byteLength(content)).toBeLessThanOrEqual(LIMIT);
    const { content, finish } = last(shown).stream;
    expect(finish).toBe(true);
    expect(Buffer.byteLength(content)).toBeGreaterThan(LIMIT - 200);
    await clock.pass(60_000);
    const [text, note] = content.split('\n');
    expect(note).toBe('(The rest comes in a message of its own.)');
    expect(sent).toEqual([['too_long', expect.any(String)]]);
    expect(text + sent[0][1]).toBe(pieces.map(([, piece]) => piece).join(''));
  });

  test('the same without carriers: the owner is given what came of the rest', async () => {
    const clock = new VirtualClock();
    const pieces = Array.from({ length: 50 }, () => [500, '字。'.repeat(150)]);
    const { talk, onUndelivered } = botOf(() => after(clock, pieces), { clock });
    const { content } = last(await talk(said('hi'))).stream;
    expect(content.split('\n')[1]).toBe('(The answer ends here: it is too long.)');
    await clock.pass(60_000);
    expect(onUndelivered.mock.calls.map(([, , , reason]) => reason)).toEqual(['too_long']);
  });
});

test('a text that is longer than a bot may show, late, goes in two parts', async () => {
  const clock = new VirtualClock();
  const whole = '一二三。'.repeat(2000);
  const handler = async () => {
    await new Promise((resolve) => clock.setTimeout(resolve, 8000));
    return whole;
  };
  const { talk, sent } = botOf(handler, { clock, carriers: true });
  const { content, finish } = last(await talk(said('hi'))).stream;
  await clock.pass(1000);
  expect(finish).toBe(true);
  expect(content.split('\n')[0] + sent[0][1]).toBe(whole);
});

test('three messages of a user grow at once; a fourth is answered like one of any platform', async () => {
  const clock = new VirtualClock();
  const handler = (message) =>
    after(clock, [
      [1000, `${message.text.content}: one. `],
      [8000, 'two. '],
      [8000, 'three. '],
    ]);
  const { talk, sent } = botOf(handler, { clock, carriers: true });
  const talks = await Promise.all(['a', 'b', 'c', 'd'].map((text) => talk(said(text))));
  expect(talks.map((shown) => last(shown).stream.content).toSorted()).toEqual([
    'a: one. two. three. ',
    'b: one. two. three. ',
    'c: one. two. three. ',
    'd: one.',
  ]);
  expect(talks.find((shown) => last(shown).stream.content === 'd: one.')).toEqual([
    [expect.any(Number), expect.objectContaining({ stream: expect.objectContaining({ finish: true }) })],
  ]);
  await clock.pass(20_000);
  expect(sent).toEqual([['late', ' two. three. ']]);
});

test('messages that come in turn grow one after the other', async () => {
  const clock = new VirtualClock();
  const handler = inTurn((message) =>
    after(clock, [
      [2000, message.text.content],
      [2000, '!'],
    ]),
  );
  const { talk } = botOf(handler, { clock });
  const talks = await Promise.all(['a', 'b'].map((text) => talk(said(text))));
  expect(talks.map((shown) => last(shown).stream.content)).toEqual(['a!', 'b!']);
});

test('a value that no bot can say, late, is told its owner, and the stream ends', async () => {
  const clock = new VirtualClock();
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const handler = async () => {
    await new Promise((resolve) => clock.setTimeout(resolve, 8000));
    return ['no', 'reply'];
  };
  const { talk } = botOf(handler, { clock });
  expect(last(await talk(said('hi'))).stream).toMatchObject({ content: '', finish: true });
  expect(warned.mock.calls.flat().join()).toContain('array_reply');
  warned.mockRestore();
});

describe('with other processes', () => {
  const slow = (clock) => () =>
    after(clock, [
      [1000, 'one. '],
      [2000, 'two. '],
      [20_000, 'three.'],
    ]);

  test('the first answer is given when they know of it', async () => {
    const clock = new VirtualClock();
    const store = sharedStore(clock, { delay: 250 });
    const one = botOf(slow(clock), { clock, store });
    const other = botOf(jest.fn(), { clock, store });
    const { after: ms, reply: first } = await one.push(said('hi'));
    expect(ms).toBe(750);
    const { reply: next } = await other.push(refresh(first.stream.id));
    expect(next).toEqual(first);
  });

  test('what WeCom has not waited for is no stream, and goes to the carriers whole', async () => {
    const clock = new VirtualClock();
    const store = sharedStore(clock, { delay: 250 });
    const { handle, sent, push } = botOf(slow(clock), { clock, store, carriers: true });
    const message = said('hi');
    let leave;
    const timestamp = String(Math.floor(clock.wall() / 1000));
    const { method, url, body } = pushed(message, { timestamp });
    const answer = handle({ method, url, body, onClose: (listener) => (leave = listener) });
    await clock.pass(600);
    leave();
    await clock.pass(400);
    await answer;
    await clock.pass(60_000);
    expect(sent).toEqual([['late', 'one. two. three.']]);
    const { reply: given } = await push(refresh(message.msgid));
    expect(given.stream.content).toBe('(This answer is no longer there. Please ask again.)');
  });

  test('one that was given up, as it was slow, has its carriers send what was not shown', async () => {
    const clock = new VirtualClock();
    const store = sharedStore(clock);
    const one = botOf(slow(clock), { clock, store, carriers: true });
    const other = botOf(jest.fn(), { clock, store });
    const { reply: first } = await one.push(said('hi'));
    await clock.pass(4000);
    clock.standStill(15_000);
    await other.push(refresh(first.stream.id));
    const { reply: ended } = await other.push(refresh(first.stream.id));
    expect(ended.stream).toMatchObject({ finish: true, content: expect.stringMatching(/^one. two. \n\(/) });
    await clock.pass(30_000);
    expect(one.sent).toEqual([['late', 'three.']]);
  });

  test.each([
    ['at its very end', 'two.'],
    ['when it is too long at that moment', Array.from({ length: 3000 }, (_, i) => `第${i}句。`).join('')],
  ])('the same %s: nothing of it is lost', async (_, rest) => {
    const clock = new VirtualClock();
    const store = sharedStore(clock, { delay: 100 });
    let goOn;
    const gate = new Promise((resolve) => (goOn = resolve));
    const handler = async function* () {
      yield 'one. ';
      await gate;
      yield rest;
    };
    const one = botOf(handler, { clock, store, carriers: true });
    const other = botOf(jest.fn(), { clock, store });
    const { reply: first } = await one.push(said('hi'));
    await clock.pass(1000);
    clock.standStill(15_000);
    await other.push(refresh(first.stream.id));
    goOn();
    await settle();
    await clock.pass(20_000);
    expect(one.sent).toEqual([['late', rest]]);
  });

  test('what a dead one was showing is ended by one that has carriers, also when nobody asks', async () => {
    const clock = new VirtualClock();
    const store = sharedStore(clock);
    const state = { isDead: false };
    const mortal = {
      now: clock.now,
      wall: clock.wall,
      clearTimeout: clock.clearTimeout,
      setImmediate: clock.setImmediate,
      pass: (ms) => clock.pass(ms),
      setTimeout: (call, ms) => clock.setTimeout(() => state.isDead || call(), ms),
    };
    const stalled = () =>
      after(clock, [
        [1000, 'half'],
        [1e9, 'never'],
      ]);
    const one = botOf(stalled, { clock: mortal, store });
    const { reply: first } = await one.push(said('hi'));
    await clock.pass(2000);
    state.isDead = true;
    const other = botOf(jest.fn(), { clock, store, carriers: true });
    await clock.pass(60_000);
    const { reply: ended } = await other.push(refresh(first.stream.id));
    expect(ended.stream).toMatchObject({
      finish: true,
      content: 'half\n(The answer was interrupted here. It comes once more, in a message of its own.)',
    });
  });
});

test('what another platform calls so is a message like any other', async () => {
  const handler = jest.fn();
  const { handle } = openEndpoint(modes.plain, handler);
  const { url, body } = pushOfWeChat({
    message: { ...textMessage, msgtype: 'stream', stream: { id: 'x' } },
    format: 'json',
  });
  expect((await handle({ method: 'POST', url, body })).status).toBe(200);
  expect(handler).toHaveBeenCalledTimes(1);
});

test('a host that stops after each answer works while it is asked', async () => {
  const clock = new VirtualClock();
  const pieces = Array.from({ length: 8 }, (_, i) => [1500, `${i + 1},`]);
  const { talk } = botOf(() => after(clock, pieces), { clock, host: { isFrozen: true } });
  const shown = await talk(said('hi'), { every: 0 });
  expect(shown.map(([ms, { stream }]) => [ms, stream.content, stream.finish])).toEqual([
    [4500, '1,2,', false],
    [9000, '1,2,3,4,5,', false],
    [12_000, '1,2,3,4,5,6,7,8,', true],
  ]);
});

describe('a conversation of the gateway, over a socket, in virtual time', () => {
  let server;
  let pumping;
  afterEach(() => {
    clearInterval(pumping);
    server.close();
    server.closeAllConnections();
  });

  /** Talks to a bot whose clock runs whenever nothing else does. */
  async function converse(handler, clock, options) {
    clock.offset = Date.now() - clock.now();
    const { handle } = openEndpoint({ ...bot, lang: 'en', ...options }, handler, { clock });
    server = http.createServer(async (req, res) => {
      const { status, headers, body } = await handle({ method: req.method, url: req.url, body: req });
      res.writeHead(status, headers).end(body);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    let isPassing = false;
    pumping = setInterval(async () => {
      if (isPassing) return;
      isPassing = true;
      await clock.pass(100);
      isPassing = false;
    }, 2);
    const wait = (ms) => new Promise((resolve) => clock.setTimeout(resolve, ms));
    const message = { msgtype: 'text', text: { content: 'hi' } };
    const url = `http://127.0.0.1:${server.address().port}/`;
    return createGateway(bot).converse(url, message, { interval: 5000, wait });
  }

  test('that lasts for less than six minutes comes to its end', async () => {
    const clock = new VirtualClock();
    const pieces = Array.from({ length: 30 }, (_, i) => [10_000, `${i + 1},`]);
    const { text, finished, error, turns } = await converse(() => after(clock, pieces), clock);
    expect({ text, finished, error }).toEqual({
      text: pieces.map(([, piece]) => piece).join(''),
      finished: true,
      error: null,
    });
    expect(turns.length).toBeGreaterThan(50);
    for (const [i, { reply }] of turns.entries())
      expect(reply.stream.content.startsWith(turns[i - 1]?.reply.stream.content ?? '')).toBe(true);
  });

  test('that never comes to an end is finished before WeCom stops asking', async () => {
    const clock = new VirtualClock();
    const handler = () =>
      after(clock, [
        [1000, 'half'],
        [1e9, 'never'],
      ]);
    const { text, finished, error, turns } = await converse(handler, clock);
    expect({ text, finished, error }).toEqual({
      text: 'half\n(The answer ends here: it takes too long.)',
      finished: true,
      error: null,
    });
    expect(turns.at(-1).at).toBeGreaterThan(SIX_MINUTES - 20_000);
  });
});
