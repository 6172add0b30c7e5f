'use strict';

const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { memoryStore } = require('..');

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

test('forgets after the time given', async () => {
  const store = memoryStore({ remember: 20 });
  handle(store, 'id');
  expect(store.begin({ id: 'id' }).state).toBe('done');
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(store.begin({ id: 'id' })).toEqual({ state: 'first', attempt: 1 });
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
