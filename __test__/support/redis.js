'use strict';

// A real Redis for tests: the one at REDIS_URL, or servers of their own where `redis-server` is installed.

const { randomUUID } = require('node:crypto');
const { installed, ownRedis } = require('./redis-server.js');

const { REDIS_URL } = process.env;

/** `describe`, for what needs some Redis; and for what stops and starts one. */
const describeWithRedis = REDIS_URL || installed ? describe : describe.skip;
const describeWithOwnRedis = installed ? describe : describe.skip;

/** The one at REDIS_URL, which stays as it is, or a server of its own. */
async function someRedis() {
  return REDIS_URL ? { url: REDIS_URL, stop: async () => {} } : ownRedis();
}

/** A prefix that nobody else has, so that tests can share one Redis. */
function ownPrefix() {
  return `wechat-push-test:${randomUUID()}:`;
}

/** The keys that begin with a prefix. */
async function keysOf(redis, prefix) {
  const keys = [];
  let cursor = '0';
  do {
    const [next, some] = await redis.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 1000);
    keys.push(...some);
    cursor = next;
  } while (cursor !== '0');
  return keys;
}

/** Waits until something is so, and gives up on what never is. */
async function until(isSo, within = 20_000) {
  const end = Date.now() + within;
  while (Date.now() < end) {
    const result = await isSo();
    if (result) return result;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`this never came true: ${isSo}`);
}

module.exports = {
  describeWithOwnRedis,
  describeWithRedis,
  keysOf,
  ownPrefix,
  ownRedis,
  someRedis,
  until,
};
