'use strict';

// In virtual time: WeChat's five seconds, its three deliveries, and handlers of any length.

const fs = require('node:fs');
const path = require('node:path');
const express = require('express');
const { memoryStore, messagePush } = require('..');
const { createDelivery } = require('../lib/delivery/delivery.js');
const { VirtualClock } = require('./support/clock.js');
const { carried, deliveryOf } = require('./support/delivery.js');
const { closeServers, serve } = require('./support/servers.js');
const { modes, post, push, textMessage, write } = require('./support/wechat.js');

/** The clock of the running test. */
let clock;

beforeEach(() => {
  clock = new VirtualClock();
});

afterEach(async () => {
  expect(clock.pending).toBe(0);
  await closeServers();
});

/** A process with deliveries of its own, which may share its store with others. */
function start(replyWindow = 5000, store = memoryStore()) {
  const { deliver } = createDelivery({ store, replyWindow, clock });
  const undelivered = jest.fn();
  const failed = jest.fn();

  /** One delivery; `answer` tells what became of it, and when. */
  function arrive(handler, given) {
    const sent = deliveryOf(handler, { undelivered, failed, now: clock.now, ...given });
    const delivery = { from: clock.now(), answer: undefined, sent };
    const done = (answer) => (delivery.answer = { ...answer, after: clock.now() - delivery.from });
    deliver(sent).then(
      (delivered) =>
        done(
          typeof delivered === 'string' ? { became: delivered } : { value: carried(delivered), delivered },
        ),
      (error) => done({ error: error.message }),
    );
    return delivery;
  }

  return { arrive, undelivered, failed };
}

/** A handler that takes its time. */
function slow(ms, value = 'answer') {
  return jest.fn(async () => {
    await new Promise((resolve) => clock.setTimeout(resolve, ms));
    if (value instanceof Error) throw value;
    return value;
  });
}

describe('a push', () => {
  test('runs its handler and gets the reply, with the response that was made of it', async () => {
    const { arrive } = start();
    const handler = jest.fn(() => 'answer');
    const delivery = arrive(handler);
    await clock.pass(0);
    expect(delivery.answer).toMatchObject({ value: 'answer', after: 0 });
    expect(delivery.answer.delivered).toMatchObject({ response: { body: 'answer' } });
    expect(handler).toHaveBeenCalledTimes(1);
    expect(handler.mock.calls[0][0]).toMatchObject({ attempt: 1 });
  });

  test('of a handler that waits for no more than promises sets no timer', async () => {
    const { arrive } = start();
    clock.setTimeout = jest.fn(clock.setTimeout);
    const delivery = arrive(async () => {
      for (let i = 0; i < 50; i++) await undefined;
      return 'answer';
    });
    await clock.pass(0);
    expect(delivery.answer).toMatchObject({ value: 'answer' });
    expect(clock.setTimeout).not.toHaveBeenCalled();
  });

  test('that comes again later gets the recorded reply', async () => {
    const { arrive } = start();
    const handler = jest.fn(() => ({ ErrCode: 0 }));
    arrive(handler);
    await clock.pass(5000);
    const again = arrive(handler);
    await clock.pass(0);
    expect(again.answer).toMatchObject({ value: { ErrCode: 0 } });
    expect(again.answer.delivered.response).toBeUndefined();
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('that comes again without a reply gets none again', async () => {
    const { arrive } = start();
    arrive(() => undefined);
    await clock.pass(10);
    const again = arrive(() => 'never');
    await clock.pass(0);
    expect(again.answer).toMatchObject({ value: undefined });
  });

  test('that comes again meanwhile joins the handler that runs', async () => {
    const { arrive } = start();
    const handler = slow(3000);
    const [first, , second] = [arrive(handler), await clock.pass(1000), arrive(handler)];
    await clock.pass(2000);
    expect(first.answer).toMatchObject({ value: 'answer', after: 3000 });
    expect(second.answer).toMatchObject({ value: 'answer', after: 2000 });
    expect(handler).toHaveBeenCalledTimes(1);
    expect(first.answer.delivered.response).toBeDefined();
    expect(second.answer.delivered.response).toBeUndefined();
  });

  test('of another id runs by itself', async () => {
    const { arrive } = start();
    const handler = slow(1000);
    arrive(handler, { id: 'a' });
    arrive(handler, { id: 'b' });
    await clock.pass(1000);
    expect(handler).toHaveBeenCalledTimes(2);
  });

  test('with a signature that was there with another body is a replay', async () => {
    const { arrive } = start();
    const signature = 's'.repeat(40);
    const handler = jest.fn();
    const deliveries = [];
    for (const [id, body] of [
      ['a', 'x'],
      ['b', 'y'],
      ['a', 'x'],
    ]) {
      deliveries.push(arrive(handler, { id, replay: { signature, bodyHash: body.repeat(40) } }));
      await clock.pass(0);
    }
    const became = deliveries.map(({ answer }) => answer.became);
    expect(became).toEqual([undefined, 'replayed', undefined]);
    expect(handler).toHaveBeenCalledTimes(1);
  });
});

describe('a handler that fails', () => {
  test.each([5000, 15000])('runs again for the next delivery, in a window of %d', async (replyWindow) => {
    const { arrive } = start(replyWindow);
    const attempts = [];
    const handler = (run) => {
      attempts.push(run.attempt);
      if (attempts.length < 3) throw new Error(`failure ${attempts.length}`);
      return 'at last';
    };
    const answers = [];
    for (let i = 0; i < 3; i++) {
      const delivery = arrive(handler);
      await clock.pass(5000);
      answers.push(delivery.answer);
    }
    expect(answers[0]).toMatchObject({ error: 'failure 1', after: 0 });
    expect(answers[1]).toMatchObject({ error: 'failure 2', after: 0 });
    expect(answers[2]).toMatchObject({ value: 'at last', after: 0 });
    expect(attempts).toEqual([1, 2, 3]);
  });

  test('fails every delivery that waits for it', async () => {
    const { arrive } = start();
    const handler = slow(2000, new Error('no luck'));
    const deliveries = [arrive(handler), arrive(handler)];
    await clock.pass(2000);
    for (const { answer } of deliveries) expect(answer).toMatchObject({ error: 'no luck', after: 2000 });
  });

  test('while no delivery is open is told', async () => {
    const { arrive, undelivered, failed } = start();
    const delivery = arrive(slow(6000, new Error('too late')));
    await clock.pass(6000);
    expect(delivery.answer).toMatchObject({ value: undefined, after: 4500 });
    expect(failed.mock.calls).toEqual([
      [expect.objectContaining({ message: 'too late' }), expect.objectContaining({ attempt: 1 })],
    ]);
    expect(undelivered).not.toHaveBeenCalled();
  });

  test('between two deliveries of the 15-second window runs again for the next', async () => {
    const { arrive, failed } = start(15000);
    arrive(slow(6000, new Error('no luck')));
    await clock.pass(7000);
    expect(failed).toHaveBeenCalledTimes(1);
    const handler = jest.fn(() => 'answer');
    const second = arrive(handler);
    await clock.pass(0);
    expect(second.answer).toMatchObject({ value: 'answer' });
    expect(handler.mock.calls[0][0].attempt).toBe(2);
  });

  test('that returns after it was given up is late all the same', async () => {
    const { arrive, undelivered, failed } = start();
    arrive(slow(11 * 60_000));
    await clock.pass(11 * 60_000);
    expect(failed).toHaveBeenCalledTimes(1);
    expect(undelivered).toHaveBeenCalledTimes(1);
  });

  test('that never returns is given up after ten minutes, and runs again', async () => {
    const { arrive, failed } = start();
    const stuck = jest.fn(() => new Promise(() => {}));
    arrive(stuck);
    await clock.pass(10 * 60_000);
    expect(failed.mock.calls[0][0].message).toContain('10 minutes');
    expect(clock.pending).toBe(0);
    const again = arrive(() => 'answer');
    await clock.pass(0);
    expect(again.answer).toMatchObject({ value: 'answer' });
  });
});

describe('a reply window of 5 seconds', () => {
  test('carries a reply of 4.4 seconds', async () => {
    const { arrive, undelivered } = start();
    const delivery = arrive(slow(4400));
    await clock.pass(4400);
    expect(delivery.answer).toMatchObject({ value: 'answer', after: 4400 });
    expect(undelivered).not.toHaveBeenCalled();
  });

  test('ends without a reply at 4.5 seconds; the late one goes to undelivered, once', async () => {
    const { arrive, undelivered } = start();
    const handler = slow(9000);
    const delivery = arrive(handler);
    await clock.pass(8999);
    expect(delivery.answer).toMatchObject({ value: undefined, after: 4500 });
    expect(undelivered).not.toHaveBeenCalled();
    await clock.pass(1);
    expect(undelivered.mock.calls).toEqual([['answer', expect.objectContaining({ attempt: 1 })]]);
    const again = arrive(handler);
    await clock.pass(60_000);
    expect(again.answer).toMatchObject({ value: undefined, after: 0 });
    expect(undelivered).toHaveBeenCalledTimes(1);
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('no reply at all is never late', async () => {
    const { arrive, undelivered } = start();
    arrive(slow(9000, null));
    await clock.pass(9000);
    expect(undelivered).not.toHaveBeenCalled();
  });

  test('a delivery that is open when the late reply is ready carries it', async () => {
    const { arrive, undelivered } = start();
    const handler = slow(6000);
    arrive(handler);
    await clock.pass(5100);
    const second = arrive(handler);
    await clock.pass(900);
    expect(second.answer).toMatchObject({ value: 'answer', after: 900 });
    expect(undelivered).not.toHaveBeenCalled();
  });

  test('the signal is aborted when the delivery ends without a reply', async () => {
    const { arrive } = start();
    const handler = slow(9000);
    const delivery = arrive(handler);
    await clock.pass(0);
    const { signal } = delivery.sent.run;
    await clock.pass(4499);
    expect(signal.aborted).toBe(false);
    await clock.pass(1);
    expect(signal.aborted).toBe(true);
    expect(signal.reason.message).toMatch(/can no longer be sent/);
    await clock.pass(4500);
  });

  test('a signal that is first asked for later is aborted already', async () => {
    const { arrive } = start();
    const delivery = arrive(slow(9000));
    await clock.pass(4500);
    expect(delivery.sent.run.signal.aborted).toBe(true);
    await clock.pass(4500);
  });
});

test('who comes and goes a hundred times sets one timer', async () => {
  const { arrive } = start(15000);
  const handler = slow(20_000);
  for (let i = 0; i < 100; i++) {
    const delivery = arrive(handler, { attempt: 1 });
    await clock.pass(0);
    delivery.sent.hangUp();
  }
  expect(clock.pending).toBeLessThan(5);
  await clock.pass(25_000);
});

describe('a delivery that WeChat has left', () => {
  test('carries nothing; the next one does', async () => {
    const { arrive, undelivered } = start();
    const handler = slow(2000);
    const first = arrive(handler);
    await clock.pass(1000);
    first.sent.hangUp();
    await clock.pass(1500);
    expect(first.answer).toMatchObject({ became: 'left', after: 1000 });
    const second = arrive(handler);
    await clock.pass(0);
    expect(second.answer).toMatchObject({ value: 'answer', after: 0 });
    await clock.pass(60_000);
    expect(handler).toHaveBeenCalledTimes(1);
    expect(undelivered).not.toHaveBeenCalled();
  });

  test('and that does not come again: the reply is undelivered when the window ends', async () => {
    const { arrive, undelivered } = start();
    const first = arrive(slow(2000));
    await clock.pass(1000);
    first.sent.hangUp();
    await clock.pass(3999);
    expect(undelivered).not.toHaveBeenCalled();
    await clock.pass(1);
    expect(undelivered.mock.calls).toEqual([['answer', expect.anything()]]);
  });

  test('does not abort the handler while the window is open', async () => {
    const { arrive } = start();
    const first = arrive(slow(20_000));
    await clock.pass(0);
    const { signal } = first.sent.run;
    first.sent.hangUp();
    await clock.pass(4999);
    expect(signal.aborted).toBe(false);
    await clock.pass(1);
    expect(signal.aborted).toBe(true);
    await clock.pass(15_000);
  });

  test('for the third time aborts the handler', async () => {
    const { arrive } = start(15000);
    const handler = slow(10_000);
    const deliveries = [];
    for (let i = 0; i < 3; i++) {
      deliveries.push(arrive(handler));
      await clock.pass(100);
      deliveries[i].sent.hangUp();
    }
    expect(deliveries[0].sent.run.signal.aborted).toBe(true);
    await clock.pass(20_000);
  });

  test('hears of no failure: it is told, and the next one runs the handler again', async () => {
    const { arrive, failed } = start();
    const first = arrive(slow(2000, new Error('no luck')));
    await clock.pass(1000);
    first.sent.hangUp();
    await clock.pass(1000);
    expect(failed).toHaveBeenCalledTimes(1);
    const second = arrive(() => 'answer');
    await clock.pass(0);
    expect(second.answer).toMatchObject({ value: 'answer' });
  });

  test('without a word: an answer after five seconds is carried by the next', async () => {
    const { arrive, undelivered } = start(15000);
    const handler = slow(5200);
    const first = arrive(handler);
    await clock.pass(5200);
    expect(first.answer).toMatchObject({ became: 'left', after: 5200 });
    const second = arrive(handler);
    await clock.pass(0);
    expect(second.answer).toMatchObject({ value: 'answer' });
    await clock.pass(60_000);
    expect(undelivered).not.toHaveBeenCalled();
  });

  test('while this process stood still: the next one carries the reply', async () => {
    const { arrive, undelivered } = start();
    let answer;
    const handler = jest.fn(() => new Promise((resolve) => (answer = resolve)));
    const first = arrive(handler);
    await clock.pass(0);
    clock.standStill(6000);
    answer('answer');
    await clock.pass(0);
    expect(first.answer).toMatchObject({ became: 'left' });
    const second = arrive(handler);
    await clock.pass(0);
    expect(second.answer).toMatchObject({ value: 'answer' });
    await clock.pass(60_000);
    expect(undelivered).not.toHaveBeenCalled();
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('while a recorded reply was fetched does not count as answered', async () => {
    const store = memoryStore();
    const slowBegin = async (delivery) => {
      const state = store.begin(delivery);
      await new Promise((resolve) => clock.setTimeout(resolve, 100));
      return state;
    };
    const { arrive, undelivered } = start(15000, { ...store, begin: slowBegin });
    arrive(slow(6000));
    await clock.pass(7000);
    const second = arrive(slow(0));
    await clock.pass(50);
    second.sent.hangUp();
    await clock.pass(50);
    expect(second.answer).toMatchObject({ became: 'left' });
    const third = arrive(slow(0));
    await clock.pass(100);
    expect(third.answer).toMatchObject({ value: 'answer' });
    await clock.pass(60_000);
    expect(undelivered).not.toHaveBeenCalled();
  });
});

test('a reply that was claimed as WeChat hung up is told, unless the next delivery carries it', async () => {
  for (const comesBack of [true, false]) {
    const store = memoryStore();
    let second;
    // The sender leaves while the claim is on its way.
    const claimUnsent = async (...args) => {
      const claimed = store.claimUnsent(...args);
      if (args[1]) second.sent.hangUp();
      return claimed;
    };
    const { arrive, undelivered } = start(15000, { ...store, claimUnsent });
    arrive(slow(6000));
    await clock.pass(7000);
    second = arrive(slow(0));
    await clock.pass(0);
    expect(second.answer).toMatchObject({ became: 'left' });
    const third = comesBack ? arrive(slow(0)) : undefined;
    await clock.pass(60_000);
    expect(third?.answer.value).toBe(comesBack ? 'answer' : undefined);
    expect(undelivered).toHaveBeenCalledTimes(comesBack ? 0 : 1);
  }
});

describe('a push of which nobody knows whether another process has it', () => {
  test('is not answered for nobody: WeChat shall deliver it again', async () => {
    const store = { ...memoryStore(), begin: () => ({ state: 'running', attempt: 2 }) };
    store.peek = () => ({ state: 'unknown', attempt: 0 });
    const { arrive } = start(5000, store);
    const handler = jest.fn(() => 'answer');
    const delivery = arrive(handler);
    await clock.pass(4500);
    expect(delivery.answer).toMatchObject({ became: 'retry', after: 4500 });
    expect(handler).not.toHaveBeenCalled();
  });

  test('is handled when WeChat will not come again', async () => {
    const store = { ...memoryStore(), begin: () => ({ state: 'running', attempt: 3 }) };
    store.peek = () => ({ state: 'unknown', attempt: 0 });
    const { arrive } = start(5000, store);
    const delivery = arrive(() => 'answer');
    await clock.pass(4500);
    expect(delivery.answer).toMatchObject({ value: 'answer' });
  });
});

describe('a reply window of 15 seconds', () => {
  /** WeChat: hangs up after five seconds and delivers again, at most `most` times. */
  async function wechat({ arrive }, handler, most = 3) {
    const answers = [];
    for (let i = 0; i < most; i++) {
      const delivery = arrive(handler);
      await clock.pass(5000);
      answers.push(delivery.answer);
      if (answers[i]) break;
    }
    return answers;
  }

  test.each([
    [1000, 1],
    [4900, 1],
    [9000, 2],
    [13000, 3],
  ])('a handler of %d ms is answered in delivery %d and runs once', async (ms, delivery) => {
    const process = start(15000);
    const handler = slow(ms);
    const answers = await wechat(process, handler);
    expect(answers).toHaveLength(delivery);
    expect(answers.at(-1)).toMatchObject({ value: 'answer', after: ms - (delivery - 1) * 5000 });
    await clock.pass(60_000);
    expect(process.undelivered).not.toHaveBeenCalled();
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('a delivery that WeChat does not end itself is ended, so that it is repeated', async () => {
    const { arrive } = start(15000);
    const delivery = arrive(slow(7000));
    await clock.pass(5499);
    expect(delivery.answer).toBeUndefined();
    await clock.pass(1);
    expect(delivery.answer).toMatchObject({ became: 'retry', after: 5500 });
    await clock.pass(10_000);
  });

  test('a reply that is ready between two deliveries waits for the next', async () => {
    const process = start(15000);
    const handler = slow(6000);
    process.arrive(handler);
    await clock.pass(7000);
    const second = process.arrive(handler);
    await clock.pass(60_000);
    expect(second.answer).toMatchObject({ value: 'answer', after: 0 });
    expect(process.undelivered).not.toHaveBeenCalled();
  });

  test('the third ends without a reply at 4.5 seconds; the late one goes to onUndelivered', async () => {
    const process = start(15000);
    const handler = slow(20_000);
    const answers = await wechat(process, handler);
    expect(answers.at(-1)).toMatchObject({ value: undefined, after: 4500 });
    expect(process.undelivered).not.toHaveBeenCalled();
    await clock.pass(5000);
    expect(process.undelivered).toHaveBeenCalledTimes(1);
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('so does a fourth', async () => {
    const { arrive } = start(15000);
    const handler = slow(30_000);
    for (let i = 0; i < 3; i++) {
      arrive(handler);
      await clock.pass(5000);
    }
    const fourth = arrive(handler);
    await clock.pass(30_000);
    expect(fourth.answer).toMatchObject({ value: undefined, after: 4500 });
  });

  test('a reply for which WeChat does not come back goes to undelivered when the window ends', async () => {
    const { arrive, undelivered } = start(15000);
    arrive(slow(8000));
    await clock.pass(14_999);
    expect(undelivered).not.toHaveBeenCalled();
    await clock.pass(1);
    expect(undelivered).toHaveBeenCalledTimes(1);
    const tooLate = arrive(slow(0));
    await clock.pass(0);
    expect(tooLate.answer).toMatchObject({ value: undefined });
  });

  test('the signal is aborted when the window ends', async () => {
    const { arrive } = start(15000);
    const delivery = arrive(slow(20_000));
    await clock.pass(14_999);
    const { signal } = delivery.sent.run;
    expect(signal.aborted).toBe(false);
    await clock.pass(1);
    expect(signal.aborted).toBe(true);
    await clock.pass(5000);
  });
});

describe('two processes with one store', () => {
  test('a delivery to the other process gets the reply of the first', async () => {
    const store = memoryStore();
    const [a, b] = [start(5000, store), start(5000, store)];
    const handler = slow(1000);
    const first = a.arrive(handler);
    await clock.pass(500);
    const second = b.arrive(handler);
    await clock.pass(2000);
    expect(first.answer).toMatchObject({ value: 'answer', after: 1000 });
    expect(second.answer.value).toBe('answer');
    expect(second.answer.after).toBeLessThanOrEqual(600);
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('a delivery to the other process runs the handler when the first fails', async () => {
    const store = memoryStore();
    const [a, b] = [start(5000, store), start(5000, store)];
    a.arrive(slow(1000, new Error('died')));
    await clock.pass(500);
    const second = b.arrive(() => 'answer');
    await clock.pass(2000);
    expect(second.answer).toMatchObject({ value: 'answer' });
  });

  test('a delivery that comes while the reply is being stored gets it, and the handler runs once', async () => {
    const memory = memoryStore();
    let stored;
    const store = {
      ...memory,
      // Of the second delivery it knows nothing: the store is slow, and something else answers for it.
      begin: jest
        .fn(memory.begin)
        .mockImplementationOnce(memory.begin)
        .mockReturnValueOnce({ state: 'first', attempt: 1 }),
      finish: (...args) => new Promise((resolve) => (stored = () => resolve(memory.finish(...args)))),
    };
    const { arrive } = start(5000, store);
    const handler = jest.fn(() => 'answer');
    arrive(handler);
    await clock.pass(0);
    const second = arrive(handler);
    await clock.pass(0);
    expect(second.answer).toBeUndefined();
    stored();
    await clock.pass(0);
    expect(second.answer).toMatchObject({ value: 'answer' });
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('a reply that a slow store has only after the window is told to onUndelivered', async () => {
    const memory = memoryStore();
    let stored;
    const store = {
      ...memory,
      finish: (...args) => new Promise((resolve) => (stored = () => resolve(memory.finish(...args)))),
    };
    const { arrive, undelivered } = start(15000, store);
    const delivery = arrive(slow(6000));
    await clock.pass(16_000);
    expect(delivery.answer).toEqual({ became: 'retry', after: 5500 });
    expect(undelivered).not.toHaveBeenCalled();
    stored();
    await clock.pass(1000);
    expect(undelivered).toHaveBeenCalledTimes(1);
    expect(undelivered.mock.calls[0][0]).toBe('answer');
  });

  test('a slow answer is carried by whichever process the third delivery comes to', async () => {
    const store = memoryStore();
    const processes = [start(15000, store), start(15000, store), start(15000, store)];
    const handler = slow(13_000);
    const deliveries = [];
    for (const { arrive } of processes) {
      deliveries.push(arrive(handler));
      await clock.pass(5000);
    }
    expect(deliveries[2].answer).toMatchObject({ value: 'answer' });
    await clock.pass(60_000);
    for (const { undelivered } of processes) expect(undelivered).not.toHaveBeenCalled();
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('a delivery to the other process ends in time as well', async () => {
    const store = memoryStore();
    const [a, b] = [start(5000, store), start(5000, store)];
    a.arrive(slow(20_000));
    await clock.pass(100);
    const second = b.arrive(() => 'never');
    await clock.pass(20_000);
    expect(second.answer.value).toBeUndefined();
    expect(second.answer.after).toBeGreaterThanOrEqual(4500);
    expect(second.answer.after).toBeLessThanOrEqual(4600);
  });
});

describe('messagePush without a handler', () => {
  /** An app whose route does `answer` with every push. */
  async function app(answer, version = express) {
    const seen = jest.fn();
    const route = (req, res, next) => {
      seen(req.wechat.message);
      return answer(req, res, next);
    };
    const quiet = (error, req, res, next) => (res.headersSent ? next(error) : res.status(500).end());
    const origin = await serve(version().use(messagePush(modes.plain)).post('/', route).use(quiet));
    return { seen, origin };
  }

  test('a reply goes although the app ends the response after it', async () => {
    const { origin } = await app((req, res) => {
      req.wechat.reply('hello');
      res.status(201).json({ ok: true });
    });
    expect(await post(origin, push())).toMatchObject({
      status: 200,
      text: expect.stringContaining('<![CDATA[hello]]>'),
    });
  });

  test('an app that fails gets the push again', async () => {
    let calls = 0;
    const { seen, origin } = await app((req) => {
      if (calls++ === 0) throw new Error('once');
      req.wechat.reply('hello');
    });
    expect((await post(origin, push())).status).toBe(500);
    expect((await post(origin, push())).text).toContain('<![CDATA[hello]]>');
    expect(seen).toHaveBeenCalledTimes(2);
  });

  test('an app that answers by itself gets it once', async () => {
    const { seen, origin } = await app((req, res) => res.send('its own'));
    expect((await post(origin, push())).text).toBe('its own');
    expect((await post(origin, push())).text).toBe('success');
    expect(seen).toHaveBeenCalledTimes(1);
  });
});

test('durations do not go by the system time', () => {
  const lib = path.join(__dirname, '../lib');
  const files = fs.readdirSync(lib, { recursive: true }).filter((file) => file.endsWith('.js'));
  const users = files.filter((file) => fs.readFileSync(path.join(lib, file), 'utf8').includes('Date.now'));
  // WeChat's timestamps.
  expect(users.sort()).toEqual(['clock.js', 'explain-push.js', 'gateway.js', 'receiver.js']);
});

describe('messagePush', () => {
  test('a reply that cannot be sent counts as handled: no retry runs the handler again', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
    const handler = jest.fn().mockReturnValueOnce(['no reply']).mockReturnValueOnce('a reply');
    const origin = await serve(messagePush(modes.secure, handler));
    for (let i = 0; i < 2; i++)
      expect(await post(origin, push({ encrypted: true }))).toMatchObject({ status: 200, text: 'success' });
    expect(handler).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });

  test('a retry gets the same reply, sealed and signed for itself, in its own format', async () => {
    const handler = jest.fn(() => 'a reply');
    const origin = await serve(messagePush(modes.plain, handler));
    const sent = push();
    const answers = [await post(origin, sent), await post(origin, sent), await post(origin, push())];
    for (const { text } of answers) expect(text).toContain('<![CDATA[a reply]]>');
    expect(await post(origin, push({ format: 'json' }))).toMatchObject({
      status: 200,
      text: expect.stringContaining('"Content":"a reply"'),
    });
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('the same signature with another body is refused as replayed', async () => {
    const onReject = jest.fn();
    const handler = jest.fn();
    const origin = await serve(messagePush({ ...modes.plain, onReject }, handler));
    const { url, body } = push();
    await post(origin, { url, body });
    const other = body.replace(textMessage.MsgId, '1');
    expect(await post(origin, { url, body: other })).toMatchObject({ status: 400 });
    expect(onReject).toHaveBeenCalledWith(
      expect.objectContaining({ reason: 'replayed', status: 400 }),
      expect.anything(),
    );
    expect(await post(origin, { url, body })).toMatchObject({ status: 200 });
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('nor does the signature of an encrypted push let plaintext in, in compat mode', async () => {
    const onReject = jest.fn();
    const handler = jest.fn();
    const origin = await serve(messagePush({ ...modes.compat, onReject }, handler));
    const { url, body } = push({ encrypted: true });
    await post(origin, { url, body });
    const forged = write({ ...textMessage, MsgId: '1', Content: 'forged' }, 'xml');
    expect(await post(origin, { url, body: forged })).toMatchObject({ status: 400 });
    expect(onReject).toHaveBeenCalledWith(expect.objectContaining({ reason: 'replayed' }), expect.anything());
    expect(await post(origin, { url, body })).toMatchObject({ status: 200 });
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('two events of one second that differ in one field are both handled', async () => {
    const handler = jest.fn();
    const origin = await serve(messagePush(modes.secure, handler));
    const event = { ToUserName: 'gh', FromUserName: 'o', CreateTime: 1, MsgType: 'event', Event: 'x' };
    for (const trace_id of ['a', 'b', 'a']) {
      await post(origin, push({ message: { ...event, trace_id }, encrypted: true }));
    }
    expect(handler.mock.calls.map(([{ trace_id }]) => trace_id)).toEqual(['a', 'b']);
  });

  test.each([
    ['replyWindow', 7000],
    ['replyWindow', '5000'],
    ['store', {}],
    ['store', null],
    ['onUndelivered', 'log'],
  ])('the option %s cannot be %j', (option, value) => {
    expect(() => messagePush({ token: 'sesame', [option]: value }, () => {})).toThrow(
      expect.objectContaining({ code: 'ERR_WECHAT_PUSH_OPTIONS', option }),
    );
  });
});
