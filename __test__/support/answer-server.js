'use strict';

// One of several processes that share a Redis and answer slowly; started by ./processes.js. A message's `Content` says
// what its answer is: a name, for how many milliseconds the handler works, how many bytes it has, and whether it streams.

// A process is dead after five seconds, so that a test need not wait for thirty. Before anything else reads them.
Object.assign(require('../../lib/deadlines.js'), {
  OUTBOX_LEASE: 5000,
  TAKE_OVER_EVERY: 500,
  TURN_LEASE: 3000,
});

const http = require('node:http');
const { messagePush } = require('../..');
const { inTurn, nextMessage } = require('../../answers.js');
const { customerService } = require('../../api.js');
const { redisStore } = require('../../redis.js');
const { numberedSentences } = require('./numbered.js');
const { clients } = require('./redis-clients.js');

const { redis: url, prefix } = JSON.parse(process.argv[2]);

main();

async function main() {
  const redis = await clients.ioredis(url, { maxRetriesPerRequest: 0 });
  const store = redisStore(redis, { prefix });
  // Gets what is beyond a user's budget.
  const overflow = {
    name: 'overflow',
    carry: ({ user, value }) =>
      redis.rpush(`${prefix}overflow`, JSON.stringify({ user, value })).then(() => {}),
  };
  const service = [customerService({ appSecret: 'the-secret' }), overflow];
  const kinds = {
    '/mini': { platform: 'mini-program', carriers: service },
    '/official': { platform: 'official-account', carriers: service },
    '/next': { platform: 'official-account', carriers: [nextMessage()] },
  };
  const handle = inTurn(handlerOf(redis));
  const servers = Object.fromEntries(
    Object.entries(kinds).map(([path, kind]) => {
      const account = { token: 'sesame', appId: `wx${path.slice(1)}`, mode: 'plain' };
      return [path, messagePush({ ...account, ...kind, store, session: true, lang: 'zh' }, handle)];
    }),
  );
  const server = http
    .createServer((req, res) => servers[req.url.split('?')[0]](req, res))
    .listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
  process.once('disconnect', () => process.exit());
}

function handlerOf(redis) {
  return async ({ Content }, { user, session }) => {
    const [name, ms, bytes, isStream] = Content.split(' ');
    // Whoever asks for more of what is no longer kept.
    if (ms === undefined) return '(nothing)';
    process.send({ starts: name });
    const turn = await redis.incr(`${prefix}turns:${user}`);
    const sentences = numberedSentences(name, Number(bytes));
    const wait = (part) => new Promise((resolve) => setTimeout(resolve, Number(ms) * part));
    const end = async () => {
      await session.update((old = {}) => ({ ...old, [name]: (old[name] ?? 0) + 1 }));
      const isAlone = (await redis.decr(`${prefix}turns:${user}`)) === turn - 1 && turn === 1;
      process.send({ returns: name, isAlone });
    };
    if (isStream) return streamed(sentences, wait, end);
    await wait(1);
    await end();
    return sentences.join('');
  };
}

async function* streamed(sentences, wait, end) {
  for (const sentence of sentences) {
    await wait(1 / sentences.length);
    yield sentence;
  }
  await end();
}
