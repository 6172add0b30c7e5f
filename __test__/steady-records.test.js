'use strict';

// Records that go on in memory while their store is away, or takes nothing.

const { memoryStore } = require('..');
const { budgetOf } = require('../lib/api/budget.js');
const { steady } = require('../lib/api/steady-records.js');
const { systemClock } = require('../lib/clock.js');
const { textMessage } = require('./support/api.js');

const MINUTE = 60_000;

/** A store of which reading, or writing, can fail. */
function flaky() {
  const { records } = memoryStore();
  const fails = { get: false, set: false };
  const asked =
    (name) =>
    (...args) =>
      fails[name] ? Promise.reject(new Error('gone')) : records[name](...args);
  return { fails, records: { get: asked('get'), set: asked('set'), claimDue: asked('claimDue') } };
}

test.each([
  ['is away', { get: true, set: true }],
  ['gives what it has and takes nothing', { set: true }],
])('a budget is counted on where the store %s', async (_, broken) => {
  const { fails, records } = flaky();
  const about = { account: { id: 'wx1' }, user: 'u', message: textMessage(), records };
  const budget = () => budgetOf(about, systemClock);
  expect(await budget().take()).toBe(4);
  Object.assign(fails, broken);
  expect(await budget().take()).toBeGreaterThanOrEqual(3);
  expect(await budget().take()).toBeGreaterThanOrEqual(2);
  Object.assign(fails, { get: false, set: false });
  expect(await budget().take()).toBe(3);
});

test('what was written in memory counts until the store takes something', async () => {
  const { fails, records } = flaky();
  const kept = steady(records);
  fails.set = true;
  expect(await kept.set('lock', 'a', { ttl: MINUTE, version: null })).toBe(true);
  expect(await kept.set('lock', 'b', { ttl: MINUTE, version: null })).toBe(false);
  const { value, version } = await kept.get('lock');
  expect(value).toBe('a');
  fails.set = false;
  expect(await kept.set('lock', 'c', { ttl: MINUTE, version })).toBe(true);
  expect((await records.get('lock')).value).toBe('c');
  expect(await kept.set('lock', 'd', { ttl: MINUTE, version })).toBe(false);
});
