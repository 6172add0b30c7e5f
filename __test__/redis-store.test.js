'use strict';

// Against a real Redis, by the clients that apps have.

const { spawnSync } = require('node:child_process');
const path = require('node:path');
const Redis = require('ioredis');
const { RESP_TYPES, createClient } = require('redis');
const { createDelivery } = require('../lib/delivery/delivery.js');
const { withFallback } = require('../lib/stores/fallback.js');
const { pushKey, replyKey } = require('../lib/stores/redis-keys.js');
const { redisStore } = require('../redis.js');
const {
  describeWithOwnRedis,
  describeWithRedis,
  keysOf,
  ownPrefix,
  ownRedis,
  someRedis,
  until,
} = require('./support/redis.js');
const { carried, deliveryOf } = require('./support/delivery.js');
const { clients, disconnect } = require('./support/redis-clients.js');

const HOUR = 3_600_000;
const bytes = { [RESP_TYPES.BLOB_STRING]: Buffer };

const forms = {
  'redis, RESP2': (url) => clients.redis(url, { RESP: 2 }),
  'redis, RESP3': (url) => clients.redis(url, { RESP: 3 }),
  'redis, giving bytes': (url) => clients.redis(url, { commandOptions: { typeMapping: bytes } }),
  ioredis: (url) => clients.ioredis(url),
  'ioredis, numbers as text': (url) => clients.ioredis(url, { stringNumbers: true }),
};

const signature = 'a'.repeat(40);
const replay = (body) => ({ signature, bodyHash: body.repeat(40) });

describeWithRedis('with a real Redis', () => {
  let server;
  /** Looks into it from outside. */
  let redis;
  let prefix;

  beforeAll(async () => {
    server = await someRedis();
    redis = await clients.ioredis(server.url);
  });

  afterAll(async () => {
    if (redis) disconnect(redis);
    await server?.stop();
  });

  beforeEach(() => {
    prefix = ownPrefix();
  });

  afterEach(async () => {
    const keys = await keysOf(redis, prefix);
    if (keys.length > 0) await redis.del(keys);
  });

  describe.each(Object.entries(forms))('%s', (_, connect) => {
    let client;

    beforeAll(async () => {
      client = await connect(server.url);
    });

    afterAll(() => client && disconnect(client));

    /** The store of one process. */
    const store = (options) => redisStore(client, { prefix, ...options });

    test('counts deliveries, through running, failing and ending', async () => {
      const [one, other] = [store(), store()];
      expect(await one.begin({ id: 'id' })).toMatchObject({ state: 'first', attempt: 1 });
      expect(await other.begin({ id: 'id' })).toMatchObject({ state: 'running', attempt: 2 });
      await one.release('id');
      expect(await other.begin({ id: 'id' })).toMatchObject({ state: 'first', attempt: 3 });
      expect(await one.peek('id')).toMatchObject({ state: 'running', attempt: 3 });
      await other.finish('id', '"你好 😀"', true);
      expect(await one.begin({ id: 'id' })).toMatchObject({ state: 'done', attempt: 4, reply: '"你好 😀"' });
    });

    test('only the owner releases', async () => {
      const [one, other] = [store(), store()];
      await one.begin({ id: 'id' });
      await other.release('id');
      expect((await other.begin({ id: 'id' })).state).toBe('running');
    });

    test('a signature belongs to one body', async () => {
      const { begin } = store();
      expect((await begin({ id: 'a', replay: replay('x') })).state).toBe('first');
      expect(await begin({ id: 'b', replay: replay('y') })).toMatchObject({ state: 'replayed', attempt: 0 });
      expect((await begin({ id: 'a', replay: replay('x') })).state).toBe('running');
      expect((await begin({ id: 'b' })).attempt).toBe(1);
    });

    test('an unsent reply is claimed once, and told as unsent until then', async () => {
      const { begin, peek, finish, claimUnsent } = store();
      await begin({ id: 'id' });
      expect(await claimUnsent('id', false)).toBe(false);
      await finish('id', '"late"', false);
      expect(await peek('id')).toMatchObject({ state: 'done', reply: '"late"', unsent: true });
      expect(await claimUnsent('id', false)).toBe(true);
      expect(await claimUnsent('id', false)).toBe(false);
      expect(await begin({ id: 'id' })).toMatchObject({ state: 'done', reply: '', unsent: false });

      await begin({ id: 'kept' });
      await finish('kept', '"carried"', false);
      expect(await claimUnsent('kept', true)).toBe(true);
      expect(await begin({ id: 'kept' })).toMatchObject({ reply: '"carried"', unsent: false });
      expect(await claimUnsent('unknown', false)).toBe(false);
    });

    test('of two replies the first is kept, and none is taken once one was sent', async () => {
      const [one, other] = [store(), store()];
      await one.begin({ id: 'id' });
      await one.finish('id', '"first"', false);
      await other.finish('id', '"second"', true);
      expect(await one.claimUnsent('id', false)).toBe(false);
      expect(await one.begin({ id: 'id' })).toMatchObject({ reply: '"first"' });
    });

    test('a claim that is not renewed is lost, one that is renewed is not', async () => {
      const [one, other] = [store({ lease: 100 }), store({ lease: 100 })];
      await one.begin({ id: 'dead' });
      await one.begin({ id: 'alive' });
      await until(async () => {
        await one.renew('alive');
        return (await other.peek('dead')).state === 'first';
      });
      expect((await other.peek('alive')).state).toBe('running');
      await one.renew('dead');
      await one.release('dead');
      expect((await one.peek('dead')).state).toBe('running');
    });

    test('a claim that Redis has lost is renewed, unless it is over or of another', async () => {
      const [one, other] = [store(), store()];
      await one.renew('lost');
      expect((await other.begin({ id: 'lost' })).state).toBe('running');
      await other.begin({ id: 'taken' });
      await one.renew('taken');
      await one.release('taken');
      expect((await one.begin({ id: 'taken' })).state).toBe('running');
      await one.finish('lost', '', true);
      await one.renew('lost');
      expect((await other.begin({ id: 'lost' })).state).toBe('done');
    });

    test('every key has a lifetime, and the prefix', async () => {
      const before = new Set(await redis.keys('*'));
      const one = store({ remember: 90_000 });
      for (const id of ['running', 'released', 'sent', 'unsent', 'taken']) await one.begin({ id });
      await one.begin({ id: 'proven', replay: replay('x') });
      await one.release('released');
      await one.finish('sent', '1', true);
      await one.finish('unsent', '1', false);
      await one.finish('taken', '1', false);
      await one.claimUnsent('taken', false);
      await one.finish('forgotten', '1', true);
      await one.renew('lost');
      await one.renew('running');
      const keys = await keysOf(redis, prefix);
      expect(keys).toHaveLength(9);
      for (const key of keys) {
        const lifetime = await redis.pttl(key);
        expect({ key, lifetime: lifetime > 60_000 && lifetime <= 90_000 }).toEqual({ key, lifetime: true });
      }
      const strays = (await redis.keys('*')).filter(
        (key) => !before.has(key) && !key.startsWith('wechat-push-test:'),
      );
      expect(strays).toEqual([]);
    });

    test('remembers for 25 hours, and is called wechat-push, unless told otherwise', async () => {
      const id = ownPrefix();
      await redisStore(client).begin({ id });
      const lifetime = await redis.pttl(`wechat-push:${pushKey(id)}`);
      await redis.del(`wechat-push:${pushKey(id)}`);
      expect(lifetime).toBeGreaterThan(25 * HOUR - 60_000);
      expect(lifetime).toBeLessThanOrEqual(25 * HOUR);
    });

    test('keeps a reply that lasts with its push, and another one for ten minutes', async () => {
      const { begin, finish, claimUnsent } = store();
      const replies = { lasts: '{"ErrCode":0}', ends: '"你好"', unsent: '"late"', gone: '"gone"' };
      for (const id of Object.keys(replies)) await begin({ id });
      await finish('lasts', replies.lasts, true, true);
      await finish('ends', replies.ends, true, false);
      await finish('unsent', replies.unsent, false, false);
      await finish('gone', replies.gone, false, false);
      await claimUnsent('gone', false);
      const key = (id) => prefix + replyKey(pushKey(id));
      for (const id of ['lasts', 'gone']) expect(await redis.exists(key(id))).toBe(0);
      for (const id of ['ends', 'unsent']) {
        expect(await begin({ id })).toMatchObject({ state: 'done', reply: replies[id] });
        const lifetime = await redis.pttl(key(id));
        expect([lifetime > 590_000, lifetime <= 600_000]).toEqual([true, true]);
        await redis.del(key(id));
        expect(await begin({ id })).toMatchObject({ state: 'done', reply: '', attempt: 3 });
      }
      expect(await begin({ id: 'lasts' })).toMatchObject({ state: 'done', reply: replies.lasts });
    });

    test('scripts that Redis has forgotten are sent again', async () => {
      const { begin, finish, release, renew, claimUnsent } = store();
      const all = [
        () => begin({ id: 'id' }),
        () => renew('id'),
        () => release('id'),
        () => finish('id', '', false),
        () => claimUnsent('id', false),
      ];
      for (const call of all) {
        await redis.script('FLUSH');
        await call();
      }
      expect(await begin({ id: 'id' })).toMatchObject({ state: 'done', attempt: 2 });
    });
  });

  describe.each(['redis', 'ioredis'])('processes with %s', (name) => {
    const open = [];

    afterAll(() => open.forEach(disconnect));

    /** A process: a client, a store and deliveries of its own. */
    async function start(options) {
      const client = await clients[name](server.url);
      open.push(client);
      const store = withFallback(redisStore(client, { prefix, ...options }));
      return { client, ...createDelivery({ store, replyWindow: 5000 }) };
    }

    test('a delivery to another process gets the reply of the first', async () => {
      const [one, other] = [await start(), await start()];
      const handler = jest.fn(() => new Promise((resolve) => setTimeout(resolve, 150, { answer: '好' })));
      const first = one.deliver(deliveryOf(handler));
      await until(() => redis.exists(prefix + pushKey('id')));
      const second = other.deliver(deliveryOf(handler));
      expect(carried(await first)).toEqual({ answer: '好' });
      expect(carried(await second)).toEqual({ answer: '好' });
      expect(handler).toHaveBeenCalledTimes(1);
    });

    test('a claim is renewed while the handler runs, and taken over when its process is gone', async () => {
      const [one, other] = [await start({ lease: 200 }), await start({ lease: 200 })];
      let die;
      const dead = one.deliver(deliveryOf(() => new Promise((_, reject) => (die = reject))));
      const renewals = async (wanted) => {
        let before = Infinity;
        for (let seen = 0; seen < wanted;) {
          const lifetime = await redis.pttl(prefix + pushKey('id'));
          if (lifetime > before) seen++;
          before = lifetime;
        }
      };
      await until(() => redis.exists(prefix + pushKey('id')));
      await renewals(4);
      const handler = jest.fn(() => 'elsewhere');
      const second = other.deliver(deliveryOf(handler));
      await renewals(8);
      expect(handler).not.toHaveBeenCalled();
      disconnect(one.client);
      expect(carried(await second)).toBe('elsewhere');
      expect(handler).toHaveBeenCalledTimes(1);
      die(new Error('gone'));
      await expect(dead).rejects.toThrow('gone');
    });
  });
});

describeWithOwnRedis('a Redis that was started again', () => {
  test.each(['redis', 'ioredis'])('is used by %s as before', async (name) => {
    const server = await ownRedis();
    const client = await clients[name](server.url);
    try {
      const store = redisStore(client);
      await store.begin({ id: 'id' });
      await server.stop();
      const gone = () =>
        store.begin({ id: 'id' }).then(
          () => false,
          (error) => error.message,
        );
      expect(await until(gone)).toMatch(/./);
      await server.start();
      const back = await until(() => store.begin({ id: 'id' }).catch(() => false));
      expect(back).toMatchObject({ state: 'first', attempt: 1 });
    } finally {
      disconnect(client);
      await server.stop();
    }
  });
});

test('the types take the clients of both packages', () => {
  const options =
    '--noEmit --ignoreConfig --strict --skipLibCheck --module nodenext --target es2022 --types node';
  const tsc = require.resolve('typescript/package.json').replace('package.json', 'bin/tsc');
  const args = [tsc, ...options.split(' '), path.join(__dirname, 'types', 'redis.test-d.ts')];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, '']);
});

describe('options', () => {
  const client = new Redis({ lazyConnect: true });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a URL', 'redis://127.0.0.1'],
    ['an empty object', {}],
    ['the class of ioredis', Redis],
    ['createClient itself', createClient],
    ['a client of redis 3', { eval() {}, evalsha() {}, send_command() {}, sendCommand() {} }],
  ])('%s is no client', (_, wrong) => {
    expect(() => redisStore(wrong)).toThrow(
      expect.objectContaining({
        name: 'TypeError',
        code: 'ERR_WECHAT_PUSH_OPTIONS',
        option: 'client',
        message: expect.stringContaining('redis (4 or later) or ioredis'),
      }),
    );
  });

  test.each([
    ['prefix', 5],
    ['remember', 1000],
    ['remember', 'an hour'],
    ['lease', 99],
    ['lease', 5000],
    ['lease', 1.5],
  ])('%s cannot be %p', (option, value) => {
    expect(() => redisStore(client, { [option]: value })).toThrow(
      expect.objectContaining({ code: 'ERR_WECHAT_PUSH_OPTIONS', option }),
    );
  });

  test('a client that is not connected fails at once, and queues nothing', async () => {
    const error = { message: 'wechat-push: the Redis client is not connected' };
    await expect(redisStore(createClient()).begin({ id: 'id' })).rejects.toMatchObject(error);
    const ended = new Redis({ lazyConnect: true });
    ended.disconnect();
    await expect(redisStore(ended).begin({ id: 'id' })).rejects.toMatchObject(error);
  });
});
