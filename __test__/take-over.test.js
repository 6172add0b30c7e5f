'use strict';

// What dead processes left, where several endpoints share one store and only requests tell their accounts: whoever has an
// account takes it up, as if nobody else were there.

const fc = require('fast-check');
const { memoryStore } = require('..');
const { createTakeOver } = require('../lib/delivery/take-over.js');
const { openEndpoint } = require('../lib/endpoint/endpoint.js');
const { memoryRecords } = require('../lib/stores/memory-records.js');
const { redisStore } = require('../redis.js');
const { VirtualClock } = require('./support/clock.js');
const { describeWithRedis, ownPrefix, someRedis } = require('./support/redis.js');
const { clients, disconnect } = require('./support/redis-clients.js');
const { account, push, textMessage } = require('./support/wechat.js');

const MINUTE = 60_000;

/** Accounts that only the URL tells apart, each of one endpoint. */
const SHOPS = [
  { ...account, token: 'token of a', name: 'a' },
  { ...account, token: 'token of b', name: 'b' },
  { ...account, token: 'token of c', name: 'c' },
];

/** Endpoints, each with the shops that it has, that share records and a clock. */
function endpoints(shopsOfEach, { handler, accountOf = byUrl } = {}) {
  const clock = new VirtualClock();
  const records = memoryRecords(10_000, clock);
  const asked = [];
  const keys = new Set();
  const open = (names) => {
    const life = { isDead: false };
    const never = new Promise(() => {});
    const alive = (act) => (life.isDead ? never : act().then((result) => (life.isDead ? never : result)));
    const own = {
      now: clock.now,
      wall: clock.wall,
      setImmediate: clock.setImmediate,
      clearTimeout: clock.clearTimeout,
      setTimeout: (call, ms) => clock.setTimeout(() => life.isDead || call(), ms),
    };
    const mine = {
      get: (...args) => alive(() => records.get(...args)),
      set: (key, ...args) => alive(() => (keys.add(key), records.set(key, ...args))),
      claimDue: (...args) => alive(() => records.claimDue(...args)),
    };
    const sent = [];
    const { handle } = openEndpoint(
      {
        account(request) {
          asked.push(request);
          const name = accountOf(request);
          return names.includes(name) ? SHOPS.find((shop) => shop.name === name) : undefined;
        },
        tolerance: 0,
        store: { ...memoryStore(), records: mine },
        carriers: [
          { name: 'mine', carry: ({ value, account: of }) => void sent.push(`${of.name}: ${value}`) },
        ],
      },
      (message, context) => handler(own, life, context),
      { clock: own },
    );
    return { handle, sent, life };
  };
  return { clock, records, asked, keys, all: shopsOfEach.map(open), open };
}

function byUrl({ url }) {
  return new URL(url, 'http://localhost').pathname.slice(1);
}

/** A message to a shop, from a user of its own. */
function messageTo(name, number, more) {
  const shop = SHOPS.find((one) => one.name === name);
  const message = { ...textMessage, MsgId: String(10 ** 15 + number), FromUserName: `user ${number}` };
  return { method: 'POST', ...push({ account: shop, encrypted: true, message, url: `/${name}` }), ...more };
}

/** Takes ten seconds, unless its process is the one that is to die: then it takes forever. */
const slow = (clock, life, { account: { name } }) =>
  new Promise((resolve) => {
    if (!life.diesAtWork) clock.setTimeout(() => resolve(`hello from ${name}`), 10_000);
  });

test('each endpoint takes up what its own process left, however many others look, and within the same time', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 8 }),
      fc.array(fc.subarray(['a', 'b', 'c'], { minLength: 1 }), { maxLength: 3 }),
      async (pushes, others) => {
        const { clock, all, open } = endpoints([], { handler: slow });
        const first = open(['a', 'b', 'c']);
        first.life.diesAtWork = true;
        pushes.forEach((name, number) => first.handle(messageTo(name, number)));
        await clock.pass(6000);
        first.life.isDead = true;
        all.push(...others.map(open), open(['a']), open(['b']), open(['c']));
        // The lease, a look, and the handler.
        await clock.pass(30_000 + 6000 + 10_500);
        const sent = all.flatMap((one) => one.sent);
        expect(sent.sort()).toEqual(pushes.map((name) => `${name}: hello from ${name}`).sort());
      },
    ),
    { numRuns: 40 },
  ));

test('one that nobody has any more is left as it is, and ends with its lifetime', async () => {
  const { clock, records, keys, all, open } = endpoints([['b'], ['c']], { handler: slow });
  const first = open(['a']);
  first.life.diesAtWork = true;
  first.handle(messageTo('a', 1));
  await clock.pass(6000);
  first.life.isDead = true;
  const [key] = keys;
  expect(key).toMatch(/^@a:push:/);
  const before = await records.get(key);
  await clock.pass(10 * MINUTE);
  expect(await records.get(key)).toMatchObject({ value: before.value });
  clock.standStill(48 * 60 * MINUTE);
  await clock.pass(MINUTE);
  expect(await records.get(key)).toBeUndefined();
  expect(all.flatMap(({ sent }) => sent)).toEqual([]);
});

test('the function is told what the account was, and the host, where there is no request', async () => {
  const byAccount = ({ request, account: was }) => request?.params.name ?? was?.name;
  const { clock, asked, open } = endpoints([], { handler: slow, accountOf: byAccount });
  const [first, second] = [open(['a']), open(['a'])];
  first.life.diesAtWork = true;
  const headers = {
    Host: 'shop-a.example',
    'x-forwarded-host': 'a.example',
    cookie: 'secret',
    'x-token': 'secret',
  };
  first.handle(messageTo('a', 1, { headers, request: { params: { name: 'a' } } }));
  await clock.pass(6000);
  first.life.isDead = true;
  const before = asked.length;
  await clock.pass(60_000);
  expect(second.sent).toEqual(['a: hello from a']);
  const told = asked.slice(before);
  expect(told.length).toBeGreaterThan(0);
  for (const request of told)
    expect(request).toEqual({
      method: 'POST',
      url: expect.stringMatching(/^\/a\?/),
      headers: { host: 'shop-a.example', 'x-forwarded-host': 'a.example' },
      account: { name: 'a', appId: account.appId },
    });
});

test('thousands of records of others do not hide one of ours, nor are they held', async () => {
  await mixed(memoryRecords(10_000));
});

describeWithRedis('in Redis', () => {
  let server;
  let client;
  beforeAll(async () => {
    server = await someRedis();
    client = await clients.redis(server.url);
  });
  afterAll(async () => {
    if (client) disconnect(client);
    await server?.stop();
  });

  test('thousands of records of others do not hide one of ours, nor are they held', async () => {
    await mixed(redisStore(client, { prefix: ownPrefix() }).records);
  });
});

/** @param {import('..').PushRecords} records */
async function mixed(records) {
  const left = (key) => records.set(key, key, { ttl: MINUTE, due: 0 });
  for (let i = 0; i < 1000; i++) await left(`theirs ${i}`);
  await left('ours');
  const clock = new VirtualClock();
  const took = [];
  const takeOver = (isOurs, name) =>
    createTakeOver({
      records,
      identities: [],
      taking: async (key) => (isOurs(key) ? async () => void took.push(`${name} ${key}`) : undefined),
      clock,
    });
  const ours = takeOver((key) => key === 'ours', 'we:');
  for (let looks = 0; looks < 30 && took.length === 0; looks++) {
    await Promise.all(await ours.look());
    clock.standStill(5000);
  }
  expect(took).toEqual(['we: ours']);
  const theirs = takeOver((key) => key.startsWith('theirs'), 'they:');
  for (let looks = 0; looks < 100 && took.length < 1001; looks++) {
    await Promise.all(await theirs.look());
    clock.standStill(5000);
  }
  expect(new Set(took).size).toBe(1001);
}
