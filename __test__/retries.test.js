'use strict';

// The published schedules of retries: an event is delivered again for up to a day, byte for byte or sent anew. It is
// always accepted, and its handler runs once.

const fc = require('fast-check');
const { createEndpoint, createReceiver, memoryStore } = require('..');
const { openEndpoint } = require('../lib/endpoint/endpoint.js');
const { handlerValueOf, recordOf } = require('../lib/handler-value.js');
const { openMemoryStore } = require('../lib/stores/memory.js');
const { redisStore } = require('../redis.js');
const { VirtualClock } = require('./support/clock.js');
const { clients, disconnect } = require('./support/redis-clients.js');
const { describeWithRedis, keysOf, ownPrefix, someRedis } = require('./support/redis.js');
const { account, modes, push, textMessage } = require('./support/wechat.js');

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const MOST_TOLERATED = (25 * HOUR - 5 * MINUTE) / SECOND;

/** How long after each delivery the next one comes. */
const SCHEDULES = {
  'a message': [5 * SECOND, 5 * SECOND],
  微信小店: [0, 0, 10 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, HOUR, HOUR, HOUR],
  'virtual payment': Array.from({ length: 15 }, (_, i) => 2 ** (i + 1) * SECOND),
  'mini-game delivery': [
    [15 * SECOND, 15 * SECOND, 30 * SECOND, 3 * MINUTE, 10 * MINUTE, 20 * MINUTE],
    [30 * MINUTE, 30 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 3 * HOUR, 3 * HOUR, 6 * HOUR, 6 * HOUR],
  ].flat(),
};

const payment = {
  ToUserName: 'gh_0123456789ab',
  FromUserName: 'oUser_1-2',
  CreateTime: 1714036504,
  MsgType: 'event',
  Event: 'minigame_deliver_goods',
};
const DATA = { ErrCode: 0, ErrMsg: 'success' };

/** In minutes, as less than nothing: that long after the store has forgotten. */
const JUST_FORGOTTEN = [-2, -3, -4];

/** A store, in its own time: `pass` has so much of it pass for the store, too. */
function inMemory(options) {
  const clock = new VirtualClock();
  return { clock, store: openMemoryStore(options, clock), pass: async (ms) => clock.pass(ms) };
}

describe('in memory', () => keepsTo(inMemory));

describeWithRedis('in Redis', () => {
  let server;
  let client;
  let prefix;
  let made = 0;
  beforeAll(async () => {
    server = await someRedis();
    client = await clients.ioredis(server.url);
  });
  afterAll(async () => {
    if (client) disconnect(client);
    await server?.stop();
  });
  beforeEach(() => (prefix = ownPrefix()));
  afterEach(async () => {
    const keys = await keysOf(client, prefix);
    if (keys.length > 0) await client.del(keys);
  });

  /** Time passes for Redis in that its keys have so much less to live. */
  async function age(ms) {
    for (const key of await keysOf(client, prefix)) await client.pexpire(key, (await client.pttl(key)) - ms);
  }

  keepsTo((options) => {
    const clock = new VirtualClock();
    const pass = async (ms) => {
      await clock.pass(ms);
      await age(ms);
    };
    return { clock, store: redisStore(client, { prefix: `${prefix}${++made}:`, ...options }), pass };
  });
});

function keepsTo(make) {
  const cases = Object.entries(SCHEDULES).flatMap(([name, waits]) =>
    ['the same bytes', 'sent anew'].flatMap((how) =>
      (name === 'a message' ? ['plain', 'secure'] : ['plain', 'compat', 'secure']).map((mode) => ({
        name,
        waits,
        how,
        mode,
      })),
    ),
  );

  test.each(cases)(
    '$name, $how, $mode: accepted each time, handled once',
    async ({ name, waits, how, mode }) => {
      const { clock, store, pass } = make();
      const handler = jest.fn(() => DATA);
      const onReject = jest.fn();
      const endpoint = openEndpoint({ ...modes[mode], store, onReject }, handler, { clock });
      const message = name === 'a message' ? textMessage : payment;
      const send = () =>
        push({ message, encrypted: mode !== 'plain', timestamp: String(Math.floor(clock.wall() / 1000)) });
      let sent = send();
      for (const wait of [0, ...waits]) {
        await pass(wait);
        if (how === 'sent anew') sent = send();
        const answer = await endpoint.handle({ method: 'POST', ...sent });
        expect({ wait, status: answer.status }).toEqual({ wait, status: 200 });
        // The short data reply is given each time; a message takes none.
        if (mode === 'plain' && message === payment) expect(answer.body).toContain('<ErrCode>0</ErrCode>');
      }
      expect(handler).toHaveBeenCalledTimes(1);
      expect(onReject).not.toHaveBeenCalled();
    },
  );

  test('whenever the same bytes come, and however long the store remembers, the handler runs once', async () => {
    const minutes = fc.integer({ min: 0, max: 40 * 60 });
    const property = fc.asyncProperty(
      fc.integer({ min: 10, max: 30 * 60 }),
      fc.integer({ min: -300, max: 40 * 3600 }),
      fc.array(fc.oneof(minutes, fc.constantFrom(0, 1, 5, ...JUST_FORGOTTEN)), { maxLength: 6 }),
      fc.constantFrom('plain', 'secure'),
      async (remember, age, waits, mode) => {
        const { clock, store, pass } = make({ remember: remember * MINUTE });
        const handler = jest.fn(() => DATA);
        const endpoint = openEndpoint({ ...modes[mode], store, onReject() {} }, handler, { clock });
        const timestamp = String(Math.floor(clock.wall() / 1000) - age);
        const sent = push({ message: payment, encrypted: mode === 'secure', timestamp });
        const statuses = [];
        for (const wait of [0, ...waits]) {
          await pass((wait < 0 ? remember - wait : wait) * MINUTE);
          statuses.push((await endpoint.handle({ method: 'POST', ...sent })).status);
        }
        expect(handler).toHaveBeenCalledTimes(statuses[0] === 200 ? 1 : 0);
        // What was refused for its age stays so.
        expect(statuses).toEqual(statuses.toSorted((a, b) => a - b));
      },
    );
    await fc.assert(property, { numRuns: 150, seed: 12 });
  }, 60_000);

  test('a reply that is long, or passive, is given for ten minutes; then WeChat is told success', async () => {
    for (const [to, reply] of [
      [payment, { Data: 'x'.repeat(600) }],
      [{ ...payment, Event: 'CLICK' }, 'a text'],
    ]) {
      const { clock, store, pass } = make();
      const handler = jest.fn(() => reply);
      const endpoint = openEndpoint({ ...modes.plain, store }, handler, { clock });
      const message = { ...to, CreateTime: payment.CreateTime + String(reply).length };
      const sent = push({ message, timestamp: String(Math.floor(clock.wall() / 1000)) });
      const answer = async () => (await endpoint.handle({ method: 'POST', ...sent })).body;
      const first = await answer();
      expect(first).not.toBe('success');
      await pass(9 * MINUTE);
      expect((await answer()).length).toBe(first.length);
      await pass(3 * MINUTE);
      expect(await answer()).toBe('success');
      expect(handler).toHaveBeenCalledTimes(1);
    }
  });

  test('what is older than the tolerance is refused before the store has forgotten it', async () => {
    const { clock, store, pass } = make();
    const handler = jest.fn(() => DATA);
    const onReject = jest.fn();
    const endpoint = openEndpoint({ ...account, store, onReject }, handler, { clock });
    // WeChat's clock is ahead of ours, as far as it may be.
    const timestamp = String(Math.floor(clock.wall() / 1000) + 299);
    const sent = push({ message: payment, encrypted: true, timestamp });
    const post = async () => (await endpoint.handle({ method: 'POST', ...sent })).status;
    expect(await post()).toBe(200);
    await pass(25 * HOUR - 2000);
    expect(await post()).toBe(200);
    await pass(4000);
    expect(await post()).toBe(400);
    expect(onReject).toHaveBeenCalledWith(expect.objectContaining({ reason: 'stale_timestamp' }), undefined);
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('the URL of a handshake stays used up as long as its signature is accepted', async () => {
    const { clock, store, pass } = make();
    const handler = jest.fn();
    const onReject = jest.fn();
    const endpoint = openEndpoint({ ...modes.plain, store, onReject }, handler, { clock });
    const timestamp = String(Math.floor(clock.wall() / 1000));
    const { url, body } = push({ message: payment, timestamp });
    expect((await endpoint.handle({ method: 'GET', url: `${url}&echostr=e` })).body).toBe('e');
    for (const wait of [0, 10 * MINUTE, 24 * HOUR]) {
      await pass(wait);
      expect((await endpoint.handle({ method: 'POST', url, body })).status).toBe(400);
    }
    await pass(HOUR);
    expect((await endpoint.handle({ method: 'POST', url, body })).status).toBe(400);
    expect(onReject.mock.calls.map(([{ reason }]) => reason)).toEqual([
      'replayed',
      'replayed',
      'replayed',
      'stale_timestamp',
    ]);
    expect(handler).not.toHaveBeenCalled();
  });
}

describe('a handshake', () => {
  const url = () => `${push().url}&echostr=e`;

  test.each([
    [
      'throws',
      () =>
        jest.fn(() => {
          throw new Error('away');
        }),
    ],
    ['hangs', () => jest.fn(() => new Promise(() => {}))],
  ])('is answered at once when the store %s, and is used up all the same', async (_, act) => {
    const names = ['begin', 'peek', 'finish', 'release', 'claimUnsent'];
    const store = Object.fromEntries(names.map((name) => [name, act()]));
    const clock = new VirtualClock();
    clock.offset = Date.now();
    const handler = jest.fn();
    const endpoint = openEndpoint({ ...modes.plain, store, onReject() {} }, handler, { clock });
    const sent = push();
    const get = endpoint.handle({ method: 'GET', url: `${sent.url}&echostr=e` });
    expect(await get).toMatchObject({ status: 200, body: 'e' });
    expect(store.begin).toHaveBeenCalledTimes(1);
    await clock.pass(1000);
    const posted = endpoint.handle({ method: 'POST', ...sent });
    await clock.pass(1000);
    expect(await posted).toMatchObject({ status: 400 });
    expect(handler).not.toHaveBeenCalled();
  });

  test('that came while the store was away is used up when it is back, too', async () => {
    const memory = memoryStore();
    let away = true;
    const begin = (delivery) => {
      if (away) throw new Error('away');
      return memory.begin(delivery);
    };
    const clock = new VirtualClock();
    clock.offset = Date.now();
    const endpoint = openEndpoint({ ...modes.plain, store: { ...memory, begin }, onReject() {} }, () => 'x', {
      clock,
    });
    const sent = push();
    await endpoint.handle({ method: 'GET', url: `${sent.url}&echostr=e` });
    away = false;
    await clock.pass(5000);
    expect((await endpoint.handle({ method: 'POST', ...push() })).status).toBe(200);
    expect((await endpoint.handle({ method: 'POST', ...sent })).status).toBe(400);
  });

  test('is noted for each process that shares the store, where a push in plaintext could carry it', async () => {
    for (const mode of ['plain', 'compat', 'secure']) {
      const store = memoryStore();
      const begin = jest.spyOn(store, 'begin');
      const [one, other] = [0, 1].map(() =>
        createEndpoint({ ...modes[mode], store, onReject() {} }, () => 'x'),
      );
      const sent = push();
      await one.handle({ method: 'GET', url: `${sent.url}&echostr=e` });
      expect(begin).toHaveBeenCalledTimes(mode === 'secure' ? 0 : 1);
      expect((await other.handle({ method: 'POST', ...sent })).status).toBe(400);
    }
  });

  test('is noted before the answer where the process is frozen after it, else the host is told to wait', async () => {
    const memory = memoryStore();
    const noted = [];
    const begin = async (delivery) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      noted.push(delivery.id);
      return memory.begin(delivery);
    };
    const store = { ...memory, begin };
    const frozen = openEndpoint({ ...modes.plain, store }, () => 'x', { isFrozen: true });
    await frozen.handle({ method: 'GET', url: url() });
    expect(noted).toHaveLength(1);
    const endpoint = openEndpoint({ ...modes.plain, store }, () => 'x');
    const waitUntil = jest.fn();
    await endpoint.handle({ method: 'GET', url: url(), waitUntil });
    expect(noted).toHaveLength(1);
    await waitUntil.mock.calls[0][0];
    expect(noted).toHaveLength(2);
  });

  test('under either Token is noted under its own', async () => {
    const tokens = ['current1', 'previous'];
    const store = memoryStore();
    const endpoint = createEndpoint({ token: tokens, store, onReject() {} }, () => 'x');
    for (const token of tokens) {
      const sent = push({ account: { token } });
      await endpoint.handle({ method: 'GET', url: `${sent.url}&echostr=e` });
      expect((await endpoint.handle({ method: 'POST', ...sent })).status).toBe(400);
      const fresh = push({
        account: { token },
        message: { ...textMessage, MsgId: `1${token.length}${token}` },
      });
      expect((await endpoint.handle({ method: 'POST', ...fresh })).status).toBe(200);
    }
  });
});

const filled = (bytes, text = 'x') => ({ a: text.repeat((bytes - 8) / Buffer.byteLength(text)) });

test.each([
  ['no reply', undefined, true],
  ['data', DATA, true],
  ['data of 512 bytes', filled(512), true],
  ['data of 513 bytes', filled(513), false],
  ['data of 512 bytes of Chinese', filled(512, '好'), true],
  ['data of 515 bytes of Chinese', filled(515, '好'), false],
  ['a text', 'hi', false],
  ['a passive reply', { MsgType: 'text', Content: 'hi' }, false],
])('whether a store keeps it as long as the id: %s', (_, value, lasts) => {
  expect(recordOf(handlerValueOf(value)).lasts).toBe(lasts);
});

describe('tolerance', () => {
  const wrong = (option) =>
    expect.objectContaining({ name: 'TypeError', code: 'ERR_WECHAT_PUSH_OPTIONS', option });
  const stores = {
    memory: (remember) => memoryStore({ remember }),
    other: (remember) => ({ ...memoryStore(), remember }),
  };

  test.each(Object.keys(stores))('is at most what the store remembers, %s', (name) => {
    const make = (tolerance, remember) => () =>
      createEndpoint({ ...account, tolerance, store: stores[name](remember) }, () => {});
    expect(make(3600, HOUR)).not.toThrow();
    expect(make(3601, HOUR)).toThrow(wrong('tolerance'));
    expect(make(3601, HOUR)).toThrow(/at most 3600 seconds/);
    expect(make(undefined, MINUTE)).not.toThrow();
  });

  test('is at most 25 hours where the store does not tell how long it remembers', () => {
    const { remember: _, ...store } = memoryStore();
    const make = (tolerance) => () => createEndpoint({ ...account, tolerance, store }, () => {});
    expect(make(25 * 3600)).not.toThrow();
    expect(make(25 * 3600 + 1)).toThrow(wrong('tolerance'));
    const untold = () => createEndpoint({ ...account, tolerance: 25 * 3600 + 1 }, () => {});
    expect(untold).toThrow(wrong('tolerance'));
  });

  test.each([0, -1, NaN, 1.5, Infinity, '3600', null])('a store cannot remember for %p', (remember) => {
    const make = () => createEndpoint({ ...account, store: { ...memoryStore(), remember } }, () => {});
    expect(make).toThrow(wrong('store'));
  });

  test('is shorter by default where the store remembers for less', async () => {
    const clock = new VirtualClock();
    const store = openMemoryStore({ remember: 10 * MINUTE }, clock);
    const endpoint = openEndpoint({ ...account, store, onReject() {} }, () => 'x', { clock });
    const sentAt = (age) => {
      const timestamp = String(Math.floor(clock.wall() / 1000) - age);
      return endpoint.handle({ method: 'POST', ...push({ encrypted: true, timestamp }) });
    };
    expect((await sentAt(300)).status).toBe(200);
    expect((await sentAt(301)).status).toBe(400);
  });

  test('0 takes any age, and is warned of once', () => {
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    for (let i = 0; i < 2; i++) {
      const receiver = createReceiver({ ...account, tolerance: 0 });
      const sent = push({ encrypted: true, timestamp: '1000000000' });
      expect(receiver.receive({ method: 'POST', ...sent }).type).toBe('message');
    }
    expect(warned).toHaveBeenCalledTimes(1);
    expect(warned).toHaveBeenCalledWith(expect.stringMatching(/tolerance: 0/), {
      code: 'WECHAT_PUSH_OPTIONS',
    });
    warned.mockRestore();
  });

  test.each([
    ['secure', textMessage, MOST_TOLERATED],
    ['secure', payment, MOST_TOLERATED],
    ['plain', payment, MOST_TOLERATED],
    ['compat', payment, MOST_TOLERATED],
    ['plain', textMessage, 300],
    ['compat', textMessage, 300],
  ])('in %s mode, of %j', (mode, message, most) => {
    const receiver = createReceiver(modes[mode]);
    const now = 1_714_036_504;
    const sent = push({ message, encrypted: mode === 'secure', timestamp: String(now) });
    const at = (age) => receiver.receive({ method: 'POST', ...sent, now: now + age });
    expect(at(most).type).toBe('message');
    expect(at(most + 1)).toMatchObject({
      reason: 'stale_timestamp',
      detail: expect.stringContaining(`${most} s`),
    });
    expect(at(-300).type).toBe('message');
    expect(at(-301)).toMatchObject({ reason: 'stale_timestamp', detail: expect.stringContaining('ahead') });
  });
});
