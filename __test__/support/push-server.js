'use strict';

// One of several processes that share a Redis; started by ./processes.js. Its handler does what the
// message says in `Content`: `echo …`, `fail n` until the n-th delivery, `wait gate` until that key is set,
// `mute …` without Redis.

const { randomUUID } = require('node:crypto');
const { channel } = require('node:diagnostics_channel');
const http = require('node:http');
const { messagePush } = require('../..');
const { redisStore } = require('../../redis.js');
const { clients } = require('./redis-clients.js');
const { account } = require('./wechat.js');

const { url, name, prefix, replyWindow } = JSON.parse(process.argv[2]);

main();

async function main() {
  const redis = await clients.ioredis(url, { maxRetriesPerRequest: 0 });
  const store = redisStore(name === 'ioredis' ? redis : await clients[name](url), { prefix });
  channel('wechat-push:store').subscribe(({ state }) => process.send({ store: state }));

  const middleware = messagePush(
    { ...account, store, replyWindow, onUndelivered },
    async (message, context) => {
      const { id, attempt } = context;
      process.send({ handles: id });
      const [verb, argument] = (message.Content ?? 'echo').split(' ');
      if (verb !== 'mute') await redis.incr(`${prefix}handled:${id}`);
      if (verb === 'fail' && attempt < Number(argument)) throw new Error(`as told, delivery ${attempt}`);
      if (verb === 'wait') await gate(redis, `${prefix}${argument}`);
      return `${message.Content ?? message.Event}, delivery ${attempt}, ${randomUUID()}`;
    },
  );
  const server = http
    .createServer((req, res) => middleware(req, res))
    .listen(0, '127.0.0.1', () => {
      process.send({ port: server.address().port });
    });
  process.once('disconnect', () => process.exit());
}

function onUndelivered(value) {
  process.send({ late: value });
}

async function gate(redis, key) {
  while (!(await redis.exists(key))) await new Promise((resolve) => setTimeout(resolve, 10));
}
