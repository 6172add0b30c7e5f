'use strict';

// The memory store, the real Redis store and the simulator's model of it answer the same to the same calls.

const { memoryStore } = require('..');
const { redisStore } = require('../redis.js');
const { Random } = require('./simulator/random.js');
const { RedisModel, modelStore } = require('./simulator/redis-model.js');
const { describeWithRedis, keysOf, ownPrefix, someRedis } = require('./support/redis.js');
const { clients, disconnect } = require('./support/redis-clients.js');

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LEASE = 4000;
const IDS = ['a', 'b', 'c'];
/** Far from any lease, so that the time which a call takes changes nothing. */
const STEPS = [1500, 3000, 6000, 400_000];

/** Two processes with one model of a Redis. */
function models() {
  const time = { now: 0 };
  const redis = new RedisModel(() => time.now);
  const send = async (command) => command();
  const stores = [0, 1].map(() => modelStore(redis, send, { lease: LEASE, remember: DAY }));
  return { time, redis, stores };
}

/** A call of any method, by either process. */
function anyCall(random) {
  const id = random.pick(IDS);
  const replay = random.chance(0.4)
    ? { signature: random.pick(['s', 't']).repeat(40), bodyHash: random.pick(['x', 'y']).repeat(40) }
    : undefined;
  const [name, ...args] = random.pick([
    ['begin', { id, replay }],
    ['begin', { id, replay }],
    ['peek', id],
    ['finish', id, random.pick(['', '"one"', '{"two":2}']), random.chance(0.5), random.chance(0.5)],
    ['release', id],
    ['renew', id],
    ['claimUnsent', id, random.chance(0.5)],
  ]);
  return { by: random.whole(0, 1), name, args };
}

/** What a caller may rely on. */
function answerOf(name, result) {
  if (name === 'claimUnsent') return result;
  if (name !== 'begin' && name !== 'peek') return undefined;
  const { state, attempt, reply, unsent } = result;
  return state === 'done' ? { state, attempt, reply, unsent } : { state, attempt };
}

describeWithRedis('the model of a Redis', () => {
  let server;
  let client;
  let prefix;

  beforeAll(async () => {
    server = await someRedis();
    client = await clients.ioredis(server.url);
  });

  afterAll(async () => {
    if (client) disconnect(client);
    await server?.stop();
  });

  beforeEach(() => {
    prefix = ownPrefix();
  });

  afterEach(async () => {
    const keys = await keysOf(client, prefix);
    if (keys.length > 0) await client.del(keys);
  });

  /** Has the keys live as long as the model's, which makes the time there virtual, too. */
  async function setLifetimes(redis) {
    const pipeline = client.pipeline();
    const alive = redis.lifetimes();
    for (const key of await keysOf(client, prefix)) {
      const ms = alive[key.slice(prefix.length)];
      if (ms === undefined) pipeline.del(key);
      else pipeline.pexpire(key, Math.round(ms));
    }
    await pipeline.exec();
  }

  async function lifetimes() {
    const found = {};
    for (const key of await keysOf(client, prefix)) found[key.slice(prefix.length)] = await client.pttl(key);
    return found;
  }

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('answers as a real one does, seed %d', async (seed) => {
    const random = new Random(seed);
    const { time, redis, stores } = models();
    const real = [0, 1].map(() => redisStore(client, { prefix, lease: LEASE, remember: DAY }));
    const calls = [];
    for (let i = 0; i < 150; i++) {
      if (random.chance(0.2)) time.now += random.pick(STEPS);
      if (random.chance(0.01)) {
        redis.flush();
        await client.del(...(await keysOf(client, prefix)), `${prefix}none`);
      }
      await setLifetimes(redis);
      const { by, name, args } = anyCall(random);
      const answer = answerOf(name, await real[by][name](...args));
      calls.push({ at: time.now, by, name, args, answer });
      const modelled = answerOf(name, await stores[by][name](...args));
      if (JSON.stringify(modelled) !== JSON.stringify(answer)) expect({ calls, modelled }).toEqual(answer);
    }
    const [expected, found] = [redis.lifetimes(), await lifetimes()];
    expect(Object.keys(found).toSorted()).toEqual(Object.keys(expected).toSorted());
    for (const [key, ms] of Object.entries(found)) expect(Math.abs(ms - expected[key])).toBeLessThan(60_000);
  });
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])('the memory store answers as a Redis does, seed %d', async (seed) => {
  const random = new Random(seed);
  const { stores } = models();
  const model = stores[0];
  const memory = memoryStore();
  const running = new Set();
  for (let i = 0; i < 500; i++) {
    const { name, args } = anyCall(random);
    const id = args[0].id ?? args[0];
    // Only who runs a handler ends it; the memory store knows of no others.
    const isOfARun = name === 'finish' || name === 'release';
    if (name === 'renew' || (isOfARun && !running.delete(id))) continue;
    const expected = answerOf(name, await model[name](...args));
    expect({ name, args, answer: answerOf(name, await memory[name](...args)) }).toEqual({
      name,
      args,
      answer: expected,
    });
    if (expected?.state === 'first') running.add(id);
  }
});
