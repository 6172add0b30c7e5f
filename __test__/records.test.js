'use strict';

// Values that outlive a delivery, in memory and in a real Redis: the same calls, the same answers.

const Redis = require('ioredis');
const { memoryStore } = require('..');
const { withFallback } = require('../lib/stores/fallback.js');
const { redisStore } = require('../redis.js');
const { clients, disconnect } = require('./support/redis-clients.js');
const { describeWithOwnRedis, ownPrefix, ownRedis, until } = require('./support/redis.js');

const MINUTE = 60_000;

describe('in memory', () => shared(() => memoryStore().records));

describeWithOwnRedis.each(['redis', 'ioredis'])('in Redis, by %s', (name) => {
  let server;
  let client;
  beforeAll(async () => {
    server = await ownRedis();
    client = await clients[name](server.url);
  });
  afterAll(async () => {
    if (client) disconnect(client);
    await server?.stop();
  });

  shared(() => redisStore(client, { prefix: ownPrefix() }).records);

  test('the prefix of the client itself stands before it', async () => {
    if (name !== 'ioredis') return;
    const { port } = new URL(server.url);
    const prefixed = new Redis({ port, keyPrefix: 'app:' });
    const { records } = redisStore(prefixed, { prefix: ownPrefix() });
    await records.set('key', 'value', { ttl: MINUTE, due: 0 });
    expect(await records.claimDue(MINUTE)).toBe('key');
    prefixed.disconnect();
  });

  test('every key has a lifetime, and the prefix', async () => {
    const prefix = ownPrefix();
    const { records } = redisStore(client, { prefix });
    await records.set('plain', 'value', { ttl: MINUTE });
    await records.set('due', 'value', { ttl: MINUTE, due: 1 });
    const keys = await client.keys(`${prefix}*`);
    expect(keys).toHaveLength(3);
    const lifetime = (key) => (name === 'redis' ? client.pTTL(key) : client.pttl(key));
    for (const key of keys) expect(await lifetime(key)).toBeGreaterThan(MINUTE / 2);
  });
});

test('a store that is away says so, and never that there is no record', async () => {
  const gone = {
    get: () => Promise.reject(new Error('gone')),
    set: jest.fn(),
    claimDue: () => new Promise(() => {}),
  };
  const { records } = withFallback({ ...memoryStore(), records: gone });
  const away = { code: 'ERR_WECHAT_PUSH_STORE' };
  await expect(records.get('key')).rejects.toMatchObject({ ...away, cause: { message: 'gone' } });
  await expect(records.claimDue(1)).rejects.toMatchObject(away);
});

/** @param {() => import('..').PushRecords} make */
function shared(make) {
  test('a value is kept with a version that changes with it', async () => {
    const records = make();
    expect(await records.get('key')).toBeUndefined();
    expect(await records.set('key', '你好 😀', { ttl: MINUTE })).toBe(true);
    const first = await records.get('key');
    expect(first).toEqual({ value: '你好 😀', version: expect.any(String) });
    expect(await records.set('key', '', { ttl: MINUTE })).toBe(true);
    const second = await records.get('key');
    expect(second.value).toBe('');
    expect(second.version).not.toBe(first.version);
  });

  test('a version that is not there any more changes nothing', async () => {
    const records = make();
    expect(await records.set('key', 'one', { ttl: MINUTE, version: null })).toBe(true);
    expect(await records.set('key', 'two', { ttl: MINUTE, version: null })).toBe(false);
    const { version } = await records.get('key');
    expect(await records.set('key', 'two', { ttl: MINUTE, version })).toBe(true);
    expect(await records.set('key', 'three', { ttl: MINUTE, version })).toBe(false);
    expect(await records.set('key', null, { ttl: MINUTE, version })).toBe(false);
    expect((await records.get('key')).value).toBe('two');
  });

  test('one that was removed and made again has another version', async () => {
    const records = make();
    await records.set('key', 'one', { ttl: MINUTE });
    const { version } = await records.get('key');
    expect(await records.set('key', null, { ttl: MINUTE, version })).toBe(true);
    expect(await records.get('key')).toBeUndefined();
    expect(await records.set('key', 'one', { ttl: MINUTE, version: null })).toBe(true);
    expect(await records.set('key', 'two', { ttl: MINUTE, version })).toBe(false);
  });

  test('of many writers at once each version has one', async () => {
    const records = make();
    await records.set('count', '0', { ttl: MINUTE });
    const add = async () => {
      for (;;) {
        const { value, version } = await records.get('count');
        if (await records.set('count', String(Number(value) + 1), { ttl: MINUTE, version })) return;
      }
    };
    await Promise.all(Array.from({ length: 20 }, add));
    expect((await records.get('count')).value).toBe('20');
  });

  test('ends with its lifetime, which a write begins anew', async () => {
    const records = make();
    await records.set('short', 'value', { ttl: 30 });
    await records.set('renewed', 'value', { ttl: 30 });
    await records.set('renewed', 'value', { ttl: MINUTE });
    expect(await until(async () => (await records.get('short')) === undefined)).toBe(true);
    expect(await records.get('renewed')).toBeDefined();
  });

  test('what is due is given to one, and to another when that one does not come back', async () => {
    const records = make();
    await records.set('never', 'value', { ttl: MINUTE });
    await records.set('later', 'value', { ttl: MINUTE, due: MINUTE });
    await records.set('now', 'value', { ttl: MINUTE, due: 0 });
    const claimed = await Promise.all([records.claimDue(150), records.claimDue(150), records.claimDue(150)]);
    expect(claimed.filter(Boolean)).toEqual(['now']);
    expect(await until(() => records.claimDue(MINUTE))).toBe('now');
    expect(await records.claimDue(MINUTE)).toBeUndefined();
  });

  test('who writes a record anew can leave it due as it was', async () => {
    const records = make();
    await records.set('now', 'value', { ttl: MINUTE, due: 0 });
    await records.set('now', 'other', { ttl: MINUTE, due: 'same' });
    await records.set('never', 'value', { ttl: MINUTE, due: 'same' });
    expect(await until(() => records.claimDue(MINUTE))).toBe('now');
    expect((await records.get('now')).value).toBe('other');
    expect(await records.claimDue(MINUTE)).toBeUndefined();
  });

  test('who writes a record anew can leave its lifetime as it was', async () => {
    const records = make();
    expect(await records.set('key', 'none', { ttl: 'same' })).toBe(false);
    await records.set('key', 'one', { ttl: 300, due: 0 });
    await records.set('long', 'one', { ttl: MINUTE });
    for (let i = 0; i < 5; i++) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(await records.set('key', `again ${i}`, { ttl: 'same', due: 'same' })).toBe(true);
    }
    expect(await records.set('long', 'two', { ttl: 'same' })).toBe(true);
    expect((await records.get('key')).value).toBe('again 4');
    expect(await until(async () => (await records.get('key')) === undefined, 5000)).toBe(true);
    expect((await records.get('long')).value).toBe('two');
    expect(await records.claimDue(MINUTE)).toBeUndefined();
  });

  test.each([
    ['ttl', { ttl: 0 }],
    ['ttl', { ttl: 'long' }],
    ['ttl', { ttl: 1500.5 }],
    ['ttl', { ttl: NaN }],
    ['ttl', {}],
    ['due', { ttl: MINUTE, due: -1 }],
    ['due', { ttl: MINUTE, due: 'soon' }],
  ])('a wrong %s writes nothing: %j', async (option, options) => {
    const records = make();
    const wrong = { code: 'ERR_WECHAT_PUSH_OPTIONS', option };
    await expect(records.set('key', 'value', options)).rejects.toMatchObject(wrong);
    expect(await records.get('key')).toBeUndefined();
  });

  test('thousands that were forgotten do not hide one that is due', async () => {
    const { set, claimDue } = make();
    const forgotten = Array.from({ length: 2000 }, (_, i) => set(`forgotten ${i}`, '', { ttl: 1, due: 0 }));
    await Promise.all(forgotten);
    await set('due', 'value', { ttl: MINUTE, due: 5 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await claimDue(MINUTE)).toBe('due');
    expect(await claimDue(MINUTE)).toBeUndefined();
  });

  test('the earliest comes first; one that was written without a time, removed or forgotten is not due', async () => {
    const records = make();
    for (const [key, due] of [
      ['c', 600],
      ['a', 1],
      ['b', 300],
    ])
      await records.set(key, 'value', { ttl: MINUTE, due });
    await records.set('written', 'value', { ttl: MINUTE, due: 0 });
    await records.set('written', 'value', { ttl: MINUTE });
    await records.set('removed', 'value', { ttl: MINUTE, due: 0 });
    await records.set('removed', null, { ttl: MINUTE });
    await records.set('forgotten', 'value', { ttl: 1, due: 2 });
    await new Promise((resolve) => setTimeout(resolve, 700));
    const order = [];
    for (let key; (key = await records.claimDue(MINUTE));) order.push(key);
    expect(order).toEqual(['a', 'b', 'c']);
  });
}
