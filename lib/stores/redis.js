'use strict';

const { createHash, randomUUID } = require('node:crypto');
const { whole, wrongOption } = require('../options.js');

const HOUR = 3_600_000;

/** How long a proof's first part is, the signature; behind it stands the hash of the body. */
const SIGNATURE = 40;

// One hash for each push: `n` deliveries, `o` its owner, `l` until when the owner's lease runs (in
// milliseconds), `r` the recorded reply, `s` whether somebody has it. Redis's own clock counts.
const NOW = "local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000) ";
const OWN = "if redis.call('HGET', KEYS[1], 'o') ~= ARGV[1] then return 0 end ";

const scripts = {
  /** KEYS: push, signature. ARGV: owner, lease, remember, hash of the body or '', deliveries to count. */
  begin: script(`${NOW}
    if ARGV[4] ~= '' then
      local body = redis.call('GET', KEYS[2])
      if body and body ~= ARGV[4] then return {'replayed', 0, ''} end
      if not body then redis.call('SET', KEYS[2], ARGV[4], 'PX', ARGV[3]) end
    end
    local attempt = redis.call('HINCRBY', KEYS[1], 'n', ARGV[5])
    redis.call('PEXPIRE', KEYS[1], ARGV[3])
    local reply = redis.call('HGET', KEYS[1], 'r')
    if reply then
      redis.call('HSET', KEYS[1], 's', 1)
      return {'done', attempt, reply}
    end
    if tonumber(redis.call('HGET', KEYS[1], 'l') or 0) > now then return {'running', attempt, ''} end
    redis.call('HSET', KEYS[1], 'o', ARGV[1], 'l', now + ARGV[2])
    return {'first', attempt, ''}`),

  /** ARGV: owner, reply, whether it was sent, remember. The first reply counts. */
  finish: script(`
    if redis.call('HSETNX', KEYS[1], 'r', ARGV[2]) == 1 then redis.call('HSET', KEYS[1], 's', ARGV[3]) end
    redis.call('HDEL', KEYS[1], 'o', 'l')
    return redis.call('PEXPIRE', KEYS[1], ARGV[4])`),

  /** ARGV: owner. */
  release: script(`${OWN} return redis.call('HDEL', KEYS[1], 'o', 'l')`),

  /** ARGV: owner, lease. */
  renew: script(`${NOW} ${OWN} return redis.call('HSET', KEYS[1], 'l', now + ARGV[2])`),

  take: script(`
    if redis.call('HGET', KEYS[1], 's') ~= '0' then return 0 end
    redis.call('HSET', KEYS[1], 's', 1, 'r', '')
    return 1`),
};

/** Documented in redis.d.ts. @type {typeof import('../../redis').redisStore} */
function redisStore(client, { prefix = 'wechat-push:', remember = HOUR, lease = 5000 } = {}) {
  const send = senderOf(client);
  if (typeof prefix !== 'string') throw wrongOption('prefix', 'must be a string');
  whole('remember', remember, 1, 'milliseconds, at least 1');
  whole('lease', lease, 100, 'milliseconds, at least 100');
  const owner = randomUUID();

  /**
   * @param {{ text: string, sha: string }} called
   * @param {string[]} keys
   * @param {(string | number)[]} args
   */
  async function run({ text, sha }, keys, args) {
    const rest = [keys.length, ...keys.map((key) => prefix + key), ...args].map(String);
    try {
      return await send(['EVALSHA', sha, ...rest]);
    } catch (/** @type {any} */ error) {
      if (!String(error?.message).startsWith('NOSCRIPT')) throw error;
      return send(['EVAL', text, ...rest]);
    }
  }

  return {
    lease,

    async begin(id, proof, again) {
      const [signature, body] = [proof.slice(0, SIGNATURE), proof.slice(SIGNATURE)];
      const keys = body === '' ? [id] : [id, signature];
      const [state, attempt, reply] = await run(scripts.begin, keys, [
        owner,
        lease,
        remember,
        body,
        again ? 0 : 1,
      ]);
      return { state, attempt: Number(attempt), reply };
    },

    finish: (id, reply, sent) => run(scripts.finish, [id], [owner, reply, sent ? 1 : 0, remember]),
    release: (id) => run(scripts.release, [id], [owner]),
    renew: (id) => run(scripts.renew, [id], [owner, lease]),
    take: async (id) => Number(await run(scripts.take, [id], [])) === 1,
  };
}

/** @param {string} text */
function script(text) {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

/**
 * How the app's own client sends a command.
 * @param {any} client
 * @returns {(command: string[]) => Promise<any>}
 */
function senderOf(client) {
  // ioredis; its sendCommand takes something else.
  if (typeof client?.call === 'function') return ([name, ...args]) => client.call(name, ...args);
  if (typeof client?.sendCommand === 'function') return (command) => client.sendCommand(command);
  throw wrongOption('client', 'must be a client of the package redis or ioredis');
}

module.exports = { redisStore };
