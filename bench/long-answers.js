'use strict';

const v8 = require('node:v8');
const vm = require('node:vm');
const { createEndpoint, memoryStore } = require('..');
const { inTurn, nextMessage } = require('../answers.js');
const { redisStore } = require('../redis.js');
const { clients, disconnect } = require('../__test__/support/redis-clients.js');
const { installed, ownRedis } = require('../__test__/support/redis-server.js');
const { asyncMedians, cycle } = require('./measure.js');
const { newAccount, pushTo } = require('./many-accounts.js');

const PUSHES = 1000;
const KEPT = 10_000;
/** As UTF-8. */
const ANSWER_BYTES = 4096;
const SESSIONS = 200;
const NO_REDIS = ['left out: there is no redis-server on this machine'];

/** A push whose answer is in time, with and without what answers may need. */
async function inTime() {
  const account = newAccount();
  const next = cycle(Array.from({ length: PUSHES }, () => pushTo(account)));
  const handledBy = (options, handler = () => 'hi') => {
    let endpoint;
    let handled = 0;
    return () => {
      // A push that comes again is answered from the store.
      if (handled++ % PUSHES === 0) endpoint = createEndpoint({ ...account, ...options }, handler);
      return endpoint.handle(next());
    };
  };
  const ns = await asyncMedians({
    plain: handledBy({}),
    carriers: handledBy({ carriers: [{ name: 'mine', carry() {} }] }),
    session: handledBy({ session: true }, async (_, { session }) => {
      await session.set(((await session.get()) ?? 0) + 1);
      return 'hi';
    }),
    turns: handledBy(
      {},
      inTurn(() => 'hi'),
    ),
  });
  return {
    title: 'secure XML push with a text reply, createEndpoint, memory store',
    rows: [
      ['without any of it', ns.plain],
      ['carriers, which it does not need', ns.carriers],
      ['session.get() and set()', ns.session],
      ['inTurn', ns.turns],
    ],
  };
}

/** What a session costs beside the push, in commands that Redis is sent and in round trips of the same client. */
async function sessions() {
  const title = 'session.get() and set() with Redis on loopback, ioredis';
  if (!installed) return { title, lines: NO_REDIS };
  const server = await ownRedis();
  const client = await clients.ioredis(server.url);
  const account = newAccount();
  const time = { session: 0, ping: 0 };
  const handler = async (_, { session }) => {
    const from = process.hrtime.bigint();
    await session.set(((await session.get()) ?? 0) + 1);
    time.session += Number(process.hrtime.bigint() - from);
    return 'hi';
  };
  const { handle } = createEndpoint({ ...account, store: redisStore(client), session: true }, handler);
  // The first of all loads the scripts.
  for (let i = 0; i < SESSIONS; i++) await handle(pushTo(account));
  time.session = 0;
  const asked = async () => {
    const stats = await client.info('commandstats');
    return ['hmget', 'hset'].reduce(
      (sum, name) => sum + Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(stats)?.[1]),
      0,
    );
  };
  const before = await asked();
  for (let i = 0; i < SESSIONS; i++) {
    await handle(pushTo(account));
    const from = process.hrtime.bigint();
    await client.ping();
    time.ping += Number(process.hrtime.bigint() - from);
  }
  const commands = (await asked()) - before;
  disconnect(client);
  await server.stop();
  return {
    title,
    lines: [
      `${(commands / SESSIONS).toFixed(2)} commands, must 2.2`,
      `${(time.session / time.ping).toFixed(2)} times as long as a PING, one of each after the other`,
    ],
  };
}

/** What answers hold that wait for their users' next messages, in the memory store. */
async function kept() {
  v8.setFlagsFromString('--expose-gc');
  const gc = vm.runInNewContext('gc');
  const used = () => {
    gc();
    gc();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const lines = [];
  for (const [name, character] of Object.entries({ Chinese: '字', English: 'a' })) {
    const { records } = memoryStore();
    const carrier = nextMessage();
    const count = ANSWER_BYTES / Buffer.byteLength(character) - 5;
    await new Promise(setImmediate);
    const before = used();
    for (let i = 0; i < KEPT; i++) {
      // A text of its own, not a rope of shared pieces.
      const value = Buffer.from(`${i}`.padEnd(count, character)).toString();
      const about = { id: `id ${i}`, user: `user ${i}`, account: { id: 'wx1' }, records };
      await carrier.carry({ ...about, value, reason: 'late' });
    }
    lines.push(`${name}: ${((used() - before) / 1e6).toFixed(1)} MB, must 60 MB`);
    if (!(await records.get('wx1:next:user 1'))) throw new Error('they must be kept');
  }
  return { title: `held for ${KEPT.toLocaleString('en')} kept answers of 4 kB, memory store`, lines };
}

module.exports = { groups: [inTime, sessions, kept] };
