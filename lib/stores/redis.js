'use strict';

const { randomUUID } = require('node:crypto');
const { REPLY_KEPT } = require('../deadlines.js');
const { redisNotConnected, wrongOption } = require('../errors.js');
const { leaseArgument, readingOptions, recordOptions, redisStoreOptions } = require('../options.js');
const { pushKey, replyKey, signatureKey } = require('./redis-keys.js');
const { scripts } = require('./redis-scripts.js');

/** States of ioredis in which a command would wait for a connection that may never come. */
const AWAY = new Set(['reconnecting', 'disconnecting', 'close', 'end']);

/** So much of a body's hash is kept: 96 bits, as hex. */
const BODY_HASH = 24;

/** Documented in redis.d.ts. @type {typeof import('../../redis').redisStore} */
function redisStore(client, options) {
  const { setNew, evaluate } = readingOptions(() => commandsOf(client));
  const { prefix, remember, lease } = redisStoreOptions(options);
  const claim = `${remember - lease}|${randomUUID()}`;
  const firstClaim = `r1|${claim}`;
  const keepsReply = Math.min(REPLY_KEPT, remember);

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
      const key = pushKey(id);
      if (replay) {
        const names = [key, replyKey(key), signatureKey(replay.signature)];
        return look(names, 1, replay.bodyHash.slice(0, BODY_HASH));
      }
      // Most deliveries are the first of their push, and a plain command takes half of what a script takes.
      const set = await setNew(prefix + key, firstClaim, remember);
      if (set !== null) return { state: 'first', attempt: 1 };
      return look(withReply(key), 1, '');
    },

    peek: (id) => look(withReply(pushKey(id)), 0, ''),
    finish: (id, reply, sent, lasts) => {
      const values = [reply, sent ? 'd' : 'u', remember, lasts ? remember : keepsReply];
      return run(scripts.finish, withReply(pushKey(id)), values);
    },
    release: (id) => run(scripts.release, [pushKey(id)], [claim, remember]),
    renew: (id) => run(scripts.renew, [pushKey(id)], [claim, remember]),
    claimUnsent: async (id, keep) => {
      const values = [remember, keep ? 'keep' : ''];
      return Number(await run(scripts.claimUnsent, withReply(pushKey(id)), values)) === 1;
    },

    records: {
      async get(key) {
        const found = await run(scripts.getRecord, [`record:${key}`], []);
        return found ? { value: String(found[0]), version: String(found[1]) } : undefined;
      },

      async set(key, value, given) {
        const { ttl, version, due } = recordOptions(given);
        const act = value === null ? 'delete' : 'set';
        const must = version === undefined ? 'any' : (version ?? '');
        const values = [key, act, value ?? '', ttl, due ?? '', randomUUID(), must];
        return Number(await run(scripts.setRecord, [`record:${key}`, 'due'], values)) === 1;
      },

      async claimDue(heldFor, startsWith = '') {
        const key = await run(scripts.claimDue, ['due', 'record:'], [leaseArgument(heldFor), startsWith]);
        return key === null || key === undefined ? undefined : String(key);
      },
    },
  };
}

/** @param {string} key of a push */
function withReply(key) {
  return [key, replyKey(key)];
}

/**
 * What the app's own client is asked to do; at once, never from a queue for when it is connected again.
 * @param {any} client
 * @returns {Commands}
 *
 * @typedef {object} Commands
 * @property {(key: string, value: string, lifetime: number) => Promise<unknown>} setNew gives null where the key is there
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
    if (client.isReady === false) throw redisNotConnected();
  };
  return {
    setNew(key, value, lifetime) {
      check();
      // In the words of version 4 and of version 5.
      const options = {
        PX: lifetime,
        NX: true,
        expiration: { type: 'PX', value: lifetime },
        condition: 'NX',
      };
      return client.set(key, value, options);
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
    if (AWAY.has(client.status)) throw redisNotConnected();
  };
  return {
    setNew(key, value, lifetime) {
      check();
      return client.set(key, value, 'PX', lifetime, 'NX');
    },
    async evaluate(name, text, keys, args) {
      check();
      return client[name.toLowerCase()](text, keys.length, ...keys, ...args);
    },
  };
}

module.exports = { redisStore };
