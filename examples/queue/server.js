'use strict';

// Work that takes longer than WeChat waits, or that must not be lost: the handler puts it into a queue and
// returns at once; a worker, here in the same process, answers through the customer-service interface.
// `context.id` is the job's id, so that however often WeChat delivers a push there is one job.

const { setTimeout: sleep } = require('node:timers/promises');
const { Queue, Worker } = require('bullmq');
const express = require('express');
const Redis = require('ioredis');
const { messagePush, route } = require('wechat-push');
const { redisStore } = require('wechat-push/redis');
const { createGateway } = require('wechat-push/testing');

const redisUrl = process.env.REDIS_URL ?? 'redis://localhost:6379';
const account = {
  token: 'mytoken',
  appId: 'wx0123456789abcdef',
  encodingAESKey: 'ThisKeyIsForTheDemoOnlyPleaseMakeYourOwn123',
};

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});

async function main() {
  const redis = await connect();
  const queue = new Queue('wechat-answers', { connection: redis });
  const worker = new Worker(queue.name, answer, { connection: redis, concurrency: 10 });
  worker.on('failed', (job, error) => console.error(`job ${job?.id} failed: ${error.message}`));
  const answered = new Promise((resolve) => worker.once('completed', resolve));

  const app = express();
  app.use('/push', messagePush({ ...account, store: redisStore(redis) }, route({ text: enqueue })));
  const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1');
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const url = `http://127.0.0.1:${server.address().port}/push`;
  console.log(`listening on ${url}, with the Redis at ${redisUrl.replace(/\/\/.*@/, '//')}`);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);

  /** The handler: one job for each push, however often it is delivered. */
  async function enqueue(message, { id }) {
    const work = { user: message.FromUserName, question: message.Content };
    // A job is remembered as long as the deliveries are.
    const options = {
      jobId: id,
      attempts: 3,
      removeOnComplete: { age: 90_000 },
      removeOnFail: { age: 90_000 },
    };
    await queue.add('answer', work, options);
    console.log(`queued job ${id}`);
  }

  async function stop() {
    server.close();
    await worker.close();
    await queue.close();
    redis.disconnect();
  }

  await pushItself(url);
  await answered;
  console.log('\nCtrl-C ends it.');
}

/** The worker: it may take minutes, and is run again when it fails. */
async function answer({ data: { user, question } }) {
  await sleep(1000);
  await sendCustomerMessage({ touser: user, msgtype: 'text', text: { content: `想好了：${question}` } });
}

/** Stands for the customer-service interface (客服消息): prints what it would send. */
async function sendCustomerMessage(body) {
  console.log('\nPOST https://api.weixin.qq.com/cgi-bin/message/custom/send?access_token=…');
  console.log(JSON.stringify(body));
}

/** What WeChat does when a user writes, and once more, as when the first answer was lost on its way. */
async function pushItself(url) {
  const gateway = createGateway(account);
  const { message, attempts } = await gateway.push(url, { MsgType: 'text', Content: '为什么天是蓝的？' });
  const [{ status, body, duration }] = attempts;
  console.log(`WeChat got ${status} ${body} after ${duration} ms`);
  await gateway.push(url, message);
  console.log('WeChat delivered it again: no second job');
}

/** A connection that BullMQ takes, or an error that says what is missing. */
async function connect() {
  const redis = new Redis(redisUrl, { lazyConnect: true, maxRetriesPerRequest: null, retryStrategy: null });
  const failed = new Promise((_, reject) => redis.once('error', reject));
  try {
    await Promise.race([redis.connect(), failed]);
  } catch (error) {
    const where = redisUrl.replace(/\/\/.*@/, '//');
    const why = `${error.message || error.code}; start redis-server, or set REDIS_URL`;
    throw new Error(`no Redis at ${where}: ${why}`, { cause: error });
  }
  redis.options.retryStrategy = (times) => Math.min(times * 100, 2000);
  redis.on('error', (error) => console.error(`Redis: ${error.message || error.code}`));
  return redis;
}
