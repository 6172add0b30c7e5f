'use strict';

// Answers of one user that are kept, promised and asked for at once, by several processes.

const fc = require('fast-check');
const { memoryStore } = require('..');
const { inTurn } = require('../lib/answers/in-turn.js');
const { openNextMessage } = require('../lib/answers/next-message.js');
const { openEndpoint } = require('../lib/endpoint/endpoint.js');
const { memoryRecords } = require('../lib/stores/memory-records.js');
const { VirtualClock } = require('./support/clock.js');
const { account, openReply, push, textMessage } = require('./support/wechat.js');

const PROMPT = { rest: '<more>', soon: '<soon>', replaced: '<replaced>' };

describe('one record', () => {
  const pushOf = (id, records, text) => ({
    id,
    user: 'u',
    text,
    account: { id: 'wx' },
    message: {},
    records,
    signal: new AbortController().signal,
  });

  test('whoever writes between another one reading and writing loses nothing', () =>
    fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat(3), async (scheduler, others) => {
        const { records } = memoryStore();
        const late = {
          ...records,
          get: scheduler.scheduleFunction(records.get),
          set: scheduler.scheduleFunction(records.set),
        };
        const carrier = openNextMessage({ prompt: PROMPT }, new VirtualClock());
        const promised = Array.from({ length: others }, (_, i) => carrier.expect(pushOf(`later ${i}`, late)));
        const kept = carrier.carry({ ...pushOf('first', late), value: 'one', reason: 'late', progress() {} });
        await scheduler.waitFor(Promise.all([kept, ...promised]));
        // Nobody has asked for it, so it is still there, or is told to be replaced.
        await carrier.carry({ ...pushOf('last', records), value: 'two', reason: 'late', progress() {} });
        expect(await carrier.takeUp(pushOf('asks', records, '继续'))).toBe('<replaced>\ntwo');
      }),
      { numRuns: 100 },
    ));

  test('an answer that comes while a later one is promised is given, and the later one is waited for', async () => {
    const { records } = memoryStore();
    const clock = new VirtualClock();
    const carrier = openNextMessage({ prompt: PROMPT }, clock);
    const value = (id, text) => ({ ...pushOf(id, records), value: text, reason: 'late', progress() {} });
    await carrier.expect(pushOf('first', records));
    await carrier.expect(pushOf('second', records));
    await carrier.carry(value('first', 'one'));
    expect(await carrier.takeUp(pushOf('asks', records, '继续'))).toBe('one');
    const waiting = carrier.takeUp(pushOf('asks again', records, '继续'));
    await clock.pass(3000);
    await carrier.carry(value('second', 'two'));
    await clock.pass(200);
    expect(await waiting).toBe('two');
    await carrier.failed(pushOf('second', records));
    await clock.pass(2000);
    expect(await carrier.takeUp(pushOf('asks at last', records, '继续'))).toBeUndefined();
  });

  test('what its user has got is not kept again by a process that does not know that it was kept', async () => {
    const { records } = memoryStore();
    const clock = new VirtualClock();
    const carrier = openNextMessage({ prompt: PROMPT }, clock);
    const value = (text) => ({ ...pushOf('first', records), value: text, reason: 'late', progress() {} });
    await carrier.carry(value('one'));
    expect(await carrier.takeUp(pushOf('asks', records, '继续'))).toBe('one');
    await carrier.carry(value('one'));
    await clock.pass(2000);
    expect(await carrier.takeUp(pushOf('asks again', records, '继续'))).toBeUndefined();
    // Something else of the same push is new.
    await carrier.carry(value('two'));
    expect(await carrier.takeUp(pushOf('asks at last', records, '继续'))).toBe('two');
  });
});

describe('two processes', () => {
  const LONG = `${'这一句话很长，说完就是下一句。'.repeat(60)}完。`;

  /** With one clock, one store of records, and one of deliveries; or, as where it has lost them, one of them each. */
  function processes(handler, hasLostDeliveries = false) {
    const clock = new VirtualClock();
    const all = memoryStore();
    const records = memoryRecords(1000, clock);
    const lives = [1, 2].map(() => {
      const { begin, peek, finish, release, claimUnsent } = hasLostDeliveries ? memoryStore() : all;
      /** `still` has the timers that wait for it to go on, where it stands still. */
      const life = { isDead: false, still: undefined, beforeSet() {} };
      const never = new Promise(() => {});
      const alive =
        (act) =>
        async (...args) =>
          life.isDead ? never : act(...args);
      const own = {
        now: clock.now,
        wall: clock.wall,
        setImmediate: clock.setImmediate,
        clearTimeout: clock.clearTimeout,
        setTimeout: (call, ms) =>
          clock.setTimeout(() => life.isDead || (life.still ? life.still.push(call) : call()), ms),
      };
      const store = {
        begin: alive(begin),
        peek: alive(peek),
        finish: alive(finish),
        release: alive(release),
        claimUnsent: alive(claimUnsent),
        records: {
          get: alive(records.get),
          set: alive((...args) => {
            life.beforeSet();
            return records.set(...args);
          }),
          claimDue: alive(records.claimDue),
        },
      };
      const { handle } = openEndpoint(
        {
          ...account,
          tolerance: 0,
          replyWindow: 15_000,
          store,
          carriers: [openNextMessage({ prompt: PROMPT }, own)],
        },
        (message, context) => handler(message, context, own),
        { clock: own },
      );
      return Object.assign(life, { handle });
    });
    return { clock, lives };
  }

  /** WeChat delivers; `hangUp` is what it does after five seconds. */
  function deliver({ handle }, message) {
    const listeners = [];
    const delivery = { isClosed: false, answer: undefined };
    const request = {
      method: 'POST',
      ...push({ message, encrypted: true }),
      isClosed: () => delivery.isClosed,
      onClose: (listener) => listeners.push(listener),
    };
    handle(request).then(({ status, body }) => (delivery.answer = { status, body }));
    delivery.hangUp = () => {
      delivery.isClosed = true;
      for (const listener of listeners) listener();
    };
    return delivery;
  }

  const says = (Content, MsgId) => ({ ...textMessage, Content, MsgId });
  const textIn = ({ answer: { body } }) =>
    openReply(body, account).match(/CDATA\[([^\]]*)\]\]><\/Content>/)[1];
  const after = (clock, ms, value) => new Promise((resolve) => clock.setTimeout(() => resolve(value), ms));

  test('the rest is there as soon as a delivery has carried the beginning, in whichever process', async () => {
    const asked = [];
    const { clock, lives } = processes(({ Content }, _, own) => {
      asked.push(Content);
      return after(own, 6000, LONG);
    });
    const question = says('why?', '1');
    const first = deliver(lives[0], question);
    await clock.pass(5000);
    first.hangUp();
    const second = deliver(lives[1], question);
    await clock.pass(1300);
    expect(textIn(second)).toMatch(/^这一句话很长.*<more>$/s);
    await clock.pass(700);
    const more = deliver(lives[1], says('继续', '2'));
    await clock.pass(500);
    expect(textIn(more)).toMatch(/完。$/);
    expect(asked).toEqual(['why?']);
  });

  test('that an answer will come is no answer: where no delivery says it, the user gets the answer', async () => {
    const { clock, lives } = processes((_, __, own) => after(own, 20_000, 'the answer'));
    const question = says('why?', '1');
    for (let number = 1; number <= 2; number++) {
      const delivery = deliver(lives[0], question);
      await clock.pass(5000);
      delivery.hangUp();
    }
    const last = deliver(lives[0], question);
    await clock.pass(4400);
    lives[0].beforeSet = last.hangUp;
    await clock.pass(600);
    expect(last.answer?.body ?? '').not.toContain('<soon>');
    const more = deliver(lives[1], says('继续', '2'));
    await clock.pass(100);
    expect(more.answer).toBeUndefined();
    more.hangUp();
    const again = deliver(lives[1], says('继续', '2'));
    await clock.pass(4900);
    again.hangUp();
    const third = deliver(lives[1], says('继续', '2'));
    await clock.pass(2000);
    expect(textIn(third)).toBe('the answer');
  });

  test('who stood still with an answer for the next delivery sends nothing once another has answered', async () => {
    const asked = [];
    const { clock, lives } = processes(({ Content }, _, own) => {
      asked.push(Content);
      return Content === 'why?' ? after(own, 6000, LONG) : 'nothing more';
    });
    const first = deliver(lives[0], says('why?', '1'));
    await clock.pass(5000);
    first.hangUp();
    await clock.pass(1100);
    lives[0].still = [];
    await clock.pass(50_000);
    expect(asked).toEqual(['why?', 'why?']);
    const more = async (id) => {
      const delivery = deliver(lives[1], says('继续', id));
      await clock.pass(2000);
      return textIn(delivery);
    };
    expect(await more('2')).toMatch(/<more>$/);
    expect(await more('3')).toMatch(/完。$/);
    const { still } = lives[0];
    lives[0].still = undefined;
    for (const call of still) call();
    await clock.pass(20_000);
    expect(await more('4')).toBe('nothing more');
  });

  test.each([0, 800])(
    'an answer that was lost with its process is made once more, merge %i',
    async (merge) => {
      const calls = [];
      const handler = inTurn(
        ({ Content }, { messages }) => {
          calls.push([Content, ...messages.map((one) => one.Content)]);
          return after(clock, 2500, `answer ${calls.length}`);
        },
        { merge },
      );
      const { clock, lives } = processes(handler, true);
      const all = [says('one', '1'), says('two', '2')];
      const first = all.map((message) => deliver(lives[0], message));
      await clock.pass(5000);
      first.forEach(({ hangUp }) => hangUp());
      await clock.pass(1000);
      const before = calls.length;
      lives[0].isDead = true;
      const again = all.map((message) => deliver(lives[1], message));
      await clock.pass(4900);
      expect(calls.slice(before)).toEqual(calls.slice(0, before));
      const answered = again.filter(({ answer }) => answer && answer.body !== 'success');
      expect(answered.map(textIn)).toContain(`answer ${before + 1}`);
    },
  );
});
