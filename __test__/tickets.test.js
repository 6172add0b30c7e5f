'use strict';

// `onTicket` of a third-party platform: each ticket at least once, and never an older one after a newer.

const fc = require('fast-check');
const { createEndpoint, memoryStore } = require('..');
const { redisStore } = require('../redis.js');
const { openEndpoint } = require('../lib/endpoint/endpoint.js');
const { VirtualClock } = require('./support/clock.js');
const { describeWithRedis, ownPrefix, someRedis } = require('./support/redis.js');
const { clients, disconnect } = require('./support/redis-clients.js');
const { account: component, push } = require('./support/wechat.js');
const { application, CORP, pushOf, SUITE, xmlOf } = require('./support/wecom.js');

const platform = { ...component, platform: 'third-party' };
const now = () => Math.floor(Date.now() / 1000);

/** A ticket, as WeChat pushes it to the URL for authorisation events; `age` in seconds. */
function ticketPush(ticket, { age = 0, time = now() - age, of = component.appId, account = component } = {}) {
  const message = {
    AppId: of,
    CreateTime: time,
    InfoType: 'component_verify_ticket',
    ComponentVerifyTicket: ticket,
  };
  return push({ message, encrypted: true, beside: { AppId: of }, account });
}

/** A process of the platform: what it was handed, and a way to push to it. */
function processOf(onTicket, { store, handler, options = {} } = {}) {
  const handed = [];
  const take = onTicket ?? ((ticket) => void handed.push(ticket));
  const endpoint = createEndpoint({ ...platform, store, onTicket: take, ...options }, handler);
  return { handed, post: (sent, more) => endpoint.handle({ method: 'POST', ...sent, ...more }) };
}

test('a ticket goes to onTicket, not to the handler, and WeChat hears success', async () => {
  const handler = jest.fn();
  const onTicket = jest.fn();
  const { post } = processOf(onTicket, { handler });
  expect(await post(ticketPush('ticket@@@1'), { request: 'the request' })).toMatchObject({
    status: 200,
    body: 'success',
  });
  expect(handler).not.toHaveBeenCalled();
  expect(onTicket).toHaveBeenCalledTimes(1);
  const [ticket, context, message] = onTicket.mock.calls[0];
  expect(ticket).toBe('ticket@@@1');
  expect(context).toMatchObject({ attempt: 1, encrypted: true, format: 'xml', request: 'the request' });
  expect(message).toMatchObject({ AppId: component.appId, InfoType: 'component_verify_ticket' });
});

test('neither a handler nor a next is needed for it, and what it returns is no reply', async () => {
  const { post } = processOf(() => 'a text');
  expect(await post(ticketPush('t'))).toMatchObject({ status: 200, body: 'success' });
});

test('everything else goes to the handler', async () => {
  const handler = jest.fn();
  const onTicket = jest.fn();
  const { post } = processOf(onTicket, { handler });
  const info = { AppId: component.appId, CreateTime: now(), InfoType: 'authorized', AuthorizerAppid: 'wx2' };
  await post(push({ message: info, encrypted: true, beside: { AppId: component.appId } }));
  await post(push({ encrypted: true }));
  // One that has no ticket is none.
  await post(ticketPush(''));
  expect(handler.mock.calls.map(([{ InfoType, MsgType }]) => InfoType ?? MsgType)).toEqual([
    'authorized',
    'text',
    'component_verify_ticket',
  ]);
  expect(onTicket).not.toHaveBeenCalled();
});

test('without onTicket the handler gets tickets, too', async () => {
  const handler = jest.fn();
  const endpoint = createEndpoint(platform, handler);
  await endpoint.handle({ method: 'POST', ...ticketPush('t') });
  expect(handler.mock.calls[0][0].ComponentVerifyTicket).toBe('t');
});

test('a repeated delivery is not handed over again', async () => {
  const { handed, post } = processOf();
  const sent = ticketPush('t');
  await Promise.all([post(sent), post(sent)]);
  await post(sent);
  expect(handed).toEqual(['t']);
});

test('one that throws is no success, and comes again', async () => {
  let fails = 2;
  const onTicket = jest.fn(async () => {
    if (fails-- > 0) throw new Error('the database is away');
  });
  const { post } = processOf(onTicket);
  const sent = ticketPush('t');
  const answers = [await post(sent), await post(sent), await post(sent)];
  expect(answers.map(({ status }) => status)).toEqual([500, 500, 200]);
  expect(answers[0].error.message).toBe('the database is away');
  expect(onTicket.mock.calls.map(([ticket, { attempt }]) => [ticket, attempt])).toEqual([
    ['t', 1],
    ['t', 2],
    ['t', 3],
  ]);
});

test('one that was not stored keeps no older one out', async () => {
  const stored = [];
  const onTicket = (ticket) => {
    if (ticket === 'new') throw new Error('no');
    stored.push(ticket);
  };
  const { post } = processOf(onTicket);
  await post(ticketPush('new'));
  await post(ticketPush('old', { age: 600 }));
  expect(stored).toEqual(['old']);
});

describe('an older ticket', () => {
  test('is not handed over, and answered success', async () => {
    const { handed, post } = processOf();
    await post(ticketPush('new'));
    expect(await post(ticketPush('old', { age: 600 }))).toMatchObject({ status: 200, body: 'success' });
    await post(ticketPush('same', { age: 0 }));
    expect(handed[0]).toBe('new');
    expect(handed).not.toContain('old');
  });

  test('of another platform is another matter', async () => {
    const { handed, post } = processOf();
    await post(ticketPush('new'));
    await post(ticketPush('of another', { age: 600, of: 'wxother' }));
    expect(handed).toEqual(['new', 'of another']);
  });

  test('of another account in the same store, too', async () => {
    const store = memoryStore();
    const other = { ...component, appId: 'wx-other-component', token: 'another' };
    const [one, two] = [processOf(undefined, { store }), processOf(undefined, { store, options: other })];
    await one.post(ticketPush('new'));
    await two.post(ticketPush('old', { age: 600, account: other }));
    expect([one.handed, two.handed]).toEqual([['new'], ['old']]);
  });

  test.each([
    ['in the future', () => now() + 1_000_000],
    ['that is no number', () => 'soon'],
    ['without a time', () => ''],
    ['before time', () => -1],
  ])('after one %s is handed over', async (_, time) => {
    const { handed, post } = processOf();
    await post(ticketPush('odd', { time: time() }));
    await post(ticketPush('t', { age: 600 }));
    expect(handed).toEqual(['odd', 't']);
  });

  test('whatever their order, what is stored last is the newest that came', async () => {
    const arrivals = fc.shuffledSubarray([0, 60, 600, 1200, 1800, 2400], { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(arrivals, fc.boolean(), fc.boolean(), async (ages, atOnce, isSlow) => {
        let stored;
        const order = [];
        const { post } = processOf(async (ticket) => {
          if (isSlow) await new Promise((resolve) => setTimeout(resolve, Number(ticket) % 7));
          stored = Number(ticket);
          order.push(stored);
        });
        const posts = ages.map((age) => () => post(ticketPush(String(age), { age })));
        if (atOnce) await Promise.all(posts.map((one) => one()));
        else for (const one of posts) await one();
        expect(stored).toBe(Math.min(...ages));
        expect(order).toEqual(order.toSorted((a, b) => b - a));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a suite_ticket of WeCom', () => {
  const provider = { ...application, receiveId: [SUITE, CORP] };
  const suiteTicket = (SuiteTicket, { age = 0, of = SUITE } = {}) =>
    pushOf(xmlOf({ SuiteId: of, InfoType: 'suite_ticket', TimeStamp: now() - age, SuiteTicket }), {
      receiveId: SUITE,
    });

  test('goes to onTicket, with the suite that it is of, and in order', async () => {
    const handed = [];
    const handler = jest.fn();
    const onTicket = (ticket, { receiveId }, { SuiteId }) => void handed.push([ticket, SuiteId, receiveId]);
    const endpoint = createEndpoint({ ...provider, onTicket }, handler);
    const post = (sent) => endpoint.handle({ method: 'POST', ...sent });
    for (const sent of [suiteTicket('new'), suiteTicket('old', { age: 600 })]) {
      expect(await post(sent)).toMatchObject({ status: 200, body: 'success' });
    }
    await post(suiteTicket('of another', { age: 600, of: 'ww-other-suite' }));
    expect(handed).toEqual([
      ['new', SUITE, SUITE],
      ['of another', 'ww-other-suite', SUITE],
    ]);
    expect(handler).not.toHaveBeenCalled();
  });

  test('that throws is no success, and comes again', async () => {
    const onTicket = jest.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValueOnce();
    const endpoint = createEndpoint({ ...provider, onTicket });
    const sent = suiteTicket('t');
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await endpoint.handle({ method: 'POST', ...sent })).status);
    expect(statuses).toEqual([500, 200, 200]);
    expect(onTicket).toHaveBeenCalledTimes(2);
  });
});

test('a slow one is not told success before it has ended, and is not aborted', async () => {
  const clock = new VirtualClock();
  let end;
  let signal;
  const onTicket = jest.fn((_, context) => {
    ({ signal } = context);
    return new Promise((resolve) => (end = resolve));
  });
  const endpoint = openEndpoint({ ...platform, tolerance: 0, onTicket }, undefined, { clock });
  const sent = ticketPush('t', { time: 1_600_000_000 });
  const first = endpoint.handle({ method: 'POST', ...sent });
  await clock.pass(4600);
  expect(await first).toMatchObject({ status: 503 });
  expect(signal.aborted).toBe(false);
  const second = endpoint.handle({ method: 'POST', ...sent });
  await clock.pass(100);
  end();
  await clock.pass(1);
  expect(await second).toMatchObject({ status: 200, body: 'success' });
  expect(onTicket).toHaveBeenCalledTimes(1);
});

test('a slow one that fails after all comes again', async () => {
  const clock = new VirtualClock();
  let fail;
  const onTicket = jest
    .fn()
    .mockImplementationOnce(() => new Promise((_, reject) => (fail = reject)))
    .mockImplementationOnce(() => {});
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const endpoint = openEndpoint({ ...platform, tolerance: 0, onTicket }, undefined, { clock });
  const sent = ticketPush('t', { time: 1_600_000_000 });
  const first = endpoint.handle({ method: 'POST', ...sent });
  await clock.pass(4600);
  expect(await first).toMatchObject({ status: 503 });
  fail(new Error('late'));
  await clock.pass(1);
  expect(await endpoint.handle({ method: 'POST', ...sent })).toMatchObject({ status: 200 });
  expect(onTicket).toHaveBeenCalledTimes(2);
  warned.mockRestore();
});

test('while the store is away, tickets are handed over in order all the same', async () => {
  const away = () => Promise.reject(new Error('away'));
  const records = { get: away, set: away, claimDue: away };
  const store = { begin: away, peek: away, finish: away, release: away, claimUnsent: away, records };
  const { handed, post } = processOf(undefined, { store });
  await post(ticketPush('new'));
  await post(ticketPush('old', { age: 600 }));
  expect(handed).toEqual(['new']);
});

test('a store that never gives the turn holds nothing up for long', async () => {
  const clock = new VirtualClock();
  const store = memoryStore();
  store.records.set = async () => false;
  const onTicket = jest.fn();
  const endpoint = openEndpoint({ ...platform, tolerance: 0, store, onTicket }, undefined, { clock });
  const answer = endpoint.handle({ method: 'POST', ...ticketPush('t', { time: 1_600_000_000 }) });
  await clock.pass(11_000);
  expect(await answer).toMatchObject({ status: 503 });
  expect(onTicket).toHaveBeenCalledTimes(1);
});

describeWithRedis('several processes', () => {
  let server;
  let redis;
  let prefix;
  const shared = () => redisStore(redis, { prefix, remember: 60_000 });

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

  test('know each other’s tickets by the store', async () => {
    const processes = Array.from({ length: 3 }, () =>
      processOf(undefined, { store: shared(), options: { tolerance: 50 } }),
    );
    await processes[0].post(ticketPush('new'));
    await processes[1].post(ticketPush('old', { age: 600 }));
    await processes[2].post(ticketPush('older', { age: 1200 }));
    expect(processes.map(({ handed }) => handed)).toEqual([['new'], [], []]);
  });

  test('hand over one at a time, so that an older one does not end later', async () => {
    const log = [];
    const slow = async (ticket) => {
      log.push(`begin ${ticket}`);
      await new Promise((resolve) => setTimeout(resolve, 150));
      log.push(`end ${ticket}`);
    };
    const processes = ['a', 'b'].map(() => processOf(slow, { store: shared(), options: { tolerance: 50 } }));
    const first = processes[0].post(ticketPush('old', { age: 600 }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([first, processes[1].post(ticketPush('new'))]);
    expect(log).toEqual(['begin old', 'end old', 'begin new', 'end new']);
  });
});
