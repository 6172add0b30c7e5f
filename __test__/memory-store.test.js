'use strict';

const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { memoryStore } = require('..');
const { openMemoryStore } = require('../lib/stores/memory.js');
const { VirtualClock } = require('./support/clock.js');

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const replay = (signature, body) => ({ signature: signature.repeat(40), bodyHash: body.repeat(40) });

/** Begins and ends a delivery. */
function handle(store, id, reply = `"${id}"`) {
  store.begin({ id: id });
  store.finish(id, reply, true);
}

test('counts deliveries, through running, failing and ending', () => {
  const store = memoryStore();
  expect(store.begin({ id: 'id' })).toEqual({ state: 'first', attempt: 1 });
  expect(store.begin({ id: 'id' })).toEqual({ state: 'running', attempt: 2 });
  store.release('id');
  expect(store.begin({ id: 'id' })).toEqual({ state: 'first', attempt: 3 });
  expect(store.peek('id')).toEqual({ state: 'running', attempt: 3 });
  store.finish('id', '"hi"', true);
  expect(store.begin({ id: 'id' })).toEqual({
    state: 'done',
    attempt: 4,
    reply: '"hi"',
    unsent: false,
  });
});

test('evicts the oldest that has ended, never one that runs', () => {
  const store = memoryStore({ max: 3 });
  store.begin({ id: 'runs' });
  for (const id of ['a', 'b', 'c', 'd', 'e']) handle(store, id);
  expect(store.begin({ id: 'runs' })).toEqual({ state: 'running', attempt: 2 });
  const states = ['c', 'd', 'e'].map((id) => store.peek(id).state);
  expect(states).toEqual(['done', 'done', 'done']);
  expect(store.begin({ id: 'a' })).toEqual({ state: 'first', attempt: 1 });
});

test('keeps an id and a replay, not the request that they are a part of', () => {
  // Kept, the requests would be ten times what this process may have.
  const script = `
    const { memoryStore } = require(${JSON.stringify(path.join(__dirname, '..'))});
    const store = memoryStore({ max: 1000 });
    for (let i = 0; i < 640; i++) {
      const request = ('x'.repeat(1e6) + 's'.repeat(40) + 'b'.repeat(40) + (1000 + i)).toUpperCase();
      const id = request.slice(-44);
      store.begin({ id, replay: { signature: request.slice(-84, -44), bodyHash: request.slice(-44, -4) } });
      store.finish(id, '', true);
    }
    console.log(store.peek('B'.repeat(40) + '1000').state);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--max-old-space-size=64', '-e', script], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout).toBe('done\n');
});

/** A store, and its time. */
function timed(options, open = openMemoryStore) {
  const clock = new VirtualClock();
  return { store: open(options, clock), wait: (ms) => clock.standStill(ms) };
}

test.each([20, 1000, 90_000_000])('forgets what has not come for the time given, %i ms', (remember) => {
  const { store, wait } = timed({ remember });
  handle(store, 'id');
  store.begin({ id: 'proven', replay: replay('s', 'x') });
  store.release('proven');
  for (let i = 2; i < 5; i++) {
    wait(remember);
    expect(store.begin({ id: 'id' })).toMatchObject({ state: 'done', attempt: i });
  }
  wait(remember * 1.1);
  expect(store.begin({ id: 'id' })).toEqual({ state: 'first', attempt: 1 });
  expect(store.begin({ id: 'proven', replay: replay('s', 'y') })).toEqual({ state: 'first', attempt: 1 });
});

test('what was forgotten is no longer held', () => {
  const { store, wait } = timed();
  for (let i = 0; i < 1000; i++) handle(store, `${i}`);
  wait(26 * HOUR);
  handle(store, 'later');
  expect(store.has('999')).toBe(false);
  wait(-2 * HOUR);
  expect(store.has('999')).toBe(false);
});

test('keeps a reply that lasts with its push, and another one for ten minutes', () => {
  const { store, wait } = timed();
  const replies = { lasts: '{"ErrCode":0}', again: '{"ErrCode":0}', ends: '"text"' };
  for (const id of Object.keys(replies)) {
    store.begin({ id });
    store.finish(id, replies[id], true, id !== 'ends');
  }
  const heard = () => Object.keys(replies).map((id) => store.begin({ id }));
  wait(10 * MINUTE);
  expect(heard()).toMatchObject(Object.values(replies).map((reply) => ({ state: 'done', reply })));
  wait(2 * MINUTE);
  expect(heard()).toMatchObject(
    ['{"ErrCode":0}', '{"ErrCode":0}', ''].map((reply) => ({ state: 'done', reply })),
  );
  wait(24 * HOUR);
  expect(heard().map(({ reply }) => reply)).toEqual(['{"ErrCode":0}', '{"ErrCode":0}', '']);
});

test('holds so many characters of replies, and no more', () => {
  const store = memoryStore();
  const long = 'x'.repeat(1024 * 1024);
  for (let i = 0; i < 40; i++) handle(store, `${i}`, `"${i}${long}"`);
  const kept = Array.from({ length: 40 }, (_, i) => store.peek(`${i}`)).filter(({ reply }) => reply !== '');
  expect([kept.length > 10, kept.length < 30]).toEqual([true, true]);
  expect(store.peek('39').reply).toHaveLength(long.length + 4);
  expect(store.peek('0')).toMatchObject({ state: 'done', reply: '' });
});

test('warns once when it has to forget before the time', () => {
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  let fresh;
  jest.isolateModules(() => (fresh = require('../lib/stores/memory.js')));
  const { store, wait } = timed({ max: 3, remember: MINUTE }, fresh.openMemoryStore);
  for (let i = 0; i < 3; i++) handle(store, `a${i}`);
  wait(2 * MINUTE);
  for (let i = 0; i < 3; i++) handle(store, `b${i}`);
  expect(warned).not.toHaveBeenCalled();
  for (let i = 0; i < 3; i++) handle(store, `c${i}`);
  expect(warned.mock.calls).toEqual([
    [expect.stringMatching(/more than 3 pushes within 1 minutes/), { code: 'WECHAT_PUSH_STORE' }],
  ]);
  warned.mockRestore();
});

test('of two replies the first is kept, also when it was sent', () => {
  const store = memoryStore();
  for (const sent of [true, false]) {
    store.begin({ id: `${sent}` });
    store.finish(`${sent}`, '"first"', sent);
    store.finish(`${sent}`, '"second"', true);
    expect(store.peek(`${sent}`)).toMatchObject({ state: 'done', reply: '"first"', unsent: false });
  }
});

test('an unsent reply is claimed once, and told as unsent until then', () => {
  const store = memoryStore();
  store.begin({ id: 'id' });
  expect(store.claimUnsent('id', false)).toBe(false);
  store.finish('id', '"late"', false);
  expect(store.begin({ id: 'id' })).toMatchObject({ state: 'done', reply: '"late"', unsent: true });
  expect(store.claimUnsent('id', false)).toBe(true);
  expect(store.claimUnsent('id', false)).toBe(false);
  expect(store.begin({ id: 'id' })).toMatchObject({ state: 'done', reply: '', unsent: false });

  store.begin({ id: 'kept' });
  store.finish('kept', '"carried"', false);
  expect(store.claimUnsent('kept', true)).toBe(true);
  expect(store.begin({ id: 'kept' })).toMatchObject({ reply: '"carried"', unsent: false });
  expect(store.claimUnsent('unknown', false)).toBe(false);
});

test('a signature belongs to one body', () => {
  const store = memoryStore({ max: 2 });
  expect(store.begin({ id: 'a', replay: replay('s', 'x') }).state).toBe('first');
  expect(store.begin({ id: 'b', replay: replay('s', 'y') }).state).toBe('replayed');
  expect(store.begin({ id: 'a', replay: replay('s', 'x') }).state).toBe('running');
  expect(store.begin({ id: 'b', replay: replay('t', 'y') }).state).toBe('first');
  expect(store.begin({ id: 'c', replay: replay('u', 'y') }).state).toBe('first');
  expect(store.peek('a').attempt).toBe(2);
  expect(store.begin({ id: 'a', replay: replay('u', 'z') })).toEqual({ state: 'replayed', attempt: 0 });
  expect(store.peek('a').attempt).toBe(2);
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
