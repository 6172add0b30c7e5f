'use strict';

// Slow and long answers over three real processes with a real Redis, of which two are killed.

const { createApiServer, createGateway } = require('../testing.js');
const { numberedText, numbersIn } = require('./support/numbered.js');
const { killProcesses, startBalancer, startProcess } = require('./support/processes.js');
const { clients, disconnect } = require('./support/redis-clients.js');
const { describeWithOwnRedis, ownPrefix, ownRedis, until } = require('./support/redis.js');

/** Most bytes of an answer, and how many there are of each kind. */
const LONGEST = 20_000;
const KINDS = { mini: 60, official: 45, next: 45 };
const FIRST_WITHIN = 8000;
const KILLED_AFTER = [3000, 7000];

jest.setTimeout(240_000);

describeWithOwnRedis('three processes, of which two are killed', () => {
  let redis;
  let client;
  let api;
  afterAll(async () => {
    await killProcesses();
    await api?.close();
    if (client) disconnect(client);
    await redis?.stop();
  });

  test('bring 150 answers whole and in order, and once but for what was in hand', async () => {
    redis = await ownRedis();
    client = await clients.ioredis(redis.url);
    api = await createApiServer();
    const prefix = ownPrefix();
    const start = () =>
      startProcess(
        { redis: redis.url, prefix },
        { file: 'answer-server.js', env: { WECHAT_PUSH_API_URL: api.url } },
      );
    const processes = await Promise.all([start(), start(), start()]);
    const balancer = await startBalancer(processes);
    const questions = Object.entries(KINDS).flatMap(([kind, count]) =>
      Array.from({ length: count }, (_, i) => questionOf(kind, i)),
    );
    const got = new Map(questions.map(({ name }) => [name, []]));
    const note = (text) => {
      for (const [name, numbers] of numbersIn(text)) got.get(name).push(numbers);
    };
    const asked = Promise.all(questions.map((question) => ask(question, { url: balancer.url, api, note })));
    const inHand = new Set();
    for (const [i, ms] of KILLED_AFTER.entries()) {
      await pause(i === 0 ? ms : ms - KILLED_AFTER[i - 1]);
      const { said } = processes[i];
      for (const { starts } of said) if (starts) inHand.add(starts);
      await processes[i].kill();
      if (i === 0) processes.push(await start());
    }

    // Both deaths, and the third delivery too late: WeChat itself gives up then.
    const givenUp = new Set((await asked).filter(Boolean).map(([name]) => name));
    expect([...givenUp].filter((name) => !inHand.has(name))).toEqual([]);
    expect(givenUp.size).toBeLessThan(5);
    // What users were sent and nobody asked for, in order of arrival.
    const overflow = async () =>
      (await client.lrange(`${prefix}overflow`, 0, -1)).map((text) => JSON.parse(text));
    const all = async () =>
      [...api.messages.map(({ text }) => text), ...(await overflow()).map(({ value }) => value)].join('');
    const isWhole = async () => {
      const rest = numbersIn(await all());
      return questions.every(({ name, count }) => {
        if (givenUp.has(name)) return true;
        const numbers = new Set([...got.get(name).flat(), ...(rest.get(name) ?? [])]);
        return numbers.size === count;
      });
    };
    await until(isWhole, 60_000);
    // Whatever would come twice would come now.
    await pause(7000);

    for (const { text } of api.messages) note(text);
    for (const { value } of await overflow()) note(value);
    const doubled = [];
    for (const { name, count } of questions) {
      if (givenUp.has(name)) continue;
      const numbers = got.get(name).flat();
      const once = Array.from({ length: count }, (_, i) => i + 1);
      expect([...new Set(numbers)].toSorted((a, b) => a - b)).toEqual(once);
      for (const part of got.get(name)) expect(part).toEqual(part.map((_, i) => part[0] + i));
      if (String(numbers) !== String(once)) doubled.push(name);
    }
    // Only what a process that was killed had worked at may come twice.
    expect(doubled.filter((name) => !inHand.has(name))).toEqual([]);
    expect(doubled.length).toBeLessThan(30);

    const byUser = new Map();
    for (const { text, user } of api.messages)
      for (const name of numbersIn(text).keys()) byUser.set(user, [...(byUser.get(user) ?? []), name]);
    for (const names of byUser.values()) {
      // What was in hand of a dead process lets those go ahead whose process lives.
      const known = names.filter((name) => !inHand.has(name));
      expect(known).toEqual(known.toSorted(byNumber));
    }

    const returned = processes.flatMap(({ said }) => said.filter(({ returns }) => returns));
    for (const { returns, isAlone } of returned)
      expect([returns, isAlone || inHand.has(returns) || hasNeighbour(returns, inHand)]).toEqual([
        returns,
        true,
      ]);
    for (const question of questions.filter(({ name }) => !givenUp.has(name)))
      await expectSession(question, inHand, prefix);
    expect(await client.keys(`${prefix}record:*:outbox:*`)).toEqual([]);
    for (const key of await client.keys(`${prefix}record:*:push:*`))
      expect(JSON.parse(await client.hget(key, 'value'))).toMatchObject({ isOver: true });
    balancer.close();
  });

  /** A session counts each of its user's answers once, but for one whose process was killed after it had counted. */
  async function expectSession({ name, kind, user }, inHand, prefix) {
    const value = await client.hget(`${prefix}record:wx${kind}:session:${user}`, 'value');
    const times = JSON.parse(value).value[name];
    expect([name, times]).toEqual([name, inHand.has(name) ? expect.any(Number) : 1]);
  }
});

/** Three of each user's follow each other; of those who ask for the next part there is one. */
function questionOf(kind, i) {
  const name = `${kind}-${i}`;
  const user = kind === 'next' ? `${kind}User${i}` : `${kind}User${Math.floor(i / 3)}`;
  const bytes = 1000 + ((i * 7919) % (LONGEST - 1000));
  const ms = 1000 + ((i * 3571) % 7000);
  const at =
    kind === 'next' ? (i * 1733) % FIRST_WITHIN : ((Math.floor(i / 3) * 1733) % FIRST_WITHIN) + (i % 3) * 300;
  const isStream = i % 2 === 1;
  const count = numbersIn(numberedText(name, bytes)).get(name).length;
  return { kind, name, user, at, count, number: i, Content: `${name} ${ms} ${bytes}${isStream ? ' s' : ''}` };
}

const createTime = Math.floor(Date.now() / 1000);

/** Asks as a user does, and goes on until all is there where that is needed. Gives what WeChat got, where it
 * was not content. */
async function ask({ kind, user, name, at, count, number, Content }, { url, api, note }) {
  await pause(at);
  const gateway = createGateway({ token: 'sesame', appId: `wx${kind}`, mode: 'plain' });
  const say = async (text, MsgId) => {
    const message = {
      MsgType: 'text',
      FromUserName: user,
      ToUserName: 'gh_1',
      CreateTime: createTime,
      Content: text,
      MsgId,
    };
    api.pushed(message);
    const { delivered, reply, attempts } = await gateway.push(`${url}${kind}`, message);
    note(reply?.Content ?? '');
    const refused = attempts.map(({ status, timedOut, error }) => [status, timedOut, error?.reason]);
    return { seen: reply?.Content ?? '', refused: delivered ? undefined : [name, ...refused] };
  };
  const first = await say(Content, String(10 ** 15 + number));
  if (kind !== 'next') return first.refused;
  const numbers = new Set(numbersIn(first.seen).get(name) ?? []);
  for (let more = 1; numbers.size < count && more < 60; more++) {
    await pause(300);
    const { seen } = await say('继续', String(2 * 10 ** 15 + number * 100 + more));
    for (const one of numbersIn(seen).get(name) ?? []) numbers.add(one);
  }
  return first.refused;
}

/** Whether another answer of the same user was in hand of a process that was killed, and may be again. */
function hasNeighbour(name, inHand) {
  const [kind, i] = name.split('-');
  const from = Math.floor(Number(i) / 3) * 3;
  return [0, 1, 2].some((more) => inHand.has(`${kind}-${from + more}`));
}

function byNumber(one, other) {
  return Number(one.split('-')[1]) - Number(other.split('-')[1]);
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
