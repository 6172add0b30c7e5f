'use strict';

// Answers that take longer, or are longer, than a delivery can carry, in virtual time.

const { channel } = require('node:diagnostics_channel');
const { compose, createReceiver, memoryStore } = require('..');
const { inTurn, nextMessage } = require('../answers.js');
const { HANDLER_LIMIT } = require('../lib/deadlines.js');
const { openEndpoint } = require('../lib/endpoint/endpoint.js');
const { identityOf, keptAs } = require('../lib/receiver.js');
const { openMemoryStore } = require('../lib/stores/memory.js');
const { VirtualClock, settle } = require('./support/clock.js');
const { modes, push, textMessage } = require('./support/wechat.js');

jest.setTimeout(60_000);

/** An endpoint, with what its carriers send and its owner hears of. */
function endpointOf(handler, { clock = new VirtualClock(), ...options } = {}) {
  const sent = [];
  const undelivered = jest.fn();
  const mouth = { name: 'mouth', carry: ({ value, reason }) => void sent.push([reason, value]) };
  const { handle } = openEndpoint(
    {
      ...modes.plain,
      tolerance: 0,
      lang: 'zh',
      store: openMemoryStore(undefined, clock),
      carriers: [mouth],
      onUndelivered: undelivered,
      ...options,
    },
    handler,
    { clock },
  );
  let id = 4561255354251345929n;
  const say = (Content, more = {}) => {
    const message = { ...textMessage, Content, MsgId: String(++id), ...more };
    const { url, body } = push({ message });
    return handle({ method: 'POST', url, body });
  };
  return { clock, say, sent, undelivered };
}

/** What the user sees of a response. */
function seen({ body }) {
  return /<Content><!\[CDATA\[([^]*)\]\]><\/Content>/.exec(body)?.[1] ?? body;
}

/** Lets virtual time pass until a promise has settled. */
async function within(clock, promise, most = 700_000) {
  const state = { isSettled: false };
  promise.finally(() => (state.isSettled = true)).catch(() => {});
  for (let passed = 0; !state.isSettled && passed < most; passed += 100) await clock.pass(100);
  await settle();
  return promise;
}

/** Yields each text after so many milliseconds. */
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

describe('carriers', () => {
  test('get what is late, and the signal stays open for them', async () => {
    let aborted;
    const { clock, say, sent } = endpointOf(async (message, { signal }) => {
      await new Promise((resolve) => clock.setTimeout(resolve, 20_000));
      aborted = signal.aborted;
      return 'late indeed';
    });
    expect(seen(await within(clock, say('hi')))).toBe('success');
    await clock.pass(30_000);
    await settle();
    expect(sent).toEqual([['late', 'late indeed']]);
    expect(aborted).toBe(false);
  });

  test('get the rest of what is too long', async () => {
    const { clock, say, sent } = endpointOf(() => '一二三四五六七八九。'.repeat(100));
    const first = seen(await within(clock, say('hi')));
    await settle();
    expect(Buffer.byteLength(first)).toBeLessThanOrEqual(2047);
    expect(first + sent[0][1]).toBe('一二三四五六七八九。'.repeat(100));
    expect(sent[0][0]).toBe('too_long');
  });

  test('get what an account takes no reply of, whole', async () => {
    const { clock, say, sent } = endpointOf(() => 'hi', { platform: 'mini-program' });
    expect(seen(await within(clock, say('hi')))).toBe('success');
    await settle();
    expect(sent).toEqual([['not_taken', 'hi']]);
  });

  test('are not asked about an event of nobody; the app is', async () => {
    const { clock, say, sent, undelivered } = endpointOf(
      () => new Promise((resolve) => clock.setTimeout(() => resolve('late'), 9000)),
    );
    await within(clock, say('', { FromUserName: '' }));
    await clock.pass(10_000);
    await settle();
    expect([sent.length, undelivered.mock.calls.length]).toEqual([0, 1]);
  });

  test('are told once that a handler is at work', async () => {
    const working = jest.fn(() => Promise.reject(new Error('cannot type')));
    const carrier = { name: 'typist', working, carry() {} };
    const { clock, say } = endpointOf(
      ({ Content }) => new Promise((resolve) => clock.setTimeout(() => resolve('x'), Number(Content))),
      { carriers: [carrier] },
    );
    await within(clock, say('900'));
    expect(working).not.toHaveBeenCalled();
    await within(clock, say('3000'));
    expect(working).toHaveBeenCalledTimes(1);
    expect(working.mock.calls[0][0]).toMatchObject({ user: textMessage.FromUserName, text: '3000' });
  });

  test('are told so of one whose answer is being written, too', async () => {
    const working = jest.fn();
    const carrier = { name: 'typist', working, carry() {} };
    const { clock, say } = endpointOf(
      async function* write() {
        yield 'a';
        await new Promise((resolve) => clock.setTimeout(resolve, 3000));
        yield 'b';
      },
      { carriers: [carrier] },
    );
    await within(clock, say('hi'));
    expect(working).toHaveBeenCalledTimes(1);
  });

  test('what a handler throws when no delivery waits is reported, and nothing is sent', async () => {
    const { clock, say, sent } = endpointOf(
      () => new Promise((_, reject) => clock.setTimeout(() => reject(new Error('broken')), 9000)),
    );
    await within(clock, say('hi'));
    await clock.pass(10_000);
    expect(sent).toEqual([]);
  });
});

test('what a process left before the Token was changed is answered once', async () => {
  const clock = new VirtualClock();
  const store = { ...openMemoryStore(undefined, clock) };
  const dying = endpointOf(() => new Promise(() => {}), { store });
  expect(seen(await within(dying.clock, dying.say('hi')))).toBe('success');

  const sent = [];
  const handler = jest.fn(() => 'answer');
  openEndpoint(
    {
      token: ['the new one', modes.plain.token],
      store,
      carriers: [{ name: 'mouth', carry: ({ value }) => void sent.push(value) }],
    },
    handler,
    { clock },
  );
  for (let i = 0; i < 2000; i++) await clock.pass(100);
  expect([handler.mock.calls.length, sent]).toEqual([1, ['answer']]);
});

describe('a stream', () => {
  test('that ends in time is the reply', async () => {
    const { clock, say, sent } = endpointOf(() =>
      after(clock, [
        [500, '你好'],
        [500, '，世界。'],
      ]),
    );
    expect(seen(await within(clock, say('hi')))).toBe('你好，世界。');
    expect(sent).toEqual([]);
  });

  test('goes as far as whole sentences when the window ends, and then by the carriers', async () => {
    const { clock, say, sent } = endpointOf(() =>
      after(clock, [
        [1000, '第一句。第'],
        [2000, '二句。第三'],
        [9000, '句。'],
      ]),
    );
    expect(seen(await within(clock, say('hi')))).toBe('第一句。第二句。');
    await clock.pass(20_000);
    await settle();
    expect(sent).toEqual([['late', '第三句。']]);
  });

  test('is cut between paragraphs without blank lines at the end of one message, or at the beginning of the next', async () => {
    const { clock, say, sent } = endpointOf(() =>
      after(clock, [
        [1000, '第一段。\n\n'],
        [9000, '\n第二段。'],
      ]),
    );
    expect(seen(await within(clock, say('hi')))).toBe('第一段。');
    await clock.pass(20_000);
    await settle();
    expect(sent).toEqual([['late', '第二段。']]);
  });

  test('whose beginning comes too late for the delivery goes by the carriers, all of it', async () => {
    const sent = [];
    const pause = (ms) => new Promise((resolve) => clock.setTimeout(resolve, ms));
    const slow = {
      name: 'slow',
      prompt: { rest: '[more]', soon: '[soon]' },
      // The store is slow.
      expect: () => pause(1000),
      carry: async ({ value }) => (await pause(20_000), void sent.push(value)),
    };
    const { clock, say } = endpointOf(
      () =>
        after(clock, [
          [1000, '第一句。'],
          [9000, '第二句。'],
        ]),
      { carriers: [slow] },
    );
    await within(clock, say('hi'));
    for (let i = 0; i < 600; i++) await clock.pass(100);
    await settle();
    expect(sent).toEqual(['第一句。第二句。']);
  });

  test('without a whole sentence goes by the carriers as a whole', async () => {
    const { clock, say, sent } = endpointOf(() => after(clock, [[6000, '终于。']]));
    expect(seen(await within(clock, say('hi')))).toBe('success');
    await clock.pass(20_000);
    await settle();
    expect(sent).toEqual([['late', '终于。']]);
  });

  test('that breaks off keeps what there was, with a note', async () => {
    const { clock, say } = endpointOf(() =>
      after(clock, [
        [100, '前半。'],
        [100, new Error('the model broke')],
      ]),
    );
    expect(seen(await within(clock, say('hi')))).toBe('前半。\n（出了点问题，回答到此中断）');
  });

  test('that breaks before anything came fails, so that WeChat tries again', async () => {
    const { clock, say } = endpointOf(() => after(clock, [[100, new Error('no model')]]));
    expect((await within(clock, say('hi'))).status).toBe(500);
  });

  test('that never ends is closed after ten minutes, and what there was is sent', async () => {
    const onEnd = jest.fn();
    const { clock, say, sent } = endpointOf(() =>
      after(clock, [[1000, '开始。'], ...Array.from({ length: 1000 }, () => [5000, '还有。'])], onEnd),
    );
    expect(seen(await within(clock, say('hi')))).toBe('开始。');
    await clock.pass(HANDLER_LIMIT + 10_000);
    await settle();
    expect(onEnd).toHaveBeenCalledTimes(1);
    expect(sent).toHaveLength(1);
    expect(sent[0][1]).toMatch(/^(还有。)+\n（出了点问题，回答到此中断）$/);
  });

  test('is stopped when nobody can be sent the rest', async () => {
    const onEnd = jest.fn();
    const { clock, say, undelivered } = endpointOf(
      () =>
        after(
          clock,
          [
            [6000, '一。'],
            [600_000, '二。'],
          ],
          onEnd,
        ),
      { carriers: [] },
    );
    await within(clock, say('hi'));
    await clock.pass(20_000);
    await settle();
    expect(onEnd).toHaveBeenCalledTimes(1);
    expect(undelivered).toHaveBeenCalledTimes(0);
  });
});

describe('nextMessage', () => {
  const lecture = Array.from({ length: 300 }, (_, i) => `这是第${i}句。`).join('');
  const prompt = { rest: '[more]', soon: '[soon]', replaced: '[new]' };

  test('gives the rest part by part, each with how to get the next', async () => {
    const handler = jest.fn(() => lecture);
    const { clock, say } = endpointOf(handler, { carriers: [nextMessage({ prompt })] });
    let all = '';
    let text = seen(await within(clock, say('讲讲')));
    while (text.endsWith('\n[more]')) {
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2047);
      all += text.slice(0, -'\n[more]'.length);
      await clock.pass(1000);
      text = seen(await within(clock, say(' 继续 ')));
    }
    expect(all + text).toBe(lecture);
    expect(handler).toHaveBeenCalledTimes(1);
    // For a second what is left may still be on its way to the store.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await within(clock, say('继续'));
    expect(handler).toHaveBeenCalledTimes(2);
  });

  test('says that an answer is on its way, and gives it when it is there', async () => {
    const { clock, say } = endpointOf(
      ({ Content }) => new Promise((resolve) => clock.setTimeout(() => resolve(`答：${Content}`), 12_000)),
      { carriers: [nextMessage({ prompt })] },
    );
    expect(seen(await within(clock, say('问')))).toBe('[soon]');
    const early = say('继续');
    for (let i = 0; i < 50; i++) {
      await clock.pass(100);
      await settle();
    }
    expect(seen(await early)).toBe('[soon]');
    await clock.pass(10_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(seen(await within(clock, say('继续')))).toBe('答：问');
  });

  test.each([
    ['nothing', '[soon]', (clock) => new Promise((resolve) => clock.setTimeout(resolve, 12_000))],
    [
      'nothing more',
      '第一句。\n[more]',
      (clock) => after(clock, [[100, '第一句。'], [8000, '']]), // prettier-ignore
    ],
  ])('waits no longer for an answer of which there is %s', async (_, first, answer) => {
    const handler = jest.fn(({ Content }) => (Content === '继续' ? 'anew' : answer(clock)));
    const { clock, say } = endpointOf(handler, { carriers: [nextMessage({ prompt })] });
    expect(seen(await within(clock, say('问')))).toBe(first);
    await clock.pass(20_000);
    expect(seen(await within(clock, say('继续')))).toBe('anew');
  });

  test('waits no longer for what a dead process has promised, either', async () => {
    const clock = new VirtualClock();
    const store = { ...openMemoryStore(undefined, clock) };
    const keys = [];
    const { get } = store.records;
    store.records.get = (key) => (keys.push(key), get(key));
    const carriers = [nextMessage({ prompt })];
    const dying = endpointOf(() => new Promise(() => {}), { store, carriers });
    expect(seen(await within(dying.clock, dying.say('问')))).toBe('[soon]');

    const handler = jest.fn();
    openEndpoint({ ...modes.plain, store, carriers }, handler, { clock });
    for (let i = 0; i < 600; i++) await clock.pass(100);
    expect(handler).toHaveBeenCalledTimes(1);
    const key = keys.find((one) => one.includes(':next:'));
    expect(key).toBeDefined();
    expect(await store.records.get(key)).toBeUndefined();
  });

  test('warns once in plaintext, where whoever has a valid query could ask for what is kept', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const warned = () =>
      warn.mock.calls.filter(([text]) => /nextMessage keeps .* secure mode/.test(text)).length;
    // A copy of the package that has not warned yet.
    await jest.isolateModulesAsync(async () => {
      const fresh = { ...require('..'), ...require('../answers.js') };
      const pushTo = (mode, MsgId) => {
        const { url, body } = push({ message: { ...textMessage, MsgId }, encrypted: mode === 'secure' });
        const options = { ...modes[mode], tolerance: 0, carriers: [fresh.nextMessage()] };
        return fresh.createEndpoint(options, () => 'hi').handle({ method: 'POST', url, body });
      };
      expect(seen(await pushTo('secure', '1'))).toMatch('Encrypt');
      expect(warned()).toBe(0);
      for (const id of ['2', '3']) expect(seen(await pushTo('plain', id))).toBe('hi');
      expect(warned()).toBe(1);
    });
    warn.mockRestore();
  });

  test('whoever asks too early, and asks again, takes nothing from what was promised', async () => {
    const handler = jest.fn(
      ({ Content }) => new Promise((resolve) => clock.setTimeout(() => resolve(`答：${Content}`), 30_000)),
    );
    const { clock, say } = endpointOf(handler, { carriers: [nextMessage({ prompt })] });
    expect(seen(await within(clock, say('问')))).toBe('[soon]');
    for (let i = 0; i < 3; i++) {
      const early = say('继续');
      for (let j = 0; j < 50; j++) {
        await clock.pass(100);
        await settle();
      }
      expect(seen(await early)).toBe('[soon]');
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    expect(handler).toHaveBeenCalledTimes(1);
    await clock.pass(30_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(seen(await within(clock, say('继续')))).toBe('答：问');
  });

  test('a new answer takes the place of the old one, and says so', async () => {
    const { clock, say } = endpointOf(
      ({ Content }) => (Content === '短' ? '短答' : lecture.replace('第0句', Content)),
      { carriers: [nextMessage({ prompt })] },
    );
    await within(clock, say('甲'));
    await within(clock, say('乙'));
    await clock.pass(1000);
    expect(seen(await within(clock, say('继续')))).toMatch(/^\[new\]\n/);
  });

  test('has no words that leave no room for the answer', () => {
    const prompts = ['lecture'.repeat(151), { soon: '长'.repeat(201) }, { replaced: '长'.repeat(201) }];
    for (const given of prompts) {
      expect(() => nextMessage({ prompt: given })).toThrow(
        /prompt\.\w+ must be a string of at most 600 bytes/,
      );
    }
    nextMessage({ prompt: '长'.repeat(200) });
  });

  test('whatever a user says goes to the handler while the store is away', async () => {
    const down = () => Promise.reject(new Error('down'));
    const methods = ['begin', 'peek', 'finish', 'release', 'claimUnsent'].map((name) => [name, down]);
    const store = { ...Object.fromEntries(methods), records: { get: down, set: down, claimDue: down } };
    const { clock, say } = endpointOf(() => 'hi', { store, carriers: [nextMessage({ words: 'any' })] });
    expect(seen(await within(clock, say('讲讲')))).toBe('hi');
  });

  test('a retry gets the same part again', async () => {
    const { clock, say } = endpointOf(() => lecture, { carriers: [nextMessage({ prompt })] });
    await within(clock, say('讲讲'));
    await clock.pass(1000);
    const same = { MsgId: '1' };
    const first = seen(await within(clock, say('继续', same)));
    expect(seen(await within(clock, say('继续', same)))).toBe(first);
  });
});

describe('sessions', () => {
  test('are of one user of one account, and end with their time', async () => {
    const { clock, say } = endpointOf(
      async ({ Content }, { session }) => {
        const count = await session.update((old = 0) => old + 1);
        return `${Content} ${count}`;
      },
      { session: { ttl: 60_000 } },
    );
    expect(seen(await within(clock, say('a')))).toBe('a 1');
    expect(seen(await within(clock, say('b')))).toBe('b 2');
    expect(seen(await within(clock, say('c', { FromUserName: 'oOther' })))).toBe('c 1');
    await clock.pass(61_000);
    expect(seen(await within(clock, say('d')))).toBe('d 1');
  });

  test('need their option', async () => {
    const { clock, say } = endpointOf((message, context) => context.session.get());
    expect((await within(clock, say('a'))).error).toMatchObject({ code: 'ERR_WECHAT_PUSH_SESSION' });
  });

  test('that are too large, or were changed in between, say so', async () => {
    const codes = [];
    const { clock, say } = endpointOf(
      async (message, { session }) => {
        await session.set('x'.repeat(70_000)).catch(({ code }) => codes.push(code));
        await session.get();
        await session.set(1);
        await session.get();
        const [one, two] = [session.set(2), session.set(3)];
        await Promise.allSettled([one, two]).then((all) =>
          codes.push(...all.map(({ status, reason }) => reason?.code ?? status)),
        );
        await session.clear();
        return String(await session.get());
      },
      { session: true },
    );
    expect(seen(await within(clock, say('a')))).toBe('undefined');
    expect(codes).toEqual(['ERR_WECHAT_PUSH_SESSION', 'fulfilled', 'ERR_WECHAT_PUSH_SESSION']);
  });
});

describe('what can go wrong', () => {
  const gone = () => Promise.reject(new Error('gone'));
  const away = { records: { get: gone, set: gone, claimDue: gone } };

  test('a session whose store is away is an error, never an empty session', async () => {
    const seenErrors = [];
    const { clock, say } = endpointOf(
      async (message, { session }) => {
        for (const act of [() => session.get(), () => session.set(1), () => session.update(() => 1)])
          await act().catch(({ code }) => seenErrors.push(code));
        await session.clear();
      },
      { session: true, carriers: [], store: { ...memoryStore(), ...away } },
    );
    expect((await within(clock, say('a'))).error).toMatchObject({ code: 'ERR_WECHAT_PUSH_STORE' });
    expect(seenErrors).toEqual(Array(3).fill('ERR_WECHAT_PUSH_STORE'));
  });

  test('a session of another version says so, and can be cleared', async () => {
    const store = memoryStore();
    const { records } = store;
    // Whatever its key is.
    const other = {
      ...records,
      get: async (key) => (key.includes(':session:') && !isCleared ? NEWER : undefined),
    };
    let isCleared = false;
    const NEWER = { value: JSON.stringify({ v: 2, value: 1 }), version: '1' };
    const set = async () => (isCleared = true);
    const { clock, say } = endpointOf(
      async ({ Content }, { session }) => {
        if (Content === 'clear') await session.clear();
        return String(await session.get());
      },
      { session: true, store: { ...store, records: { ...other, set } } },
    );
    expect((await within(clock, say('a'))).error).toMatchObject({ code: 'ERR_WECHAT_PUSH_SESSION' });
    expect(seen(await within(clock, say('clear')))).toBe('undefined');
  });

  test('two processes that are asked for one kept answer at once give it once', async () => {
    const clock = new VirtualClock();
    const store = openMemoryStore(undefined, clock);
    const long = Array.from({ length: 100 }, (_, i) => `这是第${i}句。`).join('');
    const carriers = [nextMessage({ prompt: { rest: '[more]', soon: '[soon]', replaced: '[new]' } })];
    const handler = jest.fn(({ Content }) => (Content === '讲讲' ? long.repeat(2) : 'nothing kept'));
    const [one, two] = [1, 2].map(() => endpointOf(handler, { clock, store, carriers }));
    const first = seen(await within(clock, one.say('讲讲')));
    await clock.pass(1000);
    const both = [one.say('继续', { MsgId: '1' }), two.say('继续', { MsgId: '2' })];
    // What waits for the other's part does so in real time.
    const [a, b] = await Promise.all(both.map(async (answer) => seen(await answer)));
    const parts = [first, ...[a, b].toSorted((x, y) => y.length - x.length)];
    const whole = parts.map((part) => part.replace('\n[more]', '').replace('nothing kept', '')).join('');
    expect(whole).toBe(long.repeat(2));
  });

  test('merged messages whose handler is slower than the window are one answer, by the carriers', async () => {
    const handler = inTurn(
      ({ Content }, { messages }) =>
        new Promise((resolve) => clock.setTimeout(() => resolve(`${Content} ${messages.length}`), 9000)),
      { merge: 1000 },
    );
    const { clock, say, sent } = endpointOf(handler);
    const both = [say('a'), say('b')];
    for (const one of both) expect(seen(await within(clock, one))).toBe('success');
    await clock.pass(20_000);
    await settle();
    expect(sent).toEqual([['late', expect.stringMatching(/^[ab] 2$/)]]);
  });

  test('a merged call that fails is delivered again as a whole', async () => {
    let isBroken = true;
    const handler = inTurn(
      (message, { messages }) => {
        if (isBroken) throw new Error('broken');
        return messages.map(({ Content }) => Content).join('+');
      },
      { merge: 500 },
    );
    const { clock, say } = endpointOf(handler);
    const both = () => ['a', 'b'].map((text, i) => say(text, { MsgId: String(i + 1) }));
    for (const one of both()) expect((await within(clock, one)).status).toBe(500);
    isBroken = false;
    const texts = [];
    for (const one of both()) texts.push(seen(await within(clock, one)));
    expect(texts.toSorted()).toEqual(['a+b', 'success']);
  });

  test('who waits for long stays before those who came later', async () => {
    const log = [];
    const handler = inTurn(async ({ Content }) => {
      log.push(Content);
      await new Promise((resolve) => clock.setTimeout(resolve, Content === 'a' ? 40_000 : 10));
    });
    const { clock, say } = endpointOf(handler);
    const all = [say('a')];
    await clock.pass(1000);
    all.push(say('b'));
    await clock.pass(36_000);
    all.push(say('c'));
    await clock.pass(20_000);
    await Promise.all(all);
    expect(log).toEqual(['a', 'b', 'c']);
  });

  test('an answer that nobody has asked for is there again when the newer one fails', async () => {
    const { clock, say } = endpointOf(
      ({ Content }) => {
        if (Content === 'long') return '一二三四五六七八九。'.repeat(100);
        return new Promise((_, reject) => clock.setTimeout(() => reject(new Error('broken')), 8000));
      },
      { carriers: [nextMessage({ prompt: { rest: '[more]', soon: '[soon]', replaced: '[new]' } })] },
    );
    const first = seen(await within(clock, say('long'))).replace('\n[more]', '');
    expect(seen(await within(clock, say('other')))).toBe('[soon]');
    await clock.pass(10_000);
    await settle();
    expect(first + seen(await within(clock, say('继续')))).toBe('一二三四五六七八九。'.repeat(100));
  });
});

describe('a push that WeChat was told to be well', () => {
  const { url, body } = push({ message: textMessage });

  /** Processes with one store, which start one after the other and die when their handler says so. */
  function start(handler) {
    const clock = new VirtualClock();
    const { records, ...store } = openMemoryStore(undefined, clock);
    const sent = [];
    const open = () => {
      const life = { isDead: false };
      const never = new Promise(() => {});
      const asked =
        (name) =>
        (...args) =>
          life.isDead ? never : records[name](...args);
      const shared = { get: asked('get'), set: asked('set'), claimDue: asked('claimDue') };
      const carriers = [{ name: 'mouth', carry: ({ value }) => void sent.push(value) }];
      return openEndpoint(
        { ...modes.plain, tolerance: 0, store: { ...store, records: shared }, carriers },
        () => handler(life, clock),
        { clock: { ...clock, setTimeout: (call, ms) => clock.setTimeout(() => life.isDead || call(), ms) } },
      );
    };
    return { clock, sent, open };
  }

  /** A handler that takes its process with it after six seconds, so many times. */
  function deadly(times) {
    return jest.fn(async (life, clock) => {
      await new Promise((resolve) => clock.setTimeout(resolve, 6000));
      if (deadlyCalls++ >= times) return 'at last';
      life.isDead = true;
      return new Promise(() => {});
    });
  }
  let deadlyCalls;
  beforeEach(() => (deadlyCalls = 0));

  test('is handled again by another process when its own dies', async () => {
    const handler = deadly(1);
    const { clock, sent, open } = start(handler);
    expect(seen(await within(clock, open().handle({ method: 'POST', url, body })))).toBe('success');
    open();
    await clock.pass(60_000);
    expect(sent).toEqual(['at last']);
    expect(handler).toHaveBeenCalledTimes(2);
  });

  test('is given up when that has ended three of them', async () => {
    const failures = [];
    const note = ({ error }) => failures.push(error.message);
    channel('wechat-push:failed').subscribe(note);
    const handler = deadly(Infinity);
    const { clock, sent, open } = start(handler);
    await within(clock, open().handle({ method: 'POST', url, body }));
    for (let i = 0; i < 5; i++) {
      open();
      await clock.pass(60_000);
    }
    channel('wechat-push:failed').unsubscribe(note);
    expect([handler.mock.calls.length, sent]).toEqual([3, []]);
    expect(failures).toEqual([expect.stringContaining('has died 3 times')]);
  });
});

describe('hosts that stop after the answer', () => {
  test.each([
    ['waits for what dead processes left', {}],
    ['hands it to waitUntil', { waitUntil: jest.fn() }],
  ])('takes it up with a push, and %s', async (_, more) => {
    const clock = new VirtualClock();
    const store = openMemoryStore(undefined, clock);
    const sent = [];
    const shared = { ...store };
    const mouth = { name: 'mouth', carry: ({ value }) => void sent.push(value) };
    const { handle } = openEndpoint(
      { ...modes.plain, tolerance: 0, store: shared, carriers: [mouth] },
      ({ Content }) => `re ${Content}`,
      { clock, isFrozen: true },
    );
    const { url, body } = push({ message: textMessage });
    // As a process leaves it that has died: nobody has the push in hand.
    const letter = { id: 'other', value: 'left behind', reason: 'late', carrier: 0, push: undefined };
    const outcome = createReceiver({ ...modes.plain, tolerance: 0 }).receive({ method: 'POST', url, body });
    letter.push = keptAs(outcome);
    const box = { v: 1, holder: 'dead', letters: [letter] };
    const key = `${identityOf(outcome)}:outbox:${textMessage.FromUserName}`;
    await shared.records.set(key, JSON.stringify(box), { ttl: 60_000, due: 0 });
    await clock.pass(10);
    const answer = await within(clock, handle({ method: 'POST', url, body, ...more }));
    expect(answer.status).toBe(200);
    await Promise.all((more.waitUntil?.mock.calls ?? []).map(([work]) => work));
    expect(sent).toEqual(['left behind']);
  });
});

describe('turns', () => {
  test('one message after the other, in the order in which they were sent', async () => {
    const log = [];
    const handler = inTurn(async ({ Content }) => {
      log.push(`+${Content}`);
      await new Promise((resolve) => clock.setTimeout(resolve, 1000));
      log.push(`-${Content}`);
      return Content;
    });
    const { clock, say } = endpointOf(handler, { store: memoryStore() });
    const all = ['a', 'b', 'c'].map((text) => say(text));
    const other = say('z', { FromUserName: 'oOther' });
    for (const one of [...all, other]) await within(clock, one);
    expect(log.filter((line) => !line.includes('z'))).toEqual(['+a', '-a', '+b', '-b', '+c', '-c']);
    expect(log.indexOf('+z')).toBeLessThan(log.indexOf('+b'));
  });

  test('messages that follow each other at once are one call', async () => {
    const calls = [];
    const handler = inTurn(
      (message, { messages, text }) => {
        calls.push([messages.map(({ Content }) => Content), text]);
        return `got ${messages.length}`;
      },
      { merge: 1200 },
    );
    const { clock, say } = endpointOf(handler, { store: memoryStore() });
    const first = say('我想问');
    await clock.pass(500);
    const second = say('明天');
    await clock.pass(500);
    const third = say('天气');
    const answers = [];
    for (const one of [first, second, third]) answers.push(seen(await within(clock, one)));
    expect(calls).toEqual([[['我想问', '明天', '天气'], '我想问\n明天\n天气']]);
    expect(answers.toSorted()).toEqual(['got 3', 'success', 'success']);
  });

  test('a handler finds in its context what those before have put there', async () => {
    const put = (_, context, next) => {
      context.shop = 'mine';
      return next();
    };
    const handler = inTurn((_, { shop, messages, text }) => `${shop} ${messages.length} ${text}`);
    const { clock, say } = endpointOf(compose(put, handler));
    expect(seen(await within(clock, say('hi')))).toBe('mine 1 hi');
  });

  test('a call that fails lets the next go on', async () => {
    const handler = inTurn(({ Content }) => {
      if (Content === 'bad') throw new Error('bad');
      return Content;
    });
    const { clock, say } = endpointOf(handler, { store: memoryStore() });
    const [bad, good] = [say('bad'), say('good')];
    expect((await within(clock, bad)).status).toBe(500);
    expect(seen(await within(clock, good))).toBe('good');
  });
});
