'use strict';

// Answers that grow over real processes with a real Redis, of which one is killed.

const { createApiServer } = require('../testing.js');
const { answered, bot, pushed, refresh, said } = require('./support/bot.js');
const { numberedText, numbersIn } = require('./support/numbered.js');
const { killProcesses, startProcess } = require('./support/processes.js');
const { clients, disconnect } = require('./support/redis-clients.js');
const { describeWithOwnRedis, ownPrefix, ownRedis, until } = require('./support/redis.js');

const FAILED = '(The answer ends here: something went wrong.)';
const AGAIN = '(The answer was interrupted here. It comes once more, in a message of its own.)';
const MANY = 20;

jest.setTimeout(60_000);

describeWithOwnRedis('two processes', () => {
  let redis;
  let client;
  beforeAll(async () => {
    redis = await ownRedis();
    client = await clients.ioredis(redis.url);
  });
  afterAll(async () => {
    await killProcesses();
    if (client) disconnect(client);
    await redis?.stop();
  });

  /** Two of them, and what calls both in turns. */
  async function startTwo({ isCarried = false, env } = {}) {
    const options = { bot, redis: redis.url, prefix: ownPrefix(), isCarried };
    const start = () => startProcess(options, { file: 'bot-server.js', env });
    return { prefix: options.prefix, processes: await Promise.all([start(), start()]) };
  }

  test('show one answer, which never shrinks, and end it once', async () => {
    const { prefix, processes } = await startTwo();
    const messages = Array.from({ length: MANY }, (_, i) => said(`a${i} 4000 4000`, { userid: `u${i}` }));
    const talks = await Promise.all(messages.map((message, i) => talk(message, processes, i)));
    for (const [i, shown] of talks.entries()) {
      expectGrowing(shown, `a${i}`);
      expect(shown.at(-1)).toBe(numberedText(`a${i}`, 4000));
      expect(shown.length).toBeGreaterThan(2);
    }
    const started = processes.flatMap((one) => one.said.flatMap(({ starts = [] }) => starts));
    expect(started.toSorted()).toEqual(messages.map(({ text }) => text.content.split(' ')[0]).toSorted());
    // What is kept ends by itself.
    const records = await client.keys(`${prefix}record:*:stream:*`);
    expect(records).toHaveLength(MANY);
    for (const key of records) expect(await client.pttl(key)).toBeGreaterThan(0);
  });

  test('of which one is killed: the other ends what it was showing, with a note', async () => {
    const { processes } = await startTwo();
    const [dead] = processes;
    const messages = Array.from({ length: MANY }, (_, i) => said(`b${i} 6000 4000`, { userid: `u${i}` }));
    const asked = Promise.all(messages.map((message, i) => talk(message, processes, i)));
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const theirs = new Set(dead.said.flatMap(({ starts = [] }) => starts));
    expect(theirs.size).toBe(MANY / 2);
    await dead.kill();
    for (const [i, shown] of (await asked).entries()) {
      const name = `b${i}`;
      expectGrowing(shown, name);
      if (!theirs.has(name)) expect(shown.at(-1)).toBe(numberedText(name, 4000));
      else {
        const [text, note] = shown.at(-1).split('\n');
        expect(note).toBe(FAILED);
        expect(text).not.toBe('');
        expect(numberedText(name, 4000).startsWith(text)).toBe(true);
      }
    }
  });

  test('the same with a carrier: the answer is made once more, and comes by response_url', async () => {
    const api = await createApiServer();
    const { processes } = await startTwo({ isCarried: true, env: { WECHAT_PUSH_API_URL: api.url } });
    const [dead] = processes;
    const message = said('c 4000 4000');
    api.pushed(message);
    const asked = talk(message, processes, 0);
    await until(() => dead.said.some(({ starts }) => starts));
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await dead.kill();
    expect((await asked).at(-1).split('\n')[1]).toBe(AGAIN);
    await until(() => api.messages.length > 0);
    expect(api.messages).toEqual([
      expect.objectContaining({ user: 'zhangsan', kind: 'markdown', text: numberedText('c', 4000) }),
    ]);
    await api.close();
  });
});

/** What a user is shown, who asks one process after the other for what there is; the first is that of the message. */
async function talk(message, processes, first) {
  const shown = [];
  let turn = first;
  let { stream } = await post(message, processes[turn % processes.length]);
  shown.push(stream.content);
  while (!stream.finish) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    const asked = refresh(stream.id, { userid: message.from.userid });
    const answer = await post(asked, processes[++turn % processes.length]).catch(() => undefined);
    // Nobody is there: a balancer would ask the other one.
    if (!answer) continue;
    ({ stream } = answer);
    shown.push(stream.content);
  }
  return shown;
}

async function post(message, { url }) {
  const request = pushed(message);
  const response = await fetch(url + request.url.slice(1), { method: 'POST', body: request.body });
  return answered({ status: response.status, body: await response.text() }, request);
}

/** Each text begins with the one before, and all of them are of one answer. */
function expectGrowing(shown, name) {
  for (const [i, text] of shown.entries()) {
    const [before = ''] = (shown[i - 1] ?? '').split('\n');
    expect(text.startsWith(before)).toBe(true);
    const numbers = numbersIn(text).get(name) ?? [];
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
    expect([...numbersIn(text).keys()].filter((other) => other !== name)).toEqual([]);
  }
}
