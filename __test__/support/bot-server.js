'use strict';

// One of several processes of a smart bot that share a Redis; started by ./processes.js. What is said to it is a name, for
// how many milliseconds the answer is written, and how many bytes it has.

// A process is dead after four seconds, so that a test need not wait for ten. Before anything else reads them.
Object.assign(require('../../lib/deadlines.js'), {
  OUTBOX_LEASE: 3000,
  STREAM_LEASE: 4000,
  TAKE_OVER_EVERY: 500,
});

const http = require('node:http');
const { messagePush } = require('../..');
const { responseUrl } = require('../../api.js');
const { redisStore } = require('../../redis.js');
const { numberedSentences } = require('./numbered.js');
const { clients } = require('./redis-clients.js');

const { bot, redis: url, prefix, isCarried } = JSON.parse(process.argv[2]);

main();

async function main() {
  const redis = await clients.ioredis(url, { maxRetriesPerRequest: 0 });
  const store = redisStore(redis, { prefix });
  const carriers = isCarried ? [responseUrl()] : [];
  const push = messagePush({ ...bot, store, carriers, lang: 'en' }, answer);
  const server = http
    .createServer(push)
    .listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
  process.once('disconnect', () => process.exit());
}

async function* answer(message, { text }) {
  const [name, ms, bytes] = text.split(' ');
  process.send({ starts: name });
  const sentences = numberedSentences(name, Number(bytes));
  for (const sentence of sentences) {
    await new Promise((resolve) => setTimeout(resolve, Number(ms) / sentences.length));
    yield sentence;
  }
}
