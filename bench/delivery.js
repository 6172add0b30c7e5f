'use strict';

const { createHash } = require('node:crypto');
const v8 = require('node:v8');
const vm = require('node:vm');
const { createDelivery } = require('../lib/delivery/delivery.js');
const { withFallback } = require('../lib/stores/fallback.js');
const { systemClock } = require('../lib/clock.js');
const { memoryStore, openMemoryStore } = require('../lib/stores/memory.js');
const { pushKey, replyKey } = require('../lib/stores/redis-keys.js');
const { redisStore } = require('../redis.js');
const { clients, disconnect } = require('../__test__/support/redis-clients.js');
const { installed, ownRedis } = require('../__test__/support/redis-server.js');
const { asyncMedians } = require('./measure.js');
const { compare, loadOfPushes } = require('./http.js');

const REMEMBERED = 100_000;
const NO_REDIS = ['left out: there is no redis-server on this machine'];

const value = '今天晴，最高气温二十三度，适合出门。';
const response = { status: 200, headers: {}, body: '<xml></xml>' };
const handle = async () => ({ value, record: JSON.stringify(value), lasts: false, response });
/** What most handlers of events return. */
const dataReply = () => JSON.stringify({ ErrCode: 0, ErrMsg: 'success' });
/** Longer than a text reply is kept. */
const A_WHILE = 11 * 60_000;
const connected = { hasLeft: () => false, onLeave() {}, undelivered() {}, failed() {} };

let last = 6054768590064713728n;

/** A push that was never there before; its id is as long as WeChat makes it. */
function newPush() {
  return {
    id: `wx0123456789abcdef:${last++}oia2TjuEGTNoeX76QEjQNrcURxG8gh_7f083739789a1714112445`,
    replay: undefined,
    arrived: performance.now(),
    handle,
    ...connected,
  };
}

/** What delivery adds to a request in one process. */
async function memory() {
  const { deliver } = createDelivery({ store: memoryStore(), replyWindow: 5000 });
  const ns = await asyncMedians({
    delivered: () => deliver(newPush()),
    alone: () => newPush().handle(),
  });
  return {
    title: 'a handler through delivery, memory store',
    rows: [
      ['delivered', ns.delivered],
      ['the handler alone', ns.alone],
      ['delivery adds', ns.delivered - ns.alone, 'aim 5,000 ns'],
    ],
  };
}

/** How long a delivery takes until its reply, beside one round trip of the same client. */
function withRedis(name) {
  return async () => {
    const title = `a handler through delivery, Redis on loopback, ${name}`;
    if (!installed) return { title, lines: NO_REDIS };
    const server = await ownRedis();
    const client = await clients[name](server.url);
    const store = withFallback(redisStore(client));
    let ended;
    const finish = (...args) => (ended = store.finish(...args));
    const { deliver } = createDelivery({ store: { ...store, finish }, replyWindow: 5000 });
    const delivered = async () => {
      const push = newPush();
      const from = process.hrtime.bigint();
      await deliver(push);
      const ns = Number(process.hrtime.bigint() - from);
      await ended;
      return ns;
    };
    const ns = await latencies({
      ping: async () => {
        const from = process.hrtime.bigint();
        await client.ping();
        return Number(process.hrtime.bigint() - from);
      },
      delivered,
    });
    const throughput = await asyncMedians({
      delivered: () => Promise.all(Array.from({ length: 50 }, () => deliver(newPush()))),
    });
    disconnect(client);
    await server.stop();
    return {
      title,
      rows: [
        ['PING', ns.ping],
        ['delivered, until the reply', ns.delivered, 'aim 1.3×'],
        ['delivered, fifty at a time', throughput.delivered / 50],
      ],
    };
  };
}

/** Medians of calls that time themselves, in turns. */
async function latencies(calls, rounds = 10_000) {
  const forms = Object.entries(calls).map(([name, call]) => ({ name, call, ns: [] }));
  for (let round = -rounds / 10; round < rounds; round++) {
    for (const { call, ns } of forms) {
      const one = await call();
      if (round >= 0) ns.push(one);
    }
  }
  return Object.fromEntries(
    forms.map(({ name, ns }) => [name, ns.toSorted((a, b) => a - b)[Math.floor(ns.length / 2)]]),
  );
}

async function express() {
  return compare(
    'secure XML message with a text reply, Express 5, with and without delivery',
    loadOfPushes(),
    [
      ['with delivery', 'ours'],
      ['without', 'undelivered'],
    ],
  );
}

/** What remembering costs, once text replies are no longer kept. */
async function remembered() {
  const title = `held for ${REMEMBERED.toLocaleString('en')} remembered deliveries`;
  const lines = [];
  for (const [name, given] of Object.entries({
    'secure mode': {},
    'plaintext mode': { isPlain: true },
    'secure mode, a short data reply each': { isData: true },
    'secure mode, within the ten minutes of a text reply': { isRecent: true },
  })) {
    lines.push(`memory store, ${name}: ${megabytes(await heapOf(given))}`);
    lines.push(`Redis, ${name}: ${installed ? megabytes(await redisMemory(given)) : NO_REDIS[0]}`);
  }
  return { title, lines };
}

/** One push as it is remembered: its id, what its signature is known by, its reply, and whether that stays. */
function toRemember(i, { isPlain, isData }) {
  // Text as it comes from a request, not a rope of shared pieces.
  const digest = () => Buffer.from(createHash('sha1').update(`${i}`).digest('hex')).toString();
  const replay = isPlain ? { signature: `wx0123456789abcdef:${digest()}`, bodyHash: digest() } : undefined;
  const reply = isData ? dataReply() : JSON.stringify(`${i} ${value}`);
  return { id: Buffer.from(newPush().id).toString(), replay, reply, isData };
}

async function heapOf(given) {
  v8.setFlagsFromString('--expose-gc');
  const gc = vm.runInNewContext('gc');
  const used = () => {
    gc();
    gc();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  // What was measured before is out of reach only now.
  await new Promise(setImmediate);
  let later = 0;
  const before = used();
  const store = openMemoryStore(undefined, { ...systemClock, now: () => performance.now() + later });
  const remember = ({ id, replay, reply, isData }) => {
    store.begin({ id, replay });
    store.finish(id, reply, true, isData);
  };
  for (let i = 0; i < REMEMBERED; i++) remember(toRemember(i, given));
  for (let i = 0; i < 2 && !given.isRecent; i++) {
    later += A_WHILE;
    remember(toRemember(REMEMBERED + i, given));
  }
  const held = used() - before;
  if (store.begin(newPush()).state !== 'first') throw new Error('the store must be in use');
  return held;
}

async function redisMemory(given) {
  const server = await ownRedis();
  const client = await clients.ioredis(server.url);
  const store = redisStore(client);
  const used = async () => Number((await client.info('memory')).match(/used_memory:(\d+)/)[1]);
  const before = await used();
  for (let i = 0; i < REMEMBERED; i += 1000) {
    const pushes = Array.from({ length: 1000 }, (_, at) => toRemember(i + at, given));
    await Promise.all(pushes.map(({ id, replay }) => store.begin({ id, replay })));
    await Promise.all(pushes.map(({ id, reply, isData }) => store.finish(id, reply, true, isData)));
    // As if their time had passed.
    if (!given.isRecent)
      await client.unlink(...pushes.map(({ id }) => `wechat-push:${replyKey(pushKey(id))}`));
  }
  const held = (await used()) - before;
  disconnect(client);
  await server.stop();
  return held;
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

module.exports = { groups: [memory, withRedis('redis'), withRedis('ioredis'), express, remembered] };
