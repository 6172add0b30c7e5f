'use strict';

// Three processes that share a Redis, and everything that goes wrong between WeChat and them.

const http = require('node:http');
const { createGateway } = require('../testing.js');
const { killProcesses, startBalancer, startProcess } = require('./support/processes.js');
const {
  describeWithOwnRedis,
  describeWithRedis,
  keysOf,
  ownPrefix,
  ownRedis,
  someRedis,
  until,
} = require('./support/redis.js');
const { clients, disconnect } = require('./support/redis-clients.js');
const { account } = require('./support/wechat.js');

jest.setTimeout(30_000);

const gateway = createGateway(account);
const agent = new http.Agent({ keepAlive: true, maxSockets: 50 });
afterAll(() => agent.destroy());

const text = (Content) => ({ MsgType: 'text', Content });

/** One delivery, without WeChat's retries: its status and what the user sees. */
function deliver(url, message) {
  const sent = gateway.request(message, { url });
  return new Promise((resolve, reject) => {
    const { body, headers } = sent;
    const request = http.request(sent.url, { method: 'POST', headers, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk)).once('error', reject);
      response.once('end', () => {
        const status = response.statusCode;
        const reply = status === 200 ? gateway.read(Buffer.concat(chunks), sent.message) : null;
        resolve({ status, reply, message: sent.message });
      });
    });
    request.once('error', reject).end(body);
  });
}

/** Takes up `tasks` in order, so many at a time. */
async function atOnce(concurrency, tasks) {
  const queue = tasks.values();
  const results = [];
  const worker = async () => {
    for (const task of queue) results.push(await task());
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return results;
}

/** Processes with both clients on one Redis. */
async function startProcesses(url, prefix, options) {
  const names = ['redis', 'ioredis', 'redis'];
  return Promise.all(names.map((name) => startProcess({ url, prefix, name, ...options })));
}

describeWithRedis('three processes', () => {
  let server;
  let redis;
  let prefix;
  let processes;
  let balancer;

  beforeAll(async () => {
    server = await someRedis();
    redis = await clients.ioredis(server.url);
    prefix = ownPrefix();
    processes = await startProcesses(server.url, prefix);
    balancer = await startBalancer(processes);
  });

  afterAll(async () => {
    balancer?.close();
    await killProcesses();
    if (redis) {
      const keys = await keysOf(redis, prefix);
      if (keys.length > 0) await redis.del(keys);
      disconnect(redis);
    }
    await server?.stop();
  });

  /** How often a push was handled, by all processes together. */
  const handled = async ({ MsgId, FromUserName, ToUserName, CreateTime }) =>
    Number(await redis.get(`${prefix}handled:${MsgId}${FromUserName}${ToUserName}${CreateTime}`));

  /** The process that handles, as soon as one does. */
  const handling = (message) =>
    until(() =>
      processes.find(({ said }) => said.some(({ handles }) => handles?.startsWith(String(message.MsgId)))),
    );

  const open = (gate) => redis.set(`${prefix}${gate}`, 1);

  test('1,000 messages and their duplicates, fifty at a time: each is handled once, with one reply', async () => {
    const tasks = [];
    for (let i = 0; i < 1000; i++) {
      const { message } = gateway.request(text(`echo ${i}`));
      // The duplicate comes to the next process, now at once, now behind a hundred others.
      const delivery = (turn) => () => deliver(processes[(i + turn) % 3].url, message);
      tasks.push({ at: i, run: delivery(0) }, { at: i + (i % 10) ** 2, run: delivery(1 + (i % 2)) });
    }
    tasks.sort((a, b) => a.at - b.at);
    const results = await atOnce(
      50,
      tasks.map(({ run }) => run),
    );

    const replies = new Map();
    for (const { status, reply, message } of results) {
      expect(status).toBe(200);
      expect(reply.Content.startsWith(`${message.Content}, `)).toBe(true);
      const before = replies.get(message.MsgId);
      if (before) expect(reply.Content).toBe(before);
      replies.set(message.MsgId, reply.Content);
    }
    expect(results).toHaveLength(2000);
    expect(replies.size).toBe(1000);
    const counters = await keysOf(redis, `${prefix}handled:`);
    expect(counters).toHaveLength(1000);
    expect(new Set(await redis.mget(counters))).toEqual(new Set(['1']));
  });

  test('a handler that throws on the first and the second try is run a third time', async () => {
    const { attempts, reply, message } = await gateway.push(balancer.url, text('fail 3'));
    expect(attempts.map(({ status }) => status)).toEqual([500, 500, 200]);
    expect(reply.Content).toMatch(/^fail 3, delivery 3, /);
    expect(await handled(message)).toBe(3);
    expect((await deliver(balancer.url, message)).reply.Content).toBe(reply.Content);
  });

  test('a client that disconnects gets the reply when it comes back, from any process', async () => {
    const sent = gateway.request(text('wait disconnected'), { url: processes[0].url });
    const request = http.request(sent.url, { method: 'POST', headers: sent.headers });
    request.on('error', () => {});
    request.end(sent.body);
    await handling(sent.message);
    request.destroy();
    const joined = deliver(processes[1].url, sent.message);
    await open('disconnected');
    const { reply } = await joined;
    expect(reply.Content).toMatch(/^wait disconnected, delivery 1, /);
    for (const { url } of processes) {
      expect((await deliver(url, sent.message)).reply.Content).toBe(reply.Content);
    }
    expect(await handled(sent.message)).toBe(1);
  });

  test('duplicates out of order, of messages that overtake each other', async () => {
    const [one, two, three] = ['echo one', 'wait order', 'echo three'].map(
      (content) => gateway.request(text(content)).message,
    );
    const [a, b, c] = processes.map(({ url }) => url);
    const [waiting, third] = [deliver(b, two), deliver(c, three)];
    await handling(two);
    const order = [deliver(a, three), deliver(c, two), deliver(b, one), deliver(a, two), deliver(c, one)];
    expect((await order[0]).reply.Content).toBe((await third).reply.Content);
    expect((await order[2]).reply.Content).toBe((await order[4]).reply.Content);
    await open('order');
    const replies = await Promise.all([waiting, order[1], order[3]]);
    expect(new Set(replies.map(({ reply }) => reply.Content)).size).toBe(1);
    for (const message of [one, two, three]) expect(await handled(message)).toBe(1);
  });

  test('two events of one second that differ in one field are both handled', async () => {
    const event = (trace_id) => ({
      Event: 'brand_new',
      FromUserName: 'oUser_1-2',
      CreateTime: 1714036504,
      appid: account.appId,
      trace_id,
    });
    const before = (await keysOf(redis, `${prefix}handled:`)).length;
    const replies = [];
    for (const trace of ['trace1', 'trace2', 'trace1']) {
      replies.push((await gateway.push(balancer.url, event(trace))).reply.Content);
    }
    expect(replies[0]).toBe(replies[2]);
    expect(replies[0]).not.toBe(replies[1]);
    expect(await keysOf(redis, `${prefix}handled:`)).toHaveLength(before + 2);
  });

  test('a process that is killed while it handles: the retry is handled elsewhere', async () => {
    const { message } = gateway.request(text('wait killed'));
    const push = gateway.push(balancer.url, message);
    const victim = await handling(message);
    await victim.kill();
    await open('killed');
    const { attempts, reply } = await push;
    expect(attempts.map(({ error }) => error?.reason)).toEqual(['connection_closed', undefined]);
    expect(reply.Content).toMatch(/^wait killed, delivery 2, /);
    expect(await handled(message)).toBe(2);
    const others = processes.filter((process) => process !== victim);
    for (const { url } of others) {
      expect((await deliver(url, message)).reply.Content).toBe(reply.Content);
    }
    expect(await handled(message)).toBe(2);
  });
});

describeWithOwnRedis('three processes whose Redis is stopped and started again', () => {
  test('answer every message meanwhile, and share it again afterwards', async () => {
    const server = await ownRedis();
    const prefix = ownPrefix();
    const processes = await startProcesses(server.url, prefix);
    const balancer = await startBalancer(processes);
    try {
      const results = [];
      const load = new AbortController();
      const worker = async () => {
        while (!load.signal.aborted)
          results.push(await deliver(balancer.url, text(`mute ${results.length}`)));
      };
      const ended = Promise.all(Array.from({ length: 20 }, worker));
      const more = (count, from = results.length) => until(() => results.length >= from + count);
      const all = (state) =>
        until(() => processes.every(({ said }) => said.some(({ store }) => store === state)));

      await more(200);
      await server.stop();
      await all('away');
      await more(200);
      await server.start();
      await all('back');
      await more(200);
      load.abort();
      await ended;

      for (const { status, reply, message } of results) {
        expect(status).toBe(200);
        expect(reply.Content.startsWith(`${message.Content}, `)).toBe(true);
      }
      for (const { said } of processes) {
        expect(said.filter(({ store }) => store).map(({ store }) => store)).toEqual(['away', 'back']);
      }
      const handles = processes.flatMap(({ said }) => said.filter((told) => told.handles));
      expect(new Set(handles.map((told) => told.handles)).size).toBe(results.length);
      expect(handles).toHaveLength(results.length);

      const { message } = gateway.request(text('echo shared'));
      const replies = [];
      for (const { url } of processes) replies.push((await deliver(url, message)).reply.Content);
      expect(new Set(replies).size).toBe(1);
    } finally {
      balancer.close();
      await killProcesses();
      await server.stop();
    }
  });
});
