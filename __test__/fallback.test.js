'use strict';

// Stores that fail in every way, and what the user gets all the same.

const { channel } = require('node:diagnostics_channel');
const { messagePush, memoryStore } = require('..');
const { openEndpoint } = require('../lib/endpoint/endpoint.js');
const { withFallback } = require('../lib/stores/fallback.js');
const { redisStore } = require('../redis.js');
const { createGateway } = require('../testing.js');
const { VirtualClock } = require('./support/clock.js');
const { describeWithOwnRedis, ownPrefix, ownRedis, until } = require('./support/redis.js');
const { clients, disconnect } = require('./support/redis-clients.js');
const { closeServers, serve } = require('./support/servers.js');
const { account, openReply, push } = require('./support/wechat.js');

const reports = channel('wechat-push:store');
const gateway = createGateway(account);

/** What was told on the channel. */
let told;
const listen = (report) => told.push(report);

beforeEach(() => {
  told = [];
  reports.subscribe(listen);
});

afterEach(async () => {
  reports.unsubscribe(listen);
  await closeServers();
});

const states = () => told.map(({ state }) => state);

/** A store whose methods all do the same, but for those given. */
function storeOf(act, others) {
  const names = ['begin', 'peek', 'finish', 'release', 'claimUnsent', 'renew'];
  return { ...Object.fromEntries(names.map((name) => [name, act])), ...others };
}

const hang = () => new Promise(() => {});
const rejectLater = () => new Promise((_, reject) => setTimeout(reject, 50, new Error('no luck')));
function fail() {
  throw new Error('no luck');
}

describe.each([
  ['throws', fail, /no luck/],
  ['rejects', async () => fail(), /no luck/],
  ['rejects later', rejectLater, /no luck/],
  ['rejects with nothing', () => Promise.reject(), /undefined/],
  ['never answers', hang, /has not answered within 300 ms/],
  ['gives nothing', () => undefined, /no state/],
  ['gives something else', async () => ({ state: 'lost', attempt: 1 }), /no state/],
])('a store that %s', (_, act, why) => {
  test('does not keep a message from its handler, nor the user from the reply', async () => {
    const handler = jest.fn(({ Content }) => `You said: ${Content}`);
    const url = await serve(messagePush({ ...account, store: storeOf(act) }, handler));
    const pushes = ['a', 'b', 'c'].map((Content) => gateway.push(url, { MsgType: 'text', Content }));
    for (const { reply, attempts, message } of await Promise.all(pushes)) {
      expect(reply).toMatchObject({ Content: `You said: ${message.Content}` });
      expect(attempts).toHaveLength(1);
    }
    expect(handler).toHaveBeenCalledTimes(3);
    expect(states()).toEqual(['away']);
    expect(String(told[0].error)).toMatch(why);
  });

  test('is stood in for by memory: a duplicate gets the recorded reply', async () => {
    const handler = jest.fn(() => String(Math.random()));
    const url = await serve(messagePush({ ...account, store: storeOf(act) }, handler));
    const { reply, message } = await gateway.push(url, { MsgType: 'text', Content: 'hi' });
    const again = await gateway.push(url, message);
    expect(again.reply.Content).toBe(reply.Content);
    expect(handler).toHaveBeenCalledTimes(1);
  });
});

test('a reply that cannot be recorded is sent, and remembered by memory', async () => {
  const memory = memoryStore();
  const handler = jest.fn(() => String(Math.random()));
  for (const act of [fail, hang]) {
    const store = storeOf(act, { begin: memory.begin });
    const url = await serve(messagePush({ ...account, store }, handler));
    handler.mockClear();
    const { reply, message, attempts } = await gateway.push(url, { MsgType: 'text', Content: 'hi' });
    expect(attempts[0]).toMatchObject({ accepted: true, reply });
    // The reply did not wait for the store.
    await until(() => states().at(-1) === 'away');
    expect((await gateway.push(url, message)).reply.Content).toBe(reply.Content);
    expect(handler).toHaveBeenCalledTimes(1);
    told = [];
  }
});

test('a handler that failed runs again, though its release could not be recorded', async () => {
  const memory = memoryStore();
  const store = storeOf(fail, { begin: memory.begin });
  const handler = jest.fn(() => 'at last');
  handler.mockImplementationOnce(fail);
  const url = await serve(messagePush({ ...account, store }, handler));
  const { reply, attempts } = await gateway.push(url, { MsgType: 'text', Content: 'hi' });
  expect(attempts.map(({ status }) => status)).toEqual([500, 200]);
  expect(reply.Content).toBe('at last');
});

describe('a store that hangs while another process has the push', () => {
  /** Says once that somebody has it, then no more. */
  const elsewhere = () => {
    const begin = jest.fn(hang).mockReturnValueOnce({ state: 'running', attempt: 1 });
    return storeOf(hang, { begin });
  };

  test('has WeChat deliver again, until the last delivery runs the handler rather than lose it', async () => {
    const clock = new VirtualClock();
    clock.offset = Date.now();
    const handler = jest.fn(() => 'at last');
    const endpoint = openEndpoint({ ...account, store: elsewhere() }, handler, { clock });
    const sent = push({ encrypted: true });
    const answers = [];
    for (let i = 0; i < 2; i++) {
      endpoint.handle({ method: 'POST', ...sent }).then((answer) => answers.push(answer));
      // Before WeChat hangs up.
      await clock.pass(4999);
    }
    expect(answers.map(({ status }) => status)).toEqual([503, 200]);
    expect(openReply(answers[1].body, account)).toContain('at last');
    expect(handler).toHaveBeenCalledTimes(1);
  });
});

describe('the fallback itself', () => {
  let now;
  beforeEach(() => {
    now = jest.spyOn(performance, 'now').mockReturnValue(0);
  });
  afterEach(() => now.mockRestore());

  const at = (ms) => now.mockReturnValue(ms);
  const begin = (store, id) => store.begin({ id });

  test('asks a store that is away once a second, and tells when it is back', async () => {
    const memory = memoryStore();
    const given = storeOf(fail, { begin: jest.fn(fail) });
    const store = withFallback(given);
    for (let i = 0; i < 5; i++) await begin(store, `a${i}`);
    expect(given.begin).toHaveBeenCalledTimes(1);
    at(1000);
    await Promise.all([begin(store, 'b1'), begin(store, 'b2'), begin(store, 'b3')]);
    expect(given.begin).toHaveBeenCalledTimes(2);
    expect(states()).toEqual(['away']);
    given.begin.mockImplementation(memory.begin);
    await begin(store, 'c');
    at(2000);
    expect(await begin(store, 'd')).toEqual({ state: 'first', attempt: 1 });
    expect(states()).toEqual(['away', 'back']);
    await begin(store, 'e');
    expect([memory.has('c'), memory.has('d'), memory.has('e')]).toEqual([false, true, true]);
  });

  test('tells the store that is back how a push ended that began while it was away', async () => {
    const memory = memoryStore();
    const given = { ...memory, begin: jest.fn(fail) };
    const store = withFallback(given);
    await begin(store, 'id');
    at(1000);
    await store.finish('id', '"done"', true);
    expect(memory.begin({ id: 'id' })).toMatchObject({ state: 'done', reply: '"done"' });
    expect(await begin(store, 'id')).toMatchObject({ state: 'done', reply: '"done"' });
  });

  test('renews at a store that is back', async () => {
    const given = storeOf(fail, { renew: jest.fn() });
    const store = withFallback(given);
    await begin(store, 'id');
    await store.renew('id');
    expect(given.renew).not.toHaveBeenCalled();
    at(1000);
    await store.renew('id');
    expect(given.renew).toHaveBeenCalledWith('id');
    expect(states()).toEqual(['away', 'back']);
  });

  test('does not begin what another process has', async () => {
    const store = withFallback(storeOf(fail));
    expect(await store.peek('id')).toMatchObject({ state: 'unknown' });
    expect(await begin(store, 'id')).toMatchObject({ state: 'first' });
  });

  test('has a late reply sent when nobody knows whether it was', async () => {
    const memory = memoryStore();
    const store = withFallback({ ...memory, claimUnsent: fail });
    await begin(store, 'id');
    await store.finish('id', '"late"', false);
    expect(await store.claimUnsent('id', false)).toBe(true);
  });

  test('keeps an answer that came while this process was busy', async () => {
    now.mockRestore();
    const memory = memoryStore();
    const late = (...args) =>
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.once('message', () => {
          port1.close();
          resolve(memory.begin(...args));
        });
        port2.postMessage('answer');
      });
    const store = withFallback({ ...memory, begin: late });
    const begun = begin(store, 'id');
    const end = performance.now() + 350;
    while (performance.now() < end);
    expect(await begun).toEqual({ state: 'first', attempt: 1 });
    expect(told).toEqual([]);
  });

  test('has no renew where the store has none', () => {
    expect(withFallback({ ...memoryStore() }).renew).toBeUndefined();
  });
});

describeWithOwnRedis.each(['redis', 'ioredis'])('a Redis under load, by %s', (name) => {
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

  /** Pushes without end, eight at a time; every one has to be answered in time. */
  function startLoad(url) {
    const results = [];
    const load = new AbortController();
    const one = async () => {
      while (!load.signal.aborted)
        results.push(await gateway.push(url, { MsgType: 'text', Content: `${results.length}` }));
    };
    const all = Promise.all(Array.from({ length: 8 }, one));
    return {
      results,
      end() {
        load.abort();
        return all;
      },
    };
  }

  async function more(results, count) {
    const from = results.length;
    await until(() => results.length >= from + count);
  }

  test.each([
    ['is stopped', () => server.stop(), () => server.start()],
    ['hangs', () => server.hang(), () => server.goOn()],
  ])('that %s: messages go on, and it is used again when it is back', async (_, stop, start) => {
    const prefix = ownPrefix();
    const handler = jest.fn(({ Content }) => `You said: ${Content}`);
    const store = redisStore(client, { prefix });
    const url = await serve(messagePush({ ...account, store }, handler));
    const { results, end } = startLoad(url);
    await more(results, 50);
    await stop();
    await until(() => states().includes('away'));
    await more(results, 50);
    await start();
    await until(() => states().includes('back'));
    await more(results, 50);
    await end();

    for (const { attempts, reply, message } of results) {
      expect(attempts).toHaveLength(1);
      expect(reply.Content).toBe(`You said: ${message.Content}`);
    }
    expect(handler).toHaveBeenCalledTimes(results.length);
    expect(states()).toEqual(['away', 'back']);
    const { message } = results.at(-1);
    await gateway.push(url, message);
    expect(handler).toHaveBeenCalledTimes(results.length);
    const id = `${message.MsgId}${message.FromUserName}${message.ToUserName}${message.CreateTime}`;
    expect(await store.peek(`${account.appId}:${id}`)).toMatchObject({ state: 'done', attempt: 2 });
  });
});

test('a reply that the store has is told although a later run has failed in memory', async () => {
  const inner = memoryStore();
  let isAway = false;
  const methods = ['begin', 'peek', 'finish', 'release', 'claimUnsent'].map((name) => [
    name,
    (...args) => (isAway ? Promise.reject(new Error('away')) : inner[name](...args)),
  ]);
  const clock = new VirtualClock();
  const store = withFallback(Object.fromEntries(methods), clock);
  await store.begin({ id: 'push' });
  await store.finish('push', '"hi"', false);
  isAway = true;
  expect((await store.begin({ id: 'push' })).state).toBe('first');
  await store.release('push');
  isAway = false;
  clock.standStill(2000);
  expect(await store.claimUnsent('push', false)).toBe(true);
  expect(await store.claimUnsent('push', false)).toBe(false);
});
