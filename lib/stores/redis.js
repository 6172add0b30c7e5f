'use strict';

const { createHash, randomUUID } = require('node:crypto');
const { whole, wrongOption } = require('../options.js');
const { partsOf } = require('./proof.js');

const HOUR = 3_600_000;

/**
 * A longer lease would outlast the delivery that waits for a dead process, which would then be answered
 * without anybody having handled it.
 */
const LONGEST_LEASE = 4000;

/** States of ioredis in which a command would wait for a connection that may never come. */
const AWAY = new Set(['reconnecting', 'disconnecting', 'close', 'end']);

// One hash for each push: `n` deliveries, `o` its owner, `l` until when the owner's lease runs (in
// milliseconds), `r` the recorded reply, `s` whether somebody has it. Redis's own clock counts.
const NOW = "local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)";

const scripts = {
  /** KEYS: push, signature or none. ARGV: owner, lease, remember, deliveries to count, hash of the body. */
  begin: script(`${NOW}
    if KEYS[2] then
      local body = redis.call('GET', KEYS[2])
      if body and body ~= ARGV[5] then return {'replayed', 0, ''} end
      if not body then redis.call('SET', KEYS[2], ARGV[5], 'PX', ARGV[3]) end
    end
    local attempt = redis.call('HINCRBY', KEYS[1], 'n', ARGV[4])
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
    local seen = redis.call('HMGET', KEYS[1], 'r', 'l')
    if seen[1] then
      redis.call('HSET', KEYS[1], 's', 1)
      return {'done', attempt, seen[1]}
    end
    if tonumber(seen[2] or 0) > now then return {'running', attempt, ''} end
    redis.call('HSET', KEYS[1], 'o', ARGV[1], 'l', now + ARGV[2])
    return {'first', attempt, ''}`),

  /** ARGV: reply, whether it was sent, remember. Of two replies the first is kept. */
  finish: script(`
    local kept = redis.call('HSETNX', KEYS[1], 'r', ARGV[1])
    if kept == 1 or ARGV[2] == '1' then redis.call('HSET', KEYS[1], 's', ARGV[2]) end
    redis.call('HDEL', KEYS[1], 'o', 'l')
    return redis.call('PEXPIRE', KEYS[1], ARGV[3])`),

  /** ARGV: owner. */
  release: script(`
    if redis.call('HGET', KEYS[1], 'o') ~= ARGV[1] then return 0 end
    return redis.call('HDEL', KEYS[1], 'o', 'l')`),

  /** ARGV: owner, lease, remember. Also claims what nobody owns, which a Redis that was restarted has lost. */
  renew: script(`${NOW}
    local seen = redis.call('HMGET', KEYS[1], 'r', 'o')
    if seen[1] or (seen[2] and seen[2] ~= ARGV[1]) then return 0 end
    redis.call('HSET', KEYS[1], 'o', ARGV[1], 'l', now + ARGV[2])
    return redis.call('PEXPIRE', KEYS[1], ARGV[3])`),

  take: script(`
    if redis.call('HGET', KEYS[1], 's') ~= '0' then return 0 end
    redis.call('HSET', KEYS[1], 's', 1, 'r', '')
    return 1`),
};

/** Documented in redis.d.ts. @type {typeof import('../../redis').redisStore} */
function redisStore(client, { prefix = 'wechat-push:', remember = HOUR, lease = 3000 } = {}) {
  const evaluate = evaluatorOf(client);
  if (typeof prefix !== 'string') throw wrongOption('prefix', 'must be a string');
  whole('remember', remember, 60_000, 'milliseconds, at least 60000, as retries may come that late');
  if (whole('lease', lease, 100, 'milliseconds, 100 to 4000') > LONGEST_LEASE) {
    throw wrongOption('lease', 'must be a whole number of milliseconds, 100 to 4000');
  }
  const owner = randomUUID();

  /**
   * @param {{ text: string, sha: string }} called
   * @param {string[]} names of keys
   * @param {(string | number)[]} values
   */
  async function run({ text, sha }, names, values) {
    const keys = names.map((name) => prefix + name);
    const args = values.map(String);
    try {
      return await evaluate('evalSha', sha, keys, args);
    } catch (/** @type {any} */ error) {
      if (!String(error?.message).startsWith('NOSCRIPT')) throw error;
      return evaluate('eval', text, keys, args);
    }
  }

  return {
    lease,

    async begin(id, proof, again) {
      const { signature, body } = partsOf(proof);
      const keys = proof === '' || again ? [id] : [id, `signature:${signature}`];
      const args = [owner, lease, remember, again ? 0 : 1, body];
      const [state, attempt, reply] = await run(scripts.begin, keys, args);
      // A client may have been told to give bytes.
      return { state: /** @type {any} */ (String(state)), attempt: Number(attempt), reply: String(reply) };
    },

    finish: (id, reply, sent) => run(scripts.finish, [id], [reply, sent ? 1 : 0, remember]),
    release: (id) => run(scripts.release, [id], [owner]),
    renew: (id) => run(scripts.renew, [id], [owner, lease, remember]),
    take: async (id) => Number(await run(scripts.take, [id], [])) === 1,
  };
}

/** @param {string} text */
function script(text) {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

/**
 * How the app's own client runs a script; at once, never from a queue for when it is connected again.
 * @param {any} client
 * @returns {(name: 'evalSha' | 'eval', script: string, keys: string[], args: string[]) => Promise<any>}
 */
function evaluatorOf(client) {
  const has = (name) => typeof client === 'object' && typeof client?.[name] === 'function';
  // Of the package redis; its pool, cluster and sentinel take the same.
  if (has('evalSha') && has('eval')) {
    return async (name, text, keys, args) => {
      if (client.isReady === false) throw notConnected();
      return client[name](text, { keys, arguments: args });
    };
  }
  // ioredis and its cluster.
  if (has('evalsha') && has('eval') && has('defineCommand')) {
    return async (name, text, keys, args) => {
      if (AWAY.has(client.status)) throw notConnected();
      return client[name.toLowerCase()](text, keys.length, ...keys, ...args);
    };
  }
  throw wrongOption('client', 'must be a client of the package redis (4 or later) or ioredis');
}

function notConnected() {
  return new Error('wechat-push: the Redis client is not connected');
}

module.exports = { redisStore };
