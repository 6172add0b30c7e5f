'use strict';

// In virtual time: WeChat's five seconds, its three deliveries, and handlers of any length.

const { channel } = require('node:diagnostics_channel');
const express = require('express');
const { memoryStore, messagePush } = require('..');
const { createDelivery } = require('../lib/delivery.js');
const { VirtualClock } = require('./support/clock.js');
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
  const onLate = jest.fn();

  /** One delivery; `answer` tells what became of it, and when. */
  function arrive(handler, { id = 'id', proof = '', late = onLate } = {}) {
    const sent = { id, proof, message: { MsgType: 'text' }, onLate: late };
    sent.handle = async (run) => {
      sent.context = { run };
      const value = await handler(run);
      const response = { status: 200, headers: {}, body: value ?? 'success' };
      return { value, isNone: value === undefined || value === null, response };
    };
    const delivery = { from: clock.now(), answer: undefined, sent };
    const done = (answer) => (delivery.answer = { ...answer, after: clock.now() - delivery.from });
    deliver(sent).then(
      (delivered) =>
        done(typeof delivered === 'string' ? { became: delivered } : { value: delivered.value, delivered }),
      (error) => done({ error: error.message }),
    );
    return delivery;
  }

  return { arrive, onLate };
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
    expect(delivery.answer.delivered).toMatchObject({ by: delivery.sent, response: { body: 'answer' } });
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
    expect(again.answer.delivered.by).toBeUndefined();
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
    expect(second.answer.delivered.by).toBe(first.sent);
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
      deliveries.push(arrive(handler, { id, proof: signature + body.repeat(40) }));
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

  test('while no delivery is open is told by a warning and on the channel', async () => {
    const { arrive, onLate } = start();
    const told = [];
    const listen = (event) => told.push(event);
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
    channel('wechat-push:failed').subscribe(listen);
    const delivery = arrive(slow(6000, new Error('too late')));
    await clock.pass(6000);
    channel('wechat-push:failed').unsubscribe(listen);
    expect(delivery.answer).toMatchObject({ value: undefined, after: 4500 });
    expect(told).toEqual([
      {
        error: expect.objectContaining({ message: 'too late' }),
        message: { MsgType: 'text' },
        context: delivery.sent.context,
      },
    ]);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('too late'), { code: 'WECHAT_PUSH_FAILED' });
    expect(onLate).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  test('between two deliveries of the 15-second window runs again for the next', async () => {
    const { arrive } = start(15000);
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
    arrive(slow(6000, new Error('no luck')));
    await clock.pass(7000);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('while no delivery was open'), {
      code: 'WECHAT_PUSH_FAILED',
    });
    warn.mockRestore();
    const second = arrive(() => 'answer');
    await clock.pass(0);
    expect(second.answer).toMatchObject({ value: 'answer' });
    expect(second.sent.context.run.attempt).toBe(2);
  });

  test('that returns after it was given up is late all the same', async () => {
    const { arrive, onLate } = start();
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
    arrive(slow(11 * 60_000));
    await clock.pass(11 * 60_000);
    expect(onLate).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });

  test('that never returns is given up after ten minutes, and runs again', async () => {
    const { arrive } = start();
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
    const stuck = jest.fn(() => new Promise(() => {}));
    arrive(stuck);
    await clock.pass(10 * 60_000);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('10 minutes'), { code: 'WECHAT_PUSH_FAILED' });
    warn.mockRestore();
    expect(clock.pending).toBe(0);
    const again = arrive(() => 'answer');
    await clock.pass(0);
    expect(again.answer).toMatchObject({ value: 'answer' });
  });
});

describe('a reply window of 5 seconds', () => {
  test('carries a reply of 4.4 seconds', async () => {
    const { arrive, onLate } = start();
    const delivery = arrive(slow(4400));
    await clock.pass(4400);
    expect(delivery.answer).toMatchObject({ value: 'answer', after: 4400 });
    expect(onLate).not.toHaveBeenCalled();
  });

  test('ends without a reply at 4.5 seconds; the late one goes to onLate, once', async () => {
    const { arrive, onLate } = start();
    const handler = slow(9000);
    const delivery = arrive(handler);
    await clock.pass(8999);
    expect(delivery.answer).toMatchObject({ value: undefined, after: 4500 });
    expect(onLate).not.toHaveBeenCalled();
    await clock.pass(1);
    expect(onLate.mock.calls).toEqual([['answer', { MsgType: 'text' }, delivery.sent.context]]);
    const again = arrive(handler);
    await clock.pass(60_000);
    expect(again.answer).toMatchObject({ value: undefined, after: 0 });
    expect(onLate).toHaveBeenCalledTimes(1);
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('no reply at all is never late', async () => {
    const { arrive, onLate } = start();
    arrive(slow(9000, null));
    await clock.pass(9000);
    expect(onLate).not.toHaveBeenCalled();
  });

  test('a delivery that is open when the late reply is ready carries it', async () => {
    const { arrive, onLate } = start();
    const handler = slow(6000);
    arrive(handler);
    await clock.pass(5100);
    const second = arrive(handler);
    await clock.pass(900);
    expect(second.answer).toMatchObject({ value: 'answer', after: 900 });
    expect(onLate).not.toHaveBeenCalled();
  });

  test('what onLate throws becomes a warning', async () => {
    const { arrive } = start();
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
    arrive(slow(5000), {
      late: async () => {
        throw new Error('no token');
      },
    });
    await clock.pass(5000);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('no token'), { code: 'WECHAT_PUSH_ON_LATE' });
    warn.mockRestore();
  });

  test('without onLate the lost reply is warned of, and is on the channel', async () => {
    const { arrive } = start();
    const told = [];
    const listen = (event) => told.push(event);
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
    channel('wechat-push:late').subscribe(listen);
    const delivery = arrive(slow(5000), { late: null });
    await clock.pass(5000);
    channel('wechat-push:late').unsubscribe(listen);
    expect(told).toEqual([{ value: 'answer', message: { MsgType: 'text' }, context: delivery.sent.context }]);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('replyWindow: 15000'), {
      code: 'WECHAT_PUSH_OPTIONS',
    });
    warn.mockRestore();
  });

  test('the signal is aborted when the delivery ends without a reply', async () => {
    const { arrive } = start();
    const handler = slow(9000);
    const delivery = arrive(handler);
    await clock.pass(0);
    const { signal } = delivery.sent.context.run;
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
    expect(delivery.sent.context.run.signal.aborted).toBe(true);
    await clock.pass(4500);
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
    expect(process.onLate).not.toHaveBeenCalled();
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
    expect(process.onLate).not.toHaveBeenCalled();
  });

  test('the third ends without a reply at 4.5 seconds; the late one goes to onLate', async () => {
    const process = start(15000);
    const handler = slow(20_000);
    const answers = await wechat(process, handler);
    expect(answers.at(-1)).toMatchObject({ value: undefined, after: 4500 });
    expect(process.onLate).not.toHaveBeenCalled();
    await clock.pass(5000);
    expect(process.onLate).toHaveBeenCalledTimes(1);
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

  test('a reply for which WeChat does not come back goes to onLate when the window ends', async () => {
    const { arrive, onLate } = start(15000);
    arrive(slow(8000));
    await clock.pass(14_999);
    expect(onLate).not.toHaveBeenCalled();
    await clock.pass(1);
    expect(onLate).toHaveBeenCalledTimes(1);
    const tooLate = arrive(slow(0));
    await clock.pass(0);
    expect(tooLate.answer).toMatchObject({ value: undefined });
  });

  test('the signal is aborted when the window ends', async () => {
    const { arrive } = start(15000);
    const delivery = arrive(slow(20_000));
    await clock.pass(14_999);
    const { signal } = delivery.sent.context.run;
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

  test('a reply that a slow store has only after the window is told to onLate', async () => {
    const memory = memoryStore();
    let stored;
    const store = {
      ...memory,
      finish: (...args) => new Promise((resolve) => (stored = () => resolve(memory.finish(...args)))),
    };
    const { arrive, onLate } = start(15000, store);
    const delivery = arrive(slow(6000));
    await clock.pass(16_000);
    expect(delivery.answer).toEqual({ became: 'retry', after: 5500 });
    expect(onLate).not.toHaveBeenCalled();
    stored();
    await clock.pass(0);
    expect(onLate).toHaveBeenCalledTimes(1);
    expect(onLate).toHaveBeenCalledWith('answer', { MsgType: 'text' }, expect.anything());
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
    for (const { onLate } of processes) expect(onLate).not.toHaveBeenCalled();
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
      seen(req.push.message);
      return answer(req, res, next);
    };
    const quiet = (error, req, res, next) => (res.headersSent ? next(error) : res.status(500).end());
    const origin = await serve(version().use(messagePush(modes.plain)).post('/', route).use(quiet));
    return { seen, origin };
  }

  test('an app that fails gets the push again', async () => {
    let calls = 0;
    const { seen, origin } = await app((req) => {
      if (calls++ === 0) throw new Error('once');
      req.push.reply('hello');
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

describe('messagePush', () => {
  test('a reply that cannot be sent is a failure, and the next delivery runs the handler again', async () => {
    const handler = jest.fn().mockReturnValueOnce(['no reply']).mockReturnValueOnce('a reply');
    const origin = await serve(messagePush(modes.secure, handler));
    expect((await post(origin, push({ encrypted: true }))).status).toBe(500);
    expect((await post(origin, push({ encrypted: true }))).status).toBe(200);
    expect(handler.mock.calls.map(([, { attempt }]) => attempt)).toEqual([1, 2]);
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
    ['onLate', 'log'],
  ])('the option %s cannot be %j', (option, value) => {
    expect(() => messagePush({ token: 'sesame', [option]: value }, () => {})).toThrow(
      expect.objectContaining({ code: 'ERR_WECHAT_PUSH_OPTIONS', option }),
    );
  });
});
