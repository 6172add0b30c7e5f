'use strict';

// What is shown of an answer while it grows, in virtual time: where it is written, and in other processes.

const { createGrowing } = require('../lib/answers/growing.js');
const { STREAM_GROWS_FOR, STREAM_KEPT, STREAM_LEASE, TAKE_OVER_EVERY } = require('../lib/deadlines.js');
const { memoryRecords } = require('../lib/stores/memory-records.js');
const { VirtualClock } = require('./support/clock.js');

const MOST = 1000;

/** Processes that share records, which count what is asked of them and can be away. */
function processes({ isCarried = false, isShared = true, lang = 'en' } = {}) {
  const clock = new VirtualClock();
  const kept = memoryRecords(MOST, clock);
  const asked = { get: 0, set: 0, claimDue: 0 };
  const state = { isAway: false, before: {} };
  const of = (name) =>
    async function (...args) {
      asked[name]++;
      await state.before[name]?.();
      if (state.isAway) throw new Error('away');
      return kept[name](...args);
    };
  const records = { get: of('get'), set: of('set'), claimDue: of('claimDue') };
  const start = (host) => createGrowing({ records, isShared, isCarried, clock, lang, ...host });
  return { asked, clock, kept, state, start };
}

/** A process that writes the beginnings of answers, and is never heard of again. */
function dead(kept, clock) {
  const stopped = { ...clock, now: clock.now, setTimeout: () => ({}), clearTimeout() {} };
  return createGrowing({ records: kept, isShared: true, isCarried: false, clock: stopped, lang: 'en' });
}

function question(clock, more) {
  return { identity: 'bot', id: 's1', user: 'u1', text: '', arrived: clock.now(), onEnd: jest.fn(), ...more };
}

/** What somebody is shown, as a text and whether that is all. */
async function seen(process, id = 's1', user = 'u1', identity = 'bot') {
  const reply = await process.shown(identity, id, user);
  return reply && [reply.stream.content, reply.stream.finish];
}

const GONE = ['(This answer is no longer there. Please ask again.)', true];

test('all processes show the same, so that no text shrinks from one to the next', async () => {
  const { clock, start } = processes();
  const [writer, other] = [start(), start()];
  const answer = writer.open(question(clock, { text: 'a' }));
  await answer.ready;
  expect(await seen(other)).toEqual(['a', false]);
  answer.grow('ab');
  for (const process of [writer, other]) expect(await seen(process)).toEqual(['a', false]);
  await clock.pass(1000);
  for (const process of [writer, other]) expect(await seen(process)).toEqual(['ab', false]);
  await answer.finish('abc');
  expect(await seen(writer)).toEqual(['abc', true]);
  expect(await seen(other)).toEqual(['abc', true]);
});

test('what is written is bundled: once a second, and while nothing comes once in a third of the lease', async () => {
  const { asked, clock, start } = processes();
  const answer = start().open(question(clock));
  let text = '';
  for (let i = 0; i < 300; i++) {
    answer.grow((text += 'x'));
    await clock.pass(10);
  }
  expect(asked).toEqual({ get: 0, set: 4, claimDue: 0 });
  await clock.pass(STREAM_LEASE * 3);
  expect(asked.get).toBe(0);
  expect(asked.set).toBeLessThanOrEqual(4 + 9);
  await answer.finish(text);
  expect(clock.pending).toBe(0);
});

test('with a store of its own a process writes nothing but the end', async () => {
  const { asked, clock, start } = processes({ isShared: false });
  const only = start();
  const answer = only.open(question(clock));
  await answer.ready;
  answer.grow('a');
  expect(await seen(only)).toEqual(['a', false]);
  await clock.pass(60_000);
  expect(asked).toEqual({ get: 0, set: 0, claimDue: 0 });
  await answer.finish('ab');
  expect(await seen(only)).toEqual(['ab', true]);
});

test('half a character is shown when it is whole', async () => {
  const { clock, start } = processes();
  const writer = start();
  const answer = writer.open(question(clock, { text: 'a\ud83d' }));
  expect(await seen(writer)).toEqual(['a', false]);
  answer.grow('a😀');
  await clock.pass(1000);
  expect(await seen(writer)).toEqual(['a😀', false]);
});

test('a refresh costs other processes one question, and a look at dead ones now and then', async () => {
  const { asked, clock, start } = processes();
  const [writer, other] = [start(), start()];
  const answer = writer.open(question(clock));
  await answer.ready;
  asked.set = 0;
  for (let i = 0; i < 100; i++) {
    await other.shown('bot', 's1', 'u1');
    await clock.pass(1000);
  }
  expect(asked.get).toBe(100);
  expect(asked.claimDue).toBe(100 / (TAKE_OVER_EVERY / 1000));
});

describe('a refresh for', () => {
  test.each([
    ['a stream that nobody has heard of', 's2', 'u1', 'bot'],
    ['the stream of another user', 's1', 'u2', 'bot'],
    ['the stream of a user, of nobody', 's1', undefined, 'bot'],
    ['the stream of another account', 's1', 'u1', 'other'],
    ['no stream', '', 'u1', 'bot'],
    ['__proto__', '__proto__', 'u1', 'bot'],
  ])('%s is told that it is not there, in every process', async (_, id, user, identity) => {
    const { clock, start } = processes();
    const [writer, other] = [start(), start()];
    const answer = writer.open(question(clock, { text: 'secret' }));
    await answer.ready;
    for (const process of [writer, other]) {
      expect(await process.shown(identity, id, user)).toEqual({
        msgtype: 'stream',
        stream: { id, finish: true, content: GONE[0] },
      });
    }
  });

  test('a finished stream gets it once more, an expired one no longer', async () => {
    const { clock, start } = processes();
    const [writer, other] = [start(), start()];
    await writer.open(question(clock)).finish('all');
    for (const process of [writer, other]) expect(await seen(process)).toEqual(['all', true]);
    await clock.pass(STREAM_KEPT + 1);
    for (const process of [writer, other]) expect(await seen(process)).toEqual(GONE);
  });
});

describe('a process that dies in the middle', () => {
  test.each([
    [{ lang: 'en' }, '(The answer ends here: something went wrong.)'],
    [{ lang: 'zh' }, '（出了点问题，回答到此中断）'],
    [{ isCarried: true }, '(The answer was interrupted here. It comes once more, in a message of its own.)'],
  ])('%j leaves what there was, and a note', async (options, note) => {
    const { clock, kept, start } = processes(options);
    const other = start();
    await die(kept, clock);
    expect(await seen(other)).toEqual(['half of', false]);
    await clock.pass(STREAM_LEASE);
    const asks = [];
    for (let i = 0; i < 8; i++) {
      asks.push(await seen(other));
      await clock.pass(1000);
    }
    expect(asks.at(-1)).toEqual([`half of\n${note}`, true]);
    expect(await seen(start())).toEqual([`half of\n${note}`, true]);
  });

  test('while it was reasoning, which is ended, so that the note is seen', async () => {
    const { clock, kept, start } = processes();
    await die(kept, clock, '<think>well');
    await clock.pass(STREAM_LEASE);
    const other = start();
    await seen(other);
    await clock.pass(10);
    const [text] = await seen(other);
    expect(text).toBe('<think>well</think>\n(The answer ends here: something went wrong.)');
  });

  test('with as much as a bot may show: of that as much is left as there is room for beside the note', async () => {
    const { clock, kept, start } = processes();
    await die(kept, clock, '字。'.repeat(3413));
    await clock.pass(STREAM_LEASE);
    const other = start({ isFrozen: true });
    await seen(other);
    const [text] = await seen(other);
    expect(text).toMatch(/^(?:字。)+\n\(The answer ends here: something went wrong\.\)$/);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(20_480);
    expect(Buffer.byteLength(text)).toBeGreaterThan(20_400);
  });

  async function die(kept, clock, text = 'half of') {
    await dead(kept, clock).open(question(clock, { text })).ready;
  }
});

test('a process that was only slow learns that it was given up, and what was shown', async () => {
  const { clock, start } = processes();
  const [slow, other] = [start(), start()];
  const of = question(clock, { text: 'one ' });
  const answer = slow.open(of);
  await answer.ready;
  clock.standStill(STREAM_LEASE + 1);
  await seen(other);
  await new Promise(setImmediate);
  answer.grow('one two');
  await clock.pass(2000);
  expect(of.onEnd.mock.calls).toEqual([['one ']]);
  expect(answer.isFinished).toBe(true);
  expect(await seen(slow)).toEqual(['one \n(The answer ends here: something went wrong.)', true]);
});

test('and one that was slow at its very end', async () => {
  const { clock, start } = processes();
  const [slow, other] = [start(), start()];
  const of = question(clock, { text: 'one ' });
  const answer = slow.open(of);
  await answer.ready;
  clock.standStill(STREAM_LEASE + 1);
  await seen(other);
  await new Promise(setImmediate);
  await answer.finish('one two');
  expect(of.onEnd.mock.calls).toEqual([['one ']]);
});

test('and one that is given up while it writes', async () => {
  const { clock, kept, start, state } = processes();
  const slow = start();
  const of = question(clock, { text: 'one ' });
  const answer = slow.open(of);
  await answer.ready;
  clock.standStill(STREAM_LEASE + 1);
  const other = createGrowing({ records: kept, isShared: true, isCarried: false, clock, lang: 'en' });
  state.before.set = () => {
    state.before = {};
    return other.finish('bot:stream:s1');
  };
  answer.grow('one two');
  await clock.pass(1000);
  expect(of.onEnd.mock.calls).toEqual([['one ']]);
  expect(await seen(other)).toEqual(['one \n(The answer ends here: something went wrong.)', true]);
});

test('the end is written last, also when what was written before it takes long', async () => {
  const { clock, start, state } = processes();
  const [writer, other] = [start(), start()];
  const answer = writer.open(question(clock, { text: 'a' }));
  await answer.ready;
  state.before.set = () => {
    state.before = {};
    return new Promise((resolve) => clock.setTimeout(resolve, 300));
  };
  answer.grow('ab');
  await clock.pass(1000);
  const ended = answer.finish('abc');
  await clock.pass(1000);
  await ended;
  expect(await seen(other)).toEqual(['abc', true]);
});

test('a process that stood still without being given up goes on', async () => {
  const { clock, start } = processes();
  const [slow, other] = [start(), start()];
  const of = question(clock, { text: 'one ' });
  const answer = slow.open(of);
  await answer.ready;
  clock.standStill(STREAM_LEASE - 1);
  answer.grow('one two');
  await clock.pass(1000);
  await answer.finish('one two three');
  expect(of.onEnd).not.toHaveBeenCalled();
  expect(await seen(other)).toEqual(['one two three', true]);
});

describe('while the store is away', () => {
  test('the process that writes goes on, and others say nothing, so that they are asked again', async () => {
    const { clock, start, state } = processes();
    const [writer, other] = [start(), start()];
    const answer = writer.open(question(clock, { text: 'a' }));
    await answer.ready;
    state.isAway = true;
    answer.grow('ab');
    await clock.pass(3000);
    expect(await seen(writer)).toEqual(['ab', false]);
    expect(await seen(other)).toBeUndefined();
    state.isAway = false;
    await clock.pass(1000);
    expect(await seen(other)).toEqual(['ab', false]);
  });

  test('the end is kept where it was written, and recorded as soon as the store is back', async () => {
    const { clock, start, state } = processes();
    const [writer, other] = [start(), start()];
    state.isAway = true;
    const answer = writer.open(question(clock, { text: 'a' }));
    await answer.ready;
    await answer.finish('ab');
    await clock.pass(60_000);
    expect(await seen(writer)).toEqual(['ab', true]);
    state.isAway = false;
    await clock.pass(2000);
    expect(await seen(other)).toEqual(['ab', true]);
    expect(clock.pending).toBe(0);
  });

  test('for good, the end is let go when nobody asks any more', async () => {
    const { clock, start, state } = processes();
    const writer = start();
    state.isAway = true;
    const answer = writer.open(question(clock));
    await answer.finish('all');
    await clock.pass(STREAM_KEPT + 2000);
    expect(clock.pending).toBe(0);
    state.isAway = false;
    expect(await seen(writer)).toEqual(GONE);
  });
});

test('a user has three at once, a fourth when one has ended; another user, and another account, have their own', async () => {
  const { clock, start } = processes();
  const { open } = start();
  const ask = (id, more) => open(question(clock, { id, ...more }));
  const first = ask('1');
  expect([ask('2'), ask('3'), ask('4')].map(Boolean)).toEqual([true, true, false]);
  expect([ask('5', { user: 'u2' }), ask('6', { identity: 'other' })].map(Boolean)).toEqual([true, true]);
  await first.finish('done');
  expect(ask('4')).toBeDefined();
  expect(ask('7')).toBeUndefined();
});

test('it is told once when the time is over, and not when it has ended before', async () => {
  const { clock, start } = processes();
  const { open } = start();
  const ofs = ['1', '2'].map((id) => question(clock, { id, arrived: clock.now() - 3000 }));
  const [, second] = ofs.map(open);
  await second.finish('done');
  await clock.pass(STREAM_GROWS_FOR - 3001);
  expect(ofs[0].onEnd).not.toHaveBeenCalled();
  await clock.pass(1);
  expect(ofs[0].onEnd.mock.calls).toEqual([[]]);
  expect(ofs[1].onEnd).not.toHaveBeenCalled();
});

test('what no delivery has carried was never there', async () => {
  const { clock, start } = processes();
  const [writer, other] = [start(), start()];
  const answer = writer.open(question(clock, { text: 'a' }));
  await answer.ready;
  answer.drop();
  await clock.pass(1);
  for (const process of [writer, other]) expect(await seen(process)).toEqual(GONE);
  expect(clock.pending).toBe(0);
});

test('a host that stops after each answer looks for dead processes before it answers', async () => {
  const { clock, kept, start } = processes();
  await dead(kept, clock).open(question(clock, { text: 'half of' })).ready;
  await clock.pass(STREAM_LEASE);
  const other = start({ isFrozen: true });
  await seen(other);
  const { value } = await kept.get('bot:stream:s1');
  expect(JSON.parse(value).reply.stream.finish).toBe(true);
});

test('one bot that is asked all the time does not keep another from ending what a dead process left', async () => {
  const { clock, kept, start } = processes();
  const [busy, quiet] = ['busy', 'quiet'].map((identity) => question(clock, { identity, text: 'half' }));
  const other = start();
  await other.open(busy).ready;
  await dead(kept, clock).open(quiet).ready;
  await clock.pass(STREAM_LEASE);
  const asker = start();
  for (let i = 0; i < 60; i++) {
    await seen(asker, 's1', 'u1', 'busy');
    if (i % 10 === 9) await seen(asker, 's1', 'u1', 'quiet');
    await clock.pass(100);
  }
  expect(await seen(asker, 's1', 'u1', 'quiet')).toEqual([
    'half\n(The answer ends here: something went wrong.)',
    true,
  ]);
});

test('of many that a process left, each look ends some', async () => {
  const { clock, kept, start } = processes();
  const { open } = dead(kept, clock);
  for (let i = 0; i < 120; i++) await open(question(clock, { id: `s${i}`, user: `u${i}`, text: 'x' })).ready;
  await clock.pass(STREAM_LEASE);
  const other = start({ isFrozen: true });
  const ended = async () => {
    const all = await Promise.all(Array.from({ length: 120 }, (_, i) => kept.get(`bot:stream:s${i}`)));
    return all.filter(({ value }) => JSON.parse(value).reply.stream.finish).length;
  };
  const counts = [];
  for (let i = 0; i < 3; i++) {
    await seen(other, 's119', 'u119');
    counts.push(await ended());
    await clock.pass(TAKE_OVER_EVERY);
  }
  expect(counts).toEqual([50, 100, 120]);
});
