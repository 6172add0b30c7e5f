'use strict';

// What no delivery can carry, and who sends it: the same in memory and in a real Redis.

const { memoryStore } = require('..');
const carriersOf = require('../lib/delivery/carriers.js');
const { CARRIER_LIMIT, OUTBOX_LEASE } = require('../lib/deadlines.js');
const { systemClock } = require('../lib/clock.js');
const { redisStore } = require('../redis.js');
const { clients, disconnect } = require('./support/redis-clients.js');
const { describeWithOwnRedis, ownPrefix, ownRedis, until } = require('./support/redis.js');

describe('in memory', () => shared(() => memoryStore().records));

describeWithOwnRedis('in Redis', () => {
  let server;
  let client;
  beforeAll(async () => {
    server = await ownRedis();
    client = await clients.ioredis(server.url);
  });
  afterAll(async () => {
    if (client) disconnect(client);
    await server?.stop();
  });

  shared(() => redisStore(client, { prefix: ownPrefix() }).records);
});

/** The same, with both steps of sending in one. */
function openCarriers(options) {
  const { post, resume } = carriersOf.openCarriers(options);
  return { post, resume, carry: async (...args) => (await post(...args))() };
}

/** Makes one that passes on what it sends, a word for each part. */
function wordByWord(name, told, { least = 0, failAt } = {}) {
  return {
    name,
    async carry({ value, user, progress }) {
      const words = value.split(' ');
      while (words.length > least) {
        if (words[0] === failAt) throw new Error(`cannot say ${failAt}`);
        told.push(`${name} ${user} ${words.shift()}`);
        await progress(words.join(' '));
      }
      return words.length > 0 ? words.join(' ') : undefined;
    },
  };
}

function sender(id, user = 'u', tellApp = jest.fn()) {
  const account = { id: 'wx1' };
  return {
    id,
    identity: 'wx1',
    message: {},
    context: { user, account },
    keptAs: () => ({ id, user }),
    tellApp,
  };
}

function shared(makeRecords) {
  const revived =
    (told) =>
    ({ id, user }) => ({ ...sender(id, user), tellApp: (value) => told.push(value) });

  test('a user gets one answer after the other, and users do not wait for each other', async () => {
    const told = [];
    const slow = wordByWord('slow', told);
    const { carry } = openCarriers({ carriers: [slow], records: makeRecords(), revive: revived(told) });
    await Promise.all([
      carry('a b', sender('1'), 'late'),
      carry('c d', sender('2'), 'late'),
      carry('x', sender('3', 'v'), 'late'),
    ]);
    expect(told.filter((line) => line.includes(' u '))).toEqual([
      'slow u a',
      'slow u b',
      'slow u c',
      'slow u d',
    ]);
    expect(told.indexOf('slow v x')).toBeLessThan(3);
  });

  test('what one leaves or cannot send goes to the next, and at last to the app', async () => {
    const told = [];
    const carriers = [
      wordByWord('first', told, { least: 3 }),
      wordByWord('second', told, { failAt: 'c' }),
      { name: 'third', carry: ({ value }) => value },
    ];
    const { carry } = openCarriers({ carriers, records: makeRecords(), revive: revived(told) });
    const from = sender('1');
    await carry('a b c d', from, 'too_long');
    expect(told).toEqual(['first u a', 'second u b']);
    expect(from.tellApp.mock.calls).toEqual([['c d', 'failed']]);
    await carry({ MsgType: 'news' }, from, 'late');
    expect(from.tellApp).toHaveBeenLastCalledWith({ MsgType: 'news' }, 'failed');
  });

  test('another process goes on where a dead one stopped', async () => {
    const records = makeRecords();
    const told = [];
    let hang;
    const stuck = new Promise((resolve) => (hang = resolve));
    const dying = {
      name: 'dying',
      async carry({ progress }) {
        told.push('dying u a');
        await progress('b c');
        told.push('dying u b');
        hang();
        await new Promise(() => {});
      },
    };
    // Time stands still in it, so that it does not tell that it lives.
    const clock = { ...systemClock, setTimeout: () => ({}) };
    openCarriers({ carriers: [dying], records, revive: revived(told), clock }).carry(
      'a b c',
      sender('1'),
      'late',
    );
    await stuck;
    const carriers = [wordByWord('other', told)];
    const other = openCarriers({ carriers, records, revive: revived(told) });
    await other.carry('d', sender('2'), 'late');
    expect(told).toEqual(['dying u a', 'dying u b']);
    // As when it is due.
    await other.resume('wx1:outbox:u');
    expect(told).toEqual(['dying u a', 'dying u b', 'other u b', 'other u c', 'other u d']);
  });

  test('a process that lives keeps what it has in hand, and gets what others add', async () => {
    const records = makeRecords();
    const told = [];
    let go;
    const gate = new Promise((resolve) => (go = resolve));
    const [one, two] = ['one', 'two'].map((name) => {
      const { carry } = wordByWord(name, told);
      const waiting = { name, carry: (answer) => gate.then(() => carry(answer)) };
      return openCarriers({ carriers: [waiting], records, revive: revived(told) });
    });
    const first = one.carry('a b', sender('1'), 'late');
    await until(() => records.get('wx1:outbox:u'));
    await two.carry('c', sender('2'), 'late');
    await two.resume('wx1:outbox:nobody');
    go();
    await first;
    expect(told).toEqual(['one u a', 'one u b', 'one u c']);
    expect(await records.get('wx1:outbox:u')).toBeUndefined();
  });

  test('whoever was taken over by another process stops, and sends no further part', async () => {
    const records = makeRecords();
    const told = [];
    let go;
    const gate = new Promise((resolve) => (go = resolve));
    const paused = {
      name: 'paused',
      async carry({ progress }) {
        await gate;
        told.push('paused a');
        await progress('b');
        told.push('paused b');
      },
    };
    const late = openCarriers({ carriers: [paused], records, revive: revived(told) });
    const carrying = late.carry('a b', sender('1'), 'late');
    await until(() => records.get('wx1:outbox:u'));
    const other = openCarriers({ carriers: [wordByWord('other', told)], records, revive: revived(told) });
    await other.resume('wx1:outbox:u');
    go();
    await carrying;
    expect(told).toEqual(['other u a', 'other u b', 'paused a']);
  });

  test('who only adds an answer does not put off that what a dead process had in hand is due', async () => {
    const records = makeRecords();
    const told = [];
    const stuck = { name: 'stuck', carry: () => new Promise(() => {}) };
    const clock = { ...systemClock, setTimeout: () => ({}) };
    openCarriers({ carriers: [stuck], records, revive: revived(told), clock }).carry(
      'a',
      sender('1'),
      'late',
    );
    const { value } = await until(() => records.get('wx1:outbox:u'));
    await records.set('wx1:outbox:u', value, { ttl: 60_000, due: 0 });
    const other = openCarriers({ carriers: [wordByWord('other', told)], records, revive: revived(told) });
    await other.carry('b', sender('2'), 'late');
    expect(await until(() => records.claimDue(OUTBOX_LEASE))).toBe('wx1:outbox:u');
    await other.resume('wx1:outbox:u');
    expect(told).toEqual(['other u a', 'other u b']);
  });

  test('a carrier that never returns, or an app, does not hold up what comes after it', async () => {
    const told = [];
    const signals = [];
    const never = {
      name: 'never',
      carry({ signal }) {
        signals.push(signal);
        return new Promise(() => {});
      },
    };
    // Only for the first of them the time is over at once.
    let limits = 0;
    const clock = {
      ...systemClock,
      setTimeout: (call, ms) => setTimeout(call, ms === CARRIER_LIMIT && ++limits === 1 ? 1 : ms),
    };
    const { carry } = openCarriers({
      carriers: [never, wordByWord('next', told)],
      records: makeRecords(),
      revive: revived(told),
      clock,
    });
    await carry('a', sender('1'), 'late');
    expect(told).toEqual(['next u a']);
    expect(signals[0].aborted).toBe(true);
  });

  test('what another version has recorded is left alone, and holds up no answer', async () => {
    const records = makeRecords();
    const told = [];
    const other = JSON.stringify({ v: 9, letters: 'elsewhere' });
    await records.set('wx1:outbox:u', other, { ttl: 60_000 });
    const carriers = [wordByWord('one', told)];
    const { carry, resume } = openCarriers({ carriers, records, revive: revived(told) });
    await carry('a b', sender('1'), 'late');
    expect(told).toEqual(['one u a', 'one u b']);
    await expect(resume('wx1:outbox:u')).rejects.toMatchObject({ code: 'ERR_WECHAT_PUSH_STORE' });
    expect((await records.get('wx1:outbox:u')).value).toBe(other);
  });

  test('forty processes that add answers for one user at once lose none', async () => {
    const records = makeRecords();
    const told = [];
    const all = Array.from({ length: 40 }, (_, i) => {
      const carriers = [wordByWord('one', told)];
      return openCarriers({ carriers, records, revive: revived(told) }).carry(
        `a${i} b${i}`,
        sender(`${i}`),
        'late',
      );
    });
    await Promise.all(all);
    await until(async () => told.length >= 80 && (await records.get('wx1:outbox:u')) === undefined);
    expect(told).toHaveLength(80);
    expect(new Set(told).size).toBe(80);
    for (let i = 0; i < 40; i++)
      expect(told.indexOf(`one u a${i}`)).toBeLessThan(told.indexOf(`one u b${i}`));
  });
}

test('a store that goes away in the middle costs nothing and doubles nothing', async () => {
  const { records } = memoryStore();
  const told = [];
  let isAway = false;
  const asked =
    (name) =>
    (...args) =>
      isAway ? Promise.reject(new Error('gone')) : records[name](...args);
  const flaky = { get: asked('get'), set: asked('set'), claimDue: asked('claimDue') };
  const carrier = {
    name: 'one',
    async carry({ value, progress }) {
      const words = value.split(' ');
      while (words.length > 0) {
        told.push(words.shift());
        isAway = true;
        setTimeout(() => (isAway = false), 30);
        if (words.length > 0) await progress(words.join(' '));
      }
    },
  };
  const clock = { ...systemClock, setTimeout: (call, ms) => setTimeout(call, ms / 100) };
  const { carry } = openCarriers({ carriers: [carrier], records: flaky, revive: () => sender('1'), clock });
  await carry('a b c', sender('1'), 'late');
  await carry('d e', sender('2'), 'late');
  expect(told).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(await records.get('wx1:outbox:u')).toBeUndefined();
});

test('without its store an answer is sent all the same', async () => {
  const gone = () => Promise.reject(new Error('gone'));
  const told = [];
  const records = { get: gone, set: gone, claimDue: gone };
  const carriers = [wordByWord('first', told, { least: 1 }), wordByWord('second', told)];
  const { carry } = openCarriers({ carriers, records, revive: () => sender('1') });
  await carry('a b c', sender('1'), 'late');
  expect(told).toEqual(['first u a', 'first u b', 'second u c']);
});
