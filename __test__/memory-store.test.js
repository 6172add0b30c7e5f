'use strict';

const v8 = require('node:v8');
const vm = require('node:vm');
const { memoryStore } = require('..');

const proof = (signature, body) => signature.repeat(40) + body.repeat(40);

/** Begins and ends a delivery. */
function handle(store, id, reply = `"${id}"`) {
  store.begin(id, '', false);
  store.finish(id, reply, true);
}

test('counts deliveries, through running, failing and ending', () => {
  const store = memoryStore();
  expect(store.begin('id', '', false)).toEqual({ state: 'first', attempt: 1 });
  expect(store.begin('id', '', false)).toEqual({ state: 'running', attempt: 2 });
  store.release('id');
  expect(store.begin('id', '', false)).toEqual({ state: 'first', attempt: 3 });
  expect(store.begin('id', '', true)).toEqual({ state: 'running', attempt: 3 });
  store.finish('id', '"hi"', true);
  expect(store.begin('id', '', false)).toEqual({ state: 'done', attempt: 4, reply: '"hi"' });
});

test('evicts the oldest that has ended, never one that runs', () => {
  const store = memoryStore({ max: 3 });
  store.begin('runs', '', false);
  for (const id of ['a', 'b', 'c', 'd', 'e']) handle(store, id);
  expect(store.begin('runs', '', false)).toEqual({ state: 'running', attempt: 2 });
  const states = ['c', 'd', 'e'].map((id) => store.begin(id, '', true).state);
  expect(states).toEqual(['done', 'done', 'done']);
  expect(store.begin('a', '', false)).toEqual({ state: 'first', attempt: 1 });
});

test('keeps an id and a proof, not the request that they are a part of', () => {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc');
  const held = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const store = memoryStore();
  const before = held();
  for (let i = 0; i < 200; i++) {
    const request = `${'x'.repeat(100_000)}${proof('s', 'b')}${i}`.toUpperCase();
    store.begin(request.slice(-42), request.slice(-80), false);
    store.finish(request.slice(-42), '', true);
  }
  expect(held() - before).toBeLessThan(2_000_000);
});

test('forgets after the time given', async () => {
  const store = memoryStore({ remember: 20 });
  handle(store, 'id');
  expect(store.begin('id', '', false).state).toBe('done');
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(store.begin('id', '', false)).toEqual({ state: 'first', attempt: 1 });
});

test('a reply is taken once, and only when no delivery has it', () => {
  const store = memoryStore();
  store.begin('id', '', false);
  expect(store.take('id')).toBe(false);
  store.finish('id', '"late"', false);
  expect(store.take('id')).toBe(true);
  expect(store.take('id')).toBe(false);
  expect(store.begin('id', '', false)).toMatchObject({ state: 'done', reply: '' });

  store.begin('other', '', false);
  store.finish('other', '"fetched"', false);
  expect(store.begin('other', '', false)).toMatchObject({ reply: '"fetched"' });
  expect(store.take('other')).toBe(false);
  expect(store.take('unknown')).toBe(false);
});

test('a signature belongs to one body', () => {
  const store = memoryStore({ max: 2 });
  expect(store.begin('a', proof('s', 'x'), false).state).toBe('first');
  expect(store.begin('b', proof('s', 'y'), false).state).toBe('replayed');
  expect(store.begin('a', proof('s', 'x'), false).state).toBe('running');
  expect(store.begin('b', proof('t', 'y'), false).state).toBe('first');
  expect(store.begin('c', proof('u', 'y'), false).state).toBe('first');
});

test.each([
  ['max', 0],
  ['max', '10'],
  ['remember', -1],
  ['remember', NaN],
])('the option %s cannot be %p', (option, value) => {
  expect(() => memoryStore({ [option]: value })).toThrow(
    expect.objectContaining({ code: 'ERR_WECHAT_PUSH_OPTIONS', option }),
  );
});
