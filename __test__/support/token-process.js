'use strict';

// One of several processes that share a Redis and an account; started by ../api-processes.test.js. It does what it is
// told as often at once, and says what came of it.

const { accessToken } = require('../../api.js');
const { redisStore } = require('../../redis.js');
const { clients } = require('./redis-clients.js');

const { redis, prefix, name } = JSON.parse(process.argv[2]);

main();

async function main() {
  const store = redisStore(await clients[name](redis), { prefix });
  const { get, call } = accessToken({ appId: 'wx1', appSecret: 'the-secret', store });
  const acts = { get, call: () => call('cgi-bin/getcallbackip').then(() => 'called') };
  process.on('message', async ({ act, times }) => {
    const all = Array.from({ length: times }, () => acts[act]().catch((error) => error.message));
    process.send({ results: await Promise.all(all) });
  });
  process.send('ready');
}
