'use strict';

// `createEndpoint` without a web framework: every body that an adapter may give, and adapters that are wrong.

const { Readable } = require('node:stream');
const { createEndpoint, memoryStore } = require('..');
const { openEndpoint } = require('../lib/endpoint/endpoint.js');
const { VirtualClock, settle } = require('./support/clock.js');
const { odd, withThrowing } = require('./support/odd-values.js');
const { account, modes, push, textMessage } = require('./support/wechat.js');

const MEBIBYTE = 1024 * 1024;
const bytes = (text) => new Uint8Array(Buffer.from(text));
const good = push();
const body = bytes(good.body);
const half = body.subarray(0, 100);

/** An endpoint and what its owner hears of. */
function endpointOf({ handler = () => 'the reply', host, ...options } = {}) {
  const rejections = [];
  const onReject = ({ reason }) => rejections.push(reason);
  const handle = jest.fn(handler);
  const store = memoryStore({ max: 10 });
  const endpoint = openEndpoint({ ...modes.plain, onReject, store, ...options }, handle, host);
  const receive = (request) => endpoint.handle({ method: 'POST', url: good.url, ...request });
  return { receive, rejections, handler: handle };
}

/** The answer to a body, or the one reason why it was refused. */
async function outcomeOf(request, options) {
  const { receive, rejections, handler } = endpointOf(options);
  const response = await receive(request);
  expect(response).toEqual({
    status: expect.any(Number),
    headers: expect.any(Object),
    body: expect.any(String),
  });
  expect(handler).toHaveBeenCalledTimes(response.status === 200 ? 1 : 0);
  if (response.status === 200) expect(handler.mock.calls[0][0]).toEqual(textMessage);
  expect(rejections).toHaveLength(response.status === 200 ? 0 : 1);
  return rejections[0] ?? 'taken';
}

/** Anything that is iterated, one after another; an error is thrown. */
async function* chunks(...all) {
  for (const chunk of all) {
    if (chunk instanceof Error) throw chunk;
    yield chunk;
  }
}

/** The same as a stream of the web; without an end it stalls. */
function web(all, ends = true) {
  const rest = [...all];
  return new ReadableStream({
    pull(controller) {
      const [chunk] = rest;
      if (rest.length === 0) return ends ? controller.close() : new Promise(() => {});
      rest.shift();
      return chunk instanceof Error ? controller.error(chunk) : controller.enqueue(chunk);
    },
  });
}

/** The same as a stream of Node, each chunk as it is. */
function node(...all) {
  return Readable.from(chunks(...all));
}

const stall = () => new Promise(() => {});
const split = (text, size) => text.match(new RegExp(`[^]{1,${size}}`, 'gu'));
const broken = () => new Error('the source broke');
const length = (value) => ({ 'Content-Length': String(value) });

describe('a body', () => {
  test.each([
    ['bytes', () => body],
    ['bytes in the middle of others', () => bytes(`xx${good.body}xx`).subarray(2, -2)],
    ['an ArrayBuffer', () => body.buffer],
    ['a DataView', () => new DataView(body.buffer)],
    ['text', () => good.body],
    ['chunks of bytes', () => chunks(half, body.subarray(100))],
    ['chunks of one byte', () => chunks(...[...body].map((byte) => Uint8Array.of(byte)))],
    ['chunks of text', () => chunks(...split(good.body, 7))],
    [
      'chunks of every kind',
      () => chunks('', half.slice().buffer, new DataView(body.buffer, 100), new Uint8Array(0)),
    ],
    ['a stream of the web', () => web([half, body.subarray(100)])],
    [
      'a stream of the web that cannot be iterated',
      () => ({ getReader: () => web([half, body.subarray(100)]).getReader() }),
    ],
    ['a stream of Node', () => node(Buffer.from(half), Buffer.from(body.subarray(100)))],
    ['a stream of Node of bytes', () => node(half, body.subarray(100))],
    ['a stream of Node of texts', () => node(...split(good.body, 5))],
    ['a stream of Node in base64', () => node(Buffer.from(body)).setEncoding('base64')],
  ])('of %s is read, with its length or without', async (_, make) => {
    for (const headers of [undefined, {}, length(body.length), new Headers(length(body.length))])
      expect(await outcomeOf({ body: make(), headers })).toBe('taken');
  });

  test('that a parser made is taken as it is', async () => {
    const message = { ...textMessage, MsgId: '4503599627370497' };
    const { url, body: text } = push({ message, format: 'json' });
    const { receive, handler } = endpointOf();
    expect(await receive({ url, body: JSON.parse(text), headers: length(text.length) })).toMatchObject({
      status: 200,
    });
    expect(handler.mock.calls[0][0]).toEqual(message);
  });

  test.each([
    ['nothing', () => undefined],
    ['null', () => null],
    ['an empty object', () => ({})],
    ['an iterable of nothing', () => chunks()],
    ['a stream of the web of nothing', () => web([])],
  ])('of %s is empty, or was read before where the sender says there is one', async (_, make) => {
    expect(await outcomeOf({ body: make() })).toBe('empty_body');
    expect(await outcomeOf({ body: make(), headers: length(0) })).toBe('empty_body');
    expect(await outcomeOf({ body: make(), headers: length(9) })).toBe('body_consumed');
    expect(await outcomeOf({ body: make(), headers: { 'TRANSFER-ENCODING': 'chunked' } })).toBe(
      'body_consumed',
    );
  });

  test.each([
    ['text without a letter', 'empty_body', () => ''],
    ['no bytes', 'empty_body', () => new Uint8Array(0)],
    ['an iterable that throws', 'body_aborted', () => chunks(half, broken())],
    ['a stream of the web that fails', 'body_aborted', () => web([half, broken()])],
    ['a stream of Node that fails', 'body_aborted', () => node(half, broken())],
    ['numbers', 'body_aborted', () => chunks(half, 7)],
    ['objects', 'body_aborted', () => chunks({ length: 5 })],
    ['null', 'body_aborted', () => chunks(null)],
    ['a stream of the web of objects', 'body_aborted', () => web([half, {}])],
    ['a stream of Node of objects', 'body_aborted', () => node(half, { length: 5 })],
    ['a stream of Node of numbers', 'body_aborted', () => node(1, 2)],
    ['an iterator that is none', 'body_aborted', () => ({ [Symbol.asyncIterator]: () => 7 })],
    ['an iterator that cannot be had', 'body_aborted', () => ({ [Symbol.asyncIterator]: () => raise() })],
    ['an iterator that throws at once', 'body_aborted', () => iterator({ next: raise })],
    ['an iterator whose return() throws', 'body_aborted', () => iterator({ next: raise, return: raise })],
    [
      'an iterator whose return() rejects',
      'body_aborted',
      () => iterator({ next: raise, return: async () => raise() }),
    ],
  ])('of %s is refused: %s', async (_, reason, make) => {
    expect(await outcomeOf({ body: make() })).toBe(reason);
  });

  test.each([
    ['an iterable', () => chunks(half)],
    ['a stream of the web', () => web([half])],
    ['a stream of Node', () => node(half)],
  ])('of %s that ends before its length is refused: body_aborted', async (_, make) => {
    expect(await outcomeOf({ body: make(), headers: length(body.length) })).toBe('body_aborted');
  });

  test('that somebody else reads, or has read, is refused: body_consumed', async () => {
    const locked = web([body]);
    locked.getReader();
    const drained = web([body]);
    for await (const _ of drained);
    const cancelled = web([body]);
    await cancelled.cancel();
    const read = node(body);
    await read.toArray();
    const begun = node(half, body.subarray(100));
    await new Promise((resolve) => begun.once('data', resolve));
    for (const one of [locked, drained, cancelled, read, begun])
      expect(await outcomeOf({ body: one })).toBe('body_consumed');
  });

  test('that was destroyed before is refused: body_aborted', async () => {
    const destroyed = node(half).destroy();
    expect(await outcomeOf({ body: destroyed })).toBe('body_aborted');
  });

  test.each([
    ['bytes', (big) => big],
    ['text', (big) => Buffer.from(big).toString('latin1')],
    ['an ArrayBuffer', (big) => big.slice().buffer],
    ['an iterable', (big) => chunks(big.subarray(10), big.subarray(0, 10))],
    ['an endless iterable', endless],
    ['a stream of the web', (big) => web([big])],
    ['a stream of Node', (big) => node(big)],
  ])('of %s over the limit is refused: body_too_large', async (_, make) => {
    const big = new Uint8Array(MEBIBYTE + 1).fill(60);
    expect(await outcomeOf({ body: make(big) })).toBe('body_too_large');
    const exactly = await outcomeOf({ body }, { bodyLimit: body.length });
    const over = await outcomeOf({ body: make(body) }, { bodyLimit: body.length - 1 });
    expect([exactly, over]).toEqual(['taken', 'body_too_large']);
  });

  test.each([
    ['a plain object', (value) => ({ 'content-length': value })],
    ['a plain object in capitals', (value) => ({ Accept: 'x', 'CONTENT-LENGTH': value })],
    ['lists', (value) => ({ 'Content-Length': [value] })],
    ['Headers', (value) => new Headers({ 'Content-Length': value })],
  ])('whose length over the limit stands in %s is not even begun', async (_, headersOf) => {
    const next = jest.fn();
    for (const one of [iterator({ next }), { getReader: next }])
      expect(await outcomeOf({ body: one, headers: headersOf(String(MEBIBYTE + 1)) })).toBe('body_too_large');
    expect(next).not.toHaveBeenCalled();
  });

  test.each([
    ['an iterable', () => iterator({ next: stall, return: stall })],
    ['an iterable after its first chunk', () => stalling()],
    ['a stream of the web', () => web([half], false)],
    ['a stream of Node', () => new Readable({ read() {} })],
  ])('of %s that stalls is refused after five seconds', async (_, make) => {
    const clock = new VirtualClock();
    clock.offset = Date.now();
    const answered = jest.fn();
    const outcome = outcomeOf({ body: make() }, { host: { clock } });
    outcome.then(answered);
    await clock.pass(4999);
    expect(answered).not.toHaveBeenCalled();
    await clock.pass(1);
    expect(await outcome).toBe('body_timeout');
    expect(clock.pending).toBe(0);
  });

  test('is given back to its source, however reading ends', async () => {
    const clock = new VirtualClock();
    clock.offset = Date.now();
    const ends = {
      body_timeout: [stall],
      body_too_large: [async () => ({ value: 'x'.repeat(MEBIBYTE + 1) })],
      body_aborted: [async () => raise()],
      taken: [async () => ({ value: body }), async () => ({ done: true })],
    };
    for (const [expected, steps] of Object.entries(ends)) {
      const end = jest.fn(async () => ({ done: true }));
      const source = iterator({ next: () => steps.shift()(), return: end });
      const outcome = outcomeOf({ body: source }, { host: { clock } });
      await clock.pass(5000);
      expect(await outcome).toBe(expected);
      expect(end).toHaveBeenCalledTimes(1);
    }
    const stream = web([half, new Uint8Array(MEBIBYTE)]);
    expect(await outcomeOf({ body: stream })).toBe('body_too_large');
    await settle();
    expect(stream.locked).toBe(false);
  });

  test('is no reason to hold more than 8 MiB for strangers together', async () => {
    const clock = new VirtualClock();
    clock.offset = Date.now();
    const { receive, rejections } = endpointOf({ host: { clock } });
    const most = new Uint8Array(MEBIBYTE - 1);
    const bodies = Array.from({ length: 50 }, (_, i) => (i % 2 ? stalling(most) : node(most, stall())));
    const answers = bodies.map((one) => receive({ body: one }));
    for (let i = 0; i < 20; i++) await settle();
    expect(rejections).toEqual(Array(42).fill('overloaded'));
    // What every sender may have is no part of it.
    expect((await receive({ body })).status).toBe(200);
    await clock.pass(5000);
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 503)).toHaveLength(42);
    expect(statuses.filter((status) => status === 408)).toHaveLength(8);
    const again = push({ message: { ...textMessage, MsgId: '2', Content: 'x'.repeat(MEBIBYTE / 2) } });
    expect((await receive({ url: again.url, body: chunks(again.body) })).status).toBe(200);
  });
});

test.each([
  ['twice', 2],
  ['a byte at a time', undefined],
])('a source that uses one buffer over and over is read right: %s', async (_, pieces) => {
  const whole = Buffer.from(body);
  const size = pieces ? Math.ceil(whole.length / pieces) : 1;
  async function* reusing() {
    const buffer = Buffer.alloc(size);
    for (let at = 0; at < whole.length; at += size) {
      yield buffer.subarray(0, whole.copy(buffer, 0, at, at + size));
    }
  }
  expect(await outcomeOf({ body: reusing() })).toBe('taken');
});

test('a parsed body may have a field called getReader', async () => {
  const sent = push({ message: { ...textMessage, getReader: 'x' }, format: 'json' });
  const { receive } = endpointOf();
  expect((await receive({ url: sent.url, body: JSON.parse(sent.body) })).status).toBe(200);
});

test.each([
  ['a Blob without a stream', { size: 3 }],
  ['URLSearchParams', new URLSearchParams()],
  ['a Date', new Date(0)],
  ['a number', 5],
])('%s is no empty body', async (_, given) => {
  const kind = given.size ? Object.create({ size: 3 }) : given;
  expect(await outcomeOf({ body: kind })).toBe('body_consumed');
});

test('a waitUntil that throws does not cost the answer', async () => {
  const { receive } = endpointOf();
  const waitUntil = () => {
    throw new Error('no context');
  };
  expect((await receive({ body, waitUntil })).status).toBe(200);
});

describe('an adapter', () => {
  test.each(Object.entries(odd))('may give %s for anything, and is answered', async (oddName, make) => {
    const clock = new VirtualClock();
    clock.offset = Date.now();
    const next = (one) => one.reply('hi');
    const request = { method: 'POST', url: good.url, headers: {}, body, request: {}, next };
    const told = { onReject() {}, onUndelivered() {} };
    const requests = [make()];
    for (const name of Object.keys(request)) requests.push({ ...request, [name]: make() });
    // What these return is looked at by nobody, so that a rejection would be the adapter's own.
    const callbacks = oddName === 'async function that throws' ? [] : ['onClose', 'waitUntil'];
    for (const name of callbacks) requests.push({ ...request, [name]: make() });
    for (const one of requests) {
      for (const handler of [undefined, () => 'hi']) {
        const options = { ...modes.plain, ...told, store: memoryStore({ max: 10 }) };
        const answered = openEndpoint(options, handler, { clock }).handle(one);
        // An app that is given the push and does nothing has answered nothing.
        await clock.pass(5000);
        const { status, headers, body: text } = await answered;
        expect(String(status)).toMatch(/^(200|400|405|413|500)$/);
        expect([typeof headers, typeof text]).toEqual(['object', 'string']);
      }
    }
  });

  test('may be an object whose functions need it', async () => {
    class Request {
      method = 'POST';
      url = good.url;
      body = body;
      #told = [];
      onClose() {
        this.#told.push('onClose');
      }
      waitUntil() {
        this.#told.push('waitUntil');
      }
      next(one) {
        this.#told.push('next');
        one.reply(this.#told.join());
      }
    }
    const { body: text } = await createEndpoint(modes.plain).handle(new Request());
    expect(text).toContain('<![CDATA[onClose,next]]>');
  });

  test.each(['method', 'url', 'headers', 'body', 'request', 'onClose', 'waitUntil', 'next'])(
    'whose %s throws when it is read is answered 500, with the error',
    async (name) => {
      const clock = new VirtualClock();
      clock.offset = Date.now();
      const rest = { method: 'POST', url: good.url, body };
      delete rest[name];
      const handler = name === 'next' ? undefined : () => 'hi';
      const options = { ...modes.plain, onUndelivered() {} };
      const response = await openEndpoint(options, handler, { clock }).handle(withThrowing([name], rest));
      expect(response).toMatchObject({ status: 500, headers: {}, body: '' });
      expect(response.error.message).toBe('from the value itself');
      await clock.pass(5000);
      expect(clock.pending).toBe(0);
    },
  );

  test('without a handler that has no next() is told so', async () => {
    const response = await createEndpoint(modes.plain).handle({ method: 'POST', url: good.url, body });
    expect(response).toMatchObject({ status: 500, error: { code: 'ERR_WECHAT_PUSH_HANDLER' } });
    expect(response.error.message).toContain('neither a handler nor a next()');
  });

  test.each([
    ['an error', new RangeError('mine'), { message: 'mine', name: 'RangeError' }],
    ['a text', 'mine', { code: 'ERR_WECHAT_PUSH_HANDLER', message: expect.stringContaining('threw mine') }],
    ['nothing', undefined, { code: 'ERR_WECHAT_PUSH_HANDLER' }],
  ])('gets what a handler throws as an error: %s', async (_, thrown, expected) => {
    const { receive } = endpointOf({ handler: () => Promise.reject(thrown) });
    const response = await receive({ body });
    expect(response).toEqual({ status: 500, headers: {}, body: '', error: expect.any(Error) });
    expect(response.error).toMatchObject(expected);
    if (thrown instanceof Error) expect(response.error).toBe(thrown);
  });
});

describe('the mode without a handler', () => {
  const endpoint = () => createEndpoint(modes.secure);
  const sealed = push({ encrypted: true });
  const ask = (one, next) => one.handle({ method: 'POST', ...sealed, request: sealed, next });

  test('hands the push on, with its context, and sends its reply', async () => {
    const next = jest.fn((one) => one.reply('hello'));
    const response = await ask(endpoint(), next);
    expect(next).toHaveBeenCalledTimes(1);
    const [{ message, context }] = next.mock.calls[0];
    expect(message).toEqual(textMessage);
    expect(context).toMatchObject({ encrypted: true, attempt: 1, request: sealed });
    expect(response).toMatchObject({ status: 200, body: expect.stringContaining('<Encrypt>') });
  });

  test('an app that has answered by itself with success gives no reply, also to a retry', async () => {
    const one = endpoint();
    const next = jest.fn((pushed) => pushed.answered(204));
    for (let i = 0; i < 2; i++) expect(await ask(one, next)).toMatchObject({ status: 200, body: 'success' });
    expect(next).toHaveBeenCalledTimes(1);
  });

  test('an app that has answered with an error status gets the push again', async () => {
    const one = endpoint();
    const failing = await ask(one, (pushed) => pushed.answered(404));
    expect(failing).toMatchObject({ status: 500, error: { message: expect.stringContaining('status 404') } });
    expect(await ask(one, (pushed) => pushed.reply())).toMatchObject({ status: 200, body: 'success' });
  });

  test('an app that throws, now or later, gets the push again', async () => {
    const one = endpoint();
    for (const next of [() => raise(), async () => raise()])
      expect(await ask(one, next)).toMatchObject({ status: 500, error: { name: 'RangeError' } });
    expect((await ask(one, (pushed) => pushed.reply('hi'))).status).toBe(200);
  });

  test('handshakes and refusals are no pushes', async () => {
    const next = jest.fn();
    const one = createEndpoint({ ...modes.secure, onReject() {} });
    expect((await one.handle({ method: 'GET', url: '/', next })).status).toBe(400);
    expect((await one.handle({ method: 'POST', url: sealed.url, body: good.body, next })).status).toBe(400);
    expect(next).not.toHaveBeenCalled();
  });
});

describe('a sender who leaves', () => {
  test.each(['before', 'after'])(
    '%s the request was handed over has the retry carry the reply',
    async (when) => {
      let answer, leave;
      const answered = new Promise((resolve) => (answer = resolve));
      const { receive, handler } = endpointOf({ handler: () => answered });
      const onClose = (listener) => {
        leave = listener;
        if (when === 'before') listener();
      };
      const first = receive({ body, onClose });
      await settle();
      leave();
      expect((await first).status).toBe(503);
      const second = receive({ body });
      answer('the reply');
      expect((await second).body).toContain('the reply');
      expect((await receive({ body })).body).toContain('the reply');
      expect(handler).toHaveBeenCalledTimes(1);
    },
  );

  test('without onClose counts as there', async () => {
    const { receive } = endpointOf();
    expect((await receive({ body })).body).toContain('the reply');
  });
});

/** A store whose records take their time, and what it was asked so far. */
function slowStore() {
  const memory = memoryStore();
  const asked = [];
  const slow =
    (name) =>
    async (...args) => {
      asked.push(name);
      for (let i = 0; i < 5; i++) await settle();
      asked.push(`${name} done`);
      return memory[name](...args);
    };
  const names = ['finish', 'release', 'claimUnsent'];
  return { asked, store: { ...memory, ...Object.fromEntries(names.map((name) => [name, slow(name)])) } };
}

describe('work that goes on after the answer', () => {
  test('is given to waitUntil, which ends when all is recorded', async () => {
    const { asked, store } = slowStore();
    const { receive } = endpointOf({ store });
    const work = [];
    const response = await receive({ body, waitUntil: (promise) => work.push(promise) });
    expect(response.body).toContain('the reply');
    expect(asked).not.toContain('finish done');
    expect(work).toHaveLength(1);
    await work[0];
    expect(asked).toEqual(['finish', 'finish done']);
  });

  test('is done when the answer is given, where the host freezes after it', async () => {
    const { asked, store } = slowStore();
    const { receive } = endpointOf({ store, host: { isFrozen: true } });
    const answers = await Promise.all([receive({ body }), receive({ body })]);
    expect(asked).toEqual(['finish', 'finish done']);
    for (const answer of answers) expect(answer.body).toContain('the reply');
    expect((await receive({ body })).body).toBe(answers[1].body);
  });

  test('so it is when the handler fails', async () => {
    const { asked, store } = slowStore();
    const { receive } = endpointOf({ store, handler: () => raise(), host: { isFrozen: true } });
    expect((await receive({ body })).status).toBe(500);
    expect(asked).toEqual(['release', 'release done']);
    expect((await receive({ body })).status).toBe(500);
  });
});

describe('where one request cannot wait for another', () => {
  test('a duplicate is answered by way of the store', async () => {
    const clock = new VirtualClock();
    clock.offset = Date.now() - clock.now();
    let open;
    const opened = new Promise((resolve) => (open = resolve));
    const host = { clock, isIsolated: true };
    const { receive, handler } = endpointOf({ handler: () => opened, store: slowStore().store, host });
    const answers = [receive({ body })];
    await settle();
    answers.push(receive({ body }));
    await settle();
    open('the reply');
    expect((await answers[0]).body).toContain('the reply');
    await clock.pass(200);
    for (let i = 0; i < 5; i++) await clock.pass(100);
    expect((await answers[1]).body).toContain('the reply');
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('no timer of a request serves another one', async () => {
    const clock = new VirtualClock();
    const store = { ...memoryStore(), begin: () => new Promise(() => {}) };
    const { receive } = endpointOf({ store, tolerance: 0, host: { clock, isIsolated: true } });
    const timers = [];
    const { setTimeout } = clock;
    clock.setTimeout = (call, ms) => (timers.push(ms), setTimeout(call, ms));
    const answers = [receive({ body }), receive({ body })];
    await settle();
    const [forOne, ...others] = timers.filter((ms) => ms < 300);
    expect(others).toEqual([forOne]);
    await clock.pass(6000);
    for (const answer of await Promise.all(answers)) expect(answer.body).toContain('the reply');
  });
});

test('the account of an endpoint is the one it was made with', async () => {
  const { receive } = endpointOf(account);
  expect((await receive(push({ encrypted: true }))).status).toBe(200);
  expect((await receive({ body })).status).toBe(400);
});

function raise() {
  throw new RangeError('from the value itself');
}

/** What is iterated with these functions. */
function iterator(functions) {
  return { [Symbol.asyncIterator]: () => functions };
}

async function* stalling(first = half) {
  yield first;
  await stall();
}

async function* endless() {
  for (;;) yield half;
}
