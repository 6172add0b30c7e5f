'use strict';

// The reader of what models write; with the clients themselves: npm run test:models.

const { openStream } = require('../lib/answers/stream.js');
const {
  aiSdk,
  aiSdk4,
  block,
  chat,
  chatCompletions,
  delta,
  messages,
  responses,
} = require('./support/chunks.js');

/** A source that counts how often it was told to end. */
function source(chunks, { fails = undefined, returns = async () => ({ done: true }) } = {}) {
  const rest = [...chunks];
  const iterator = {
    left: jest.fn(returns),
    async next() {
      if (rest.length > 0) return { done: false, value: rest.shift() };
      if (fails) throw fails;
      return { done: true };
    },
    return: () => iterator.left(),
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

/** All that comes out of it: the pieces, and the error if there was one. */
async function read(stream) {
  const pieces = [];
  try {
    for (;;) {
      const { text, done } = await stream.next();
      if (done) return { pieces, text: pieces.join('') };
      pieces.push(text);
    }
  } catch (error) {
    return { pieces, text: pieces.join(''), error };
  }
}

const WHOLE = '第一句。Second.';
const families = { chatCompletions, responses, messages, aiSdk, aiSdk4 };

describe('what is a stream', () => {
  test.each(Object.entries(families))('%s', async (_, chunks) => {
    const iterator = source(chunks);
    expect(await read(openStream(iterator))).toEqual({ pieces: expect.anything(), text: WHOLE });
    expect(iterator.left).not.toHaveBeenCalled();
  });

  test.each(Object.entries(families))('%s of a generator, and as fullStream', async (_, chunks) => {
    async function* waiting() {
      yield* chunks;
    }
    expect(await read(openStream(waiting()))).toEqual({ pieces: expect.anything(), text: WHOLE });
    expect(await read(openStream(chunks.values()))).toEqual({ pieces: expect.anything(), text: WHOLE });
    expect(await read(openStream({ fullStream: source(chunks) }))).toEqual({
      pieces: expect.anything(),
      text: WHOLE,
    });
  });

  test('strings, and a ReadableStream of them', async () => {
    expect(await read(openStream(source(['第一句。', '', 'Second.'])))).toEqual({
      pieces: ['第一句。', 'Second.'],
      text: WHOLE,
    });
    const { readable, writable } = new TextDecoderStream();
    const writer = writable.getWriter();
    void writer.write(Buffer.from(WHOLE).subarray(0, 2));
    void writer.write(Buffer.from(WHOLE).subarray(2));
    void writer.close();
    expect(await read(openStream(readable))).toEqual({ pieces: expect.anything(), text: WHOLE });
  });

  test('fullStream is asked for once', async () => {
    const asked = jest.fn(() => source(aiSdk));
    const result = Object.defineProperty({}, 'fullStream', { get: asked });
    await read(openStream(result));
    expect(asked).toHaveBeenCalledTimes(1);
  });

  test('the parts before and after a tool are paragraphs', async () => {
    const tools = {
      messages: [
        messages[0],
        block(0, { type: 'text', text: 'I look.' }),
        block(1, { type: 'tool_use', name: 'look', input: {} }),
        delta(1, { type: 'input_json_delta', partial_json: '{}' }),
        block(2, { type: 'text', text: 'It' }),
        delta(2, { type: 'text_delta', text: ' rains.' }),
        { type: 'message_stop' },
      ],
      responses: [
        { type: 'response.output_item.added', item: { type: 'message' } },
        { type: 'response.output_text.delta', delta: 'I look.' },
        { type: 'response.output_item.added', item: { type: 'web_search_call' } },
        { type: 'response.output_item.added', item: { type: 'message' } },
        { type: 'response.output_text.delta', delta: 'It rains.' },
        { type: 'response.completed', response: {} },
      ],
      aiSdk: [
        { type: 'start' },
        { type: 'text-delta', text: 'I look.' },
        { type: 'tool-call', toolName: 'look' },
        { type: 'tool-error', error: new Error('of the tool') },
        { type: 'text-delta', text: 'It rains.' },
        { type: 'finish' },
      ],
    };
    for (const chunks of Object.values(tools)) {
      expect(await read(openStream(source(chunks)))).toEqual({
        pieces: expect.anything(),
        text: 'I look.\n\nIt rains.',
      });
    }
  });

  test('a refusal of the model is what it says', async () => {
    const refused = [chat({ refusal: '我不能' }), chat({}, { finish_reason: 'stop' })];
    expect(await read(openStream(source(refused)))).toMatchObject({ text: '我不能' });
  });

  const throwing = new Proxy({}, { get: () => { throw new Error('a getter'); } }); // prettier-ignore
  test.each([
    ['a text', 'hi'],
    ['nothing', undefined],
    ['null', null],
    ['an array', ['a']],
    ['a Map', new Map()],
    ['bytes', Buffer.from('a')],
    ['a reply', { MsgType: 'text', Content: 'hi' }],
    ['a Response', new Response('hi')],
    ['a function', async function* () {}],
    ['an object with another fullStream', { fullStream: 'yes' }],
    ['what throws when it is looked at', throwing],
  ])('%s is none', (_, value) => {
    expect(openStream(value)).toBeUndefined();
  });
});

describe('what is refused', () => {
  test.each([
    ['bytes', new Uint8Array(3), 'yielded bytes'],
    ['a Buffer', Buffer.from('secret'), 'yielded bytes'],
    ['a Response', new Response('secret'), 'yielded a Response'],
    ['an object', { secret: 'secret value', b: 1 }, 'yielded an object with secret, b'],
    ['a part of another protocol', { type: 'content', content: 'x' }, "an object of the type 'content'"],
    [
      'a part of text without text',
      { type: 'text-delta', payload: {} },
      "an object of the type 'text-delta'",
    ],
    ['a chunk with a list for text', chat({ content: [{ text: 'x' }] }), 'an object with id, object'],
    ['a number', 7, 'yielded a number'],
    ['null', null, 'yielded null'],
    ['an array', ['a'], 'yielded an array'],
    ['a promise', { next: 0 }, 'an object with next'],
    ['a symbol', Symbol('a'), 'yielded a symbol'],
  ])('%s', async (_, chunk, words) => {
    const iterator = source(['before ', chunk, 'after']);
    const { text, error } = await read(openStream(iterator));
    expect(text).toBe('before ');
    expect(error).toMatchObject({ code: 'ERR_WECHAT_PUSH_STREAM', message: expect.stringContaining(words) });
    expect(error.message).not.toContain('secret value');
    expect(iterator.left).toHaveBeenCalledTimes(1);
  });

  test('a promise of a generator', async () => {
    const generator = [Promise.resolve('a')].values();
    expect((await read(openStream(generator))).error.message).toContain('yielded a promise');
  });
});

describe('a model that fails', () => {
  const own = new Error('429 slow down');
  test.each([
    ['chatCompletions', { error: { message: 'overloaded', code: 503 } }, 'the model failed: overloaded'],
    ['responses', { type: 'error', code: 'server_error', message: 'overloaded' }, 'error: overloaded'],
    ['responses', { type: 'response.failed', response: { error: { code: 'server_error', message: 'overloaded' } } }, 'server_error: overloaded'], // prettier-ignore
    ['responses', { type: 'response.failed' }, 'it gave no reason'],
    ['messages', { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'overloaded_error: Overloaded'], // prettier-ignore
    ['aiSdk', { type: 'error', error: own }, own.message],
    ['aiSdk', { type: 'error', error: 'in a word' }, 'the model failed: in a word'],
    ['aiSdk', { type: 'error', errorText: 'overloaded' }, 'the model failed: overloaded'],
    ['aiSdk', { type: 'abort' }, 'the model failed: it was aborted'],
  ])('%s: %j', async (name, chunk, words) => {
    const iterator = source([...families[name].slice(0, -3), chunk, ...families[name].slice(-3)]);
    const { text, error } = await read(openStream(iterator));
    expect(text).toMatch(/^第一句。/);
    expect(error.message).toContain(words);
    expect(iterator.left).toHaveBeenCalledTimes(1);
  });

  test('the error of a client is handed on as it is', async () => {
    expect((await read(openStream(source([{ type: 'error', error: own }])))).error).toBe(own);
    expect((await read(openStream(source(['a'], { fails: own })))).error).toBe(own);
  });

  test.each(Object.entries(families))('%s that ends before it has finished', async (_, chunks) => {
    const cut = chunks.filter(({ type, usage, choices }) => {
      return !/finish$|stop$|completed$/.test(type) && !usage && !choices?.[0]?.finish_reason;
    });
    const { text, error } = await read(openStream(source(cut)));
    expect(text).toBe(WHOLE);
    expect(error).toMatchObject({
      code: 'ERR_WECHAT_PUSH_STREAM',
      message: expect.stringContaining('before the model'),
    });
  });

  test('a server that gives no reason to finish says what was used', async () => {
    const chunks = [chat({ content: 'hi' }), { choices: [{ delta: {} }], usage: { total_tokens: 1 } }];
    expect(await read(openStream(source(chunks)))).toEqual({ pieces: ['hi'], text: 'hi' });
  });
});

describe('return() is called once', () => {
  test('when the source throws, at once or later', async () => {
    for (const chunks of [[], ['a']]) {
      const iterator = source(chunks, { fails: new Error('away') });
      const stream = openStream(iterator);
      expect((await read(stream)).error.message).toBe('away');
      stream.close();
      expect(await stream.next()).toEqual({ text: '', done: true });
      expect(iterator.left).toHaveBeenCalledTimes(1);
    }
  });

  test('when the reader wants no more, also while it waits for a source that never goes on', async () => {
    const iterator = source(['a']);
    iterator.next = jest.fn(() => new Promise(() => {}));
    const stream = openStream(iterator);
    const waiting = stream.next();
    await new Promise(setImmediate);
    for (let i = 0; i < 3; i++) stream.close();
    expect(await waiting).toEqual({ text: '', done: true });
    expect(await stream.next()).toEqual({ text: '', done: true });
    expect(iterator.left).toHaveBeenCalledTimes(1);
    expect(iterator.next).toHaveBeenCalledTimes(1);
  });

  test('before the first piece was asked for', () => {
    const iterator = source(['a']);
    openStream(iterator).close();
    expect(iterator.left).toHaveBeenCalledTimes(1);
  });

  test('of a generator, whose finally then runs', async () => {
    const ended = jest.fn();
    async function* generator() {
      try {
        for (;;) yield 'a';
      } finally {
        ended();
      }
    }
    const stream = openStream(generator());
    await stream.next();
    stream.close();
    await new Promise(setImmediate);
    expect(ended).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['throws', () => { throw new Error('no'); }], // prettier-ignore
    ['rejects', async () => Promise.reject(new Error('no'))],
    ['never resolves', () => new Promise(() => {})],
  ])('and what it does is nobody’s concern: it %s', async (_, returns) => {
    const stream = openStream(source(['a', 7], { returns }));
    expect(await read(stream)).toMatchObject({ text: 'a', error: { code: 'ERR_WECHAT_PUSH_STREAM' } });
  });

  test('where there is one', async () => {
    const { next } = source(['a', 7]);
    const stream = openStream({ [Symbol.asyncIterator]: () => ({ next }) });
    expect(await read(stream)).toMatchObject({ text: 'a', error: { code: 'ERR_WECHAT_PUSH_STREAM' } });
  });
});

describe('no end', () => {
  const MOST = 1 << 20;

  test('of ten megabytes in one chunk the first million characters', async () => {
    const iterator = source(['a', '好'.repeat(10 << 20), 'b']);
    const { pieces, error } = await read(openStream(iterator));
    expect(pieces.map(({ length }) => length)).toEqual([1, MOST - 1]);
    expect(error).toMatchObject({
      code: 'ERR_WECHAT_PUSH_STREAM',
      message: expect.stringContaining(`${MOST} characters`),
    });
    expect(iterator.left).toHaveBeenCalledTimes(1);
  });

  test('and no half of one', async () => {
    const { text } = await read(openStream(source(['a', '😀'.repeat(MOST)])));
    expect([text.length, text.isWellFormed()]).toEqual([MOST - 1, true]);
  });

  test('a source that never waits lets others run, whether it gives text or not', async () => {
    for (const chunk of ['', 'a', { type: 'start' }]) {
      function* endless() {
        for (;;) yield chunk;
      }
      const stream = openStream(endless());
      setTimeout(() => stream.close(), 20);
      expect((await read(stream)).error).toBeUndefined();
    }
  });
});
