'use strict';

const v8 = require('node:v8');
const vm = require('node:vm');
const { createEndpoint, memoryStore } = require('..');
const { inTurn, nextMessage } = require('../answers.js');
const { systemClock } = require('../lib/clock.js');
const { openEndpoint } = require('../lib/endpoint/endpoint.js');
const { redisStore } = require('../redis.js');
const { createGateway } = require('../testing.js');
const { clients, disconnect } = require('../__test__/support/redis-clients.js');
const { installed, ownRedis } = require('../__test__/support/redis-server.js');
const { asyncMedians, cycle } = require('./measure.js');
const { newAccount, pushTo } = require('./many-accounts.js');

const PUSHES = 1000;
const KEPT = 10_000;
/** As UTF-8. */
const ANSWER_BYTES = 4096;
const SESSIONS = 200;
const BOT = { platform: 'wecom-bot', token: 'benchToken', encodingAESKey: 'x'.repeat(43) };
const MEMBER = { aibotid: 'bot', chattype: 'single', from: { userid: 'zhangsan' } };
const SHOWN = '今天晴，最高气温二十三度。'.repeat(31);
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

/** What is shown of an answer that grows, beside messages in JSON that are answered with the same text. */
async function refreshes() {
  const growing = await growingAnswer(BOT);
  const platform = 'official-account';
  const plain = { platform, token: BOT.token, mode: 'plain' };
  const secure = { ...newAccount(), platform, mode: 'secure' };
  const ofAccount = (i) => ({ MsgType: 'text', Content: '你好', MsgId: `${i}` });
  const ns = await asyncMedians({
    plain: answeringAlike(plain, ofAccount),
    secure: answeringAlike(secure, ofAccount),
    message: answeringAlike(BOT, (i) => messageOf(`m${i}`)),
    refresh: handling(growing.handle, BOT, PUSHES, (i) => refreshOf(growing.id, `r${i}`)),
  });
  growing.end();
  return {
    title: 'JSON with a text of 1.2 kB in the answer, createEndpoint, memory store',
    rows: [
      ['a message in plain mode, which nothing encrypts', ns.plain],
      ['a message in secure mode', ns.secure],
      ["a bot's message", ns.message],
      ["a bot's refresh", ns.refresh, 'must 1.2×'],
    ],
  };
}

/** Messages that are answered with that text; one that came again would be answered from the store. */
function answeringAlike(account, messageAt) {
  return handling(createEndpoint(account, () => SHOWN).handle, account, 100_000, messageAt);
}

function handling(handle, account, count, messageAt) {
  const gateway = createGateway({ ...account, format: 'json' });
  const requestAt = (_, i) => {
    const { method, url, body } = gateway.request(messageAt(i));
    return { method, url, body };
  };
  const next = cycle(Array.from({ length: count }, requestAt));
  return () => handle(next());
}

/** The same in another process than the one that writes, once a second. */
async function refreshesByRedis() {
  const title = "a refresh of another process's answer, Redis on loopback, ioredis";
  if (!installed) return { title, lines: NO_REDIS };
  const server = await ownRedis();
  const [writer, reader] = await Promise.all([clients.ioredis(server.url), clients.ioredis(server.url)]);
  let passed = 0;
  const clock = { ...systemClock, now: () => performance.now() + passed };
  const growing = await growingAnswer({ ...BOT, store: redisStore(writer) });
  const { handle } = openEndpoint({ ...BOT, store: redisStore(reader) }, () => {}, { clock });
  let commands = 0;
  const { sendCommand } = reader;
  reader.sendCommand = function (...args) {
    commands++;
    return sendCommand.apply(this, args);
  };
  const wecom = createGateway(BOT);
  const ask = (i) => {
    passed += 1000;
    return handle(wecom.request(refreshOf(growing.id, `r${i}`)));
  };
  // The first of all loads the scripts.
  await ask(-1);
  commands = 0;
  for (let i = 0; i < PUSHES; i++) await ask(i);
  const each = commands / PUSHES;
  growing.end();
  await new Promise(setImmediate);
  for (const client of [writer, reader]) disconnect(client);
  await server.stop();
  return { title, lines: [`${each.toFixed(2)} commands, must 1.3`] };
}

/** An answer that has come to its text, and does not end before `end` is called. */
async function growingAnswer(options) {
  let end;
  const ended = new Promise((resolve) => (end = resolve));
  const { handle } = createEndpoint(options, async function* () {
    yield SHOWN;
    await ended;
  });
  await handle(createGateway(BOT).request(messageOf('growing')));
  return { id: 'growing', handle, end };
}

function messageOf(msgid) {
  return { ...MEMBER, msgid, msgtype: 'text', text: { content: '你好' } };
}

function refreshOf(id, msgid) {
  return { ...MEMBER, msgid, msgtype: 'stream', stream: { id } };
}

module.exports = { groups: [inTime, refreshes, refreshesByRedis, sessions, kept] };
