'use strict';

const { createHash, randomUUID } = require('node:crypto');
const { whole, wrongOption } = require('../options.js');

const HOUR = 3_600_000;

/**
 * A longer lease would outlast the delivery that waits for a dead process, which would then be answered
 * without anybody having handled it.
 */
const LONGEST_LEASE = 4000;

/** States of ioredis in which a command would wait for a connection that may never come. */
const AWAY = new Set(['reconnecting', 'disconnecting', 'close', 'end']);

// One string for each push: its state, how often it was delivered, and what belongs to the state.
//   r2|claim   running; the claim is `floor|owner`, and holds while the key's lifetime is above the floor,
//              so that Redis's own clock counts and a claim is renewed by setting the lifetime anew
//   f2|        failed
//   u2|reply   ended; no delivery has the reply yet
//   d2|reply   ended
const READ = `
    local function read(text) return string.match(text or 'f1|', '^(%a)(%d+)|(.*)$') end
    local function write(state, count, rest, lifetime)
      redis.call('SET', KEYS[1], state .. count .. '|' .. rest, 'PX', lifetime)
    end`;

const scripts = {
  /** KEYS: push, signature or none. ARGV: the claim, remember, deliveries to count, hash of the body. */
  begin: script(`
    if KEYS[2] and not redis.call('SET', KEYS[2], ARGV[4], 'NX', 'PX', ARGV[2]) then
      if redis.call('GET', KEYS[2]) ~= ARGV[4] then return {'replayed', 0, ''} end
    end
    if redis.call('SET', KEYS[1], 'r' .. ARGV[3] .. '|' .. ARGV[1], 'NX', 'PX', ARGV[2]) then
      return {'first', tonumber(ARGV[3]), ''}
    end
    ${READ}
    local state, count, rest = read(redis.call('GET', KEYS[1]))
    local lifetime = redis.call('PTTL', KEYS[1])
    count = count + ARGV[3]
    if state == 'u' or state == 'd' then
      write(state, count, rest, ARGV[2])
      return {'done', count, rest, state}
    end
    if state == 'r' and lifetime > tonumber(string.match(rest, '^%d+')) then
      write('r', count, rest, lifetime)
      return {'running', count, ''}
    end
    write('r', count, ARGV[1], ARGV[2])
    return {'first', count, ''}`),

  /** ARGV: reply, `d` or `u`, remember. Of two replies the first is kept. */
  finish: script(`${READ}
    local state, count, rest = read(redis.call('GET', KEYS[1]))
    if state == 'r' or state == 'f' then
      write(ARGV[2], count, ARGV[1], ARGV[3])
    elseif ARGV[2] == 'd' then
      write('d', count, rest, ARGV[3])
    end`),

  /** ARGV: the claim, remember. */
  release: script(`${READ}
    local state, count, rest = read(redis.call('GET', KEYS[1]))
    if state == 'r' and rest == ARGV[1] then write('f', count, '', ARGV[2]) end`),

  /** ARGV: the claim, remember. Also claims what nobody owns, which a Redis that was restarted has lost. */
  renew: script(`${READ}
    local state, count, rest = read(redis.call('GET', KEYS[1]))
    if state == 'f' or state == 'r' and rest == ARGV[1] then write('r', count, ARGV[1], ARGV[2]) end`),

  /** ARGV: remember, `keep` or nothing. */
  claimUnsent: script(`${READ}
    local state, count, rest = read(redis.call('GET', KEYS[1]))
    if state ~= 'u' then return 0 end
    write('d', count, ARGV[2] == 'keep' and rest or '', ARGV[1])
    return 1`),
};

/** Documented in redis.d.ts. @type {typeof import('../../redis').redisStore} */
function redisStore(client, { prefix = 'wechat-push:', remember = HOUR, lease = 3000 } = {}) {
  const { setNew, evaluate } = commandsOf(client);
  if (typeof prefix !== 'string') throw wrongOption('prefix', 'must be a string');
  whole('remember', remember, 60_000, 'milliseconds, at least 60000, as retries may come that late');
  if (whole('lease', lease, 100, 'milliseconds, 100 to 4000') > LONGEST_LEASE) {
    throw wrongOption('lease', 'must be a whole number of milliseconds, 100 to 4000');
  }
  const claim = `${remember - lease}|${randomUUID()}`;

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

  /**
   * @param {string[]} names of keys
   * @param {number} count deliveries that this one adds
   * @param {string} bodyHash
   * @returns {Promise<import('../..').DeliveryState>}
   */
  async function look(names, count, bodyHash) {
    const found = await run(scripts.begin, names, [claim, remember, count, bodyHash]);
    // A client may have been told to give bytes.
    const [state, attempt, reply, ended] = found.map(String);
    return { state, attempt: Number(attempt), reply, unsent: ended === 'u' };
  }

  return {
    lease,
    remember,

    async begin({ id, replay }) {
      if (replay) return look([id, `signature:${replay.signature}`], 1, replay.bodyHash);
      // Most deliveries are the first of their push, and a plain command takes half of what a script takes.
      if (await setNew(prefix + id, `r1|${claim}`, remember)) return { state: 'first', attempt: 1 };
      return look([id], 1, '');
    },

    peek: (id) => look([id], 0, ''),
    finish: (id, reply, sent) => run(scripts.finish, [id], [reply, sent ? 'd' : 'u', remember]),
    release: (id) => run(scripts.release, [id], [claim, remember]),
    renew: (id) => run(scripts.renew, [id], [claim, remember]),
    claimUnsent: async (id, keep) =>
      Number(await run(scripts.claimUnsent, [id], [remember, keep ? 'keep' : ''])) === 1,
  };
}

/** @param {string} text */
function script(text) {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

/**
 * What the app's own client is asked to do; at once, never from a queue for when it is connected again.
 * @param {any} client
 * @returns {Commands}
 *
 * @typedef {object} Commands
 * @property {(key: string, value: string, lifetime: number) => Promise<boolean>} setNew
 * @property {(name: 'evalSha' | 'eval', script: string, keys: string[], args: string[]) => Promise<any>} evaluate
 */
function commandsOf(client) {
  const has = (name) => typeof client === 'object' && typeof client?.[name] === 'function';
  if (has('evalSha') && has('eval') && has('set')) return nodeRedis(client);
  if (has('evalsha') && has('eval') && has('set') && has('defineCommand')) return ioredis(client);
  throw wrongOption('client', 'must be a client of the package redis (4 or later) or ioredis');
}

/** Of the package redis; its pool, cluster and sentinel take the same. @returns {Commands} */
function nodeRedis(client) {
  const check = () => {
    if (client.isReady === false) throw notConnected();
  };
  return {
    async setNew(key, value, lifetime) {
      check();
      // In the words of version 4 and of version 5.
      const options = {
        PX: lifetime,
        NX: true,
        expiration: { type: 'PX', value: lifetime },
        condition: 'NX',
      };
      return (await client.set(key, value, options)) !== null;
    },
    async evaluate(name, text, keys, args) {
      check();
      return client[name](text, { keys, arguments: args });
    },
  };
}

/** Of ioredis; its cluster takes the same. @returns {Commands} */
function ioredis(client) {
  const check = () => {
    if (AWAY.has(client.status)) throw notConnected();
  };
  return {
    async setNew(key, value, lifetime) {
      check();
      return (await client.set(key, value, 'PX', lifetime, 'NX')) !== null;
    },
    async evaluate(name, text, keys, args) {
      check();
      return client[name.toLowerCase()](text, keys.length, ...keys, ...args);
    },
  };
}

function notConnected() {
  return new Error('wechat-push: the Redis client is not connected');
}

module.exports = { redisStore };
