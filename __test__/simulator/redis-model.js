'use strict';

// What lib/stores/redis.js has a Redis do, without a Redis: the same scripts, in virtual time.

const { pushKey, replyKey, signatureKey } = require('../../lib/stores/redis-keys.js');

/** How long a reply is kept that does not stay as long as its push. */
const REPLY_KEPT = 600_000;

class RedisModel {
  /** @type {Map<string, { state: 'r' | 'f' | 'u' | 'd', count: number, rest: any, until: number }>} */
  #pushes = new Map();
  /** @type {Map<string, { bodyHash: string, until: number }>} */
  #signatures = new Map();
  /** @type {Map<string, { reply: string, until: number }>} */
  #replies = new Map();
  #now;
  #finished;

  /**
   * @param {() => number} now
   * @param {{ finished?: (id: string) => void }} [told] of what is recorded as handled
   */
  constructor(now, { finished } = {}) {
    this.#now = now;
    this.#finished = finished;
  }

  /** How long each key lives, in milliseconds. */
  lifetimes() {
    const now = this.#now();
    const of = (map, nameOf) => [...map].map(([id, { until }]) => [nameOf(id), until - now]);
    const all = [
      ...of(this.#pushes, pushKey),
      ...of(this.#replies, (id) => replyKey(pushKey(id))),
      ...of(this.#signatures, signatureKey),
    ];
    return Object.fromEntries(all.filter(([, lifetime]) => lifetime > 0));
  }

  flush() {
    this.#pushes.clear();
    this.#signatures.clear();
    this.#replies.clear();
  }

  /** Whether the push was new. */
  setNew(id, count, claim, remember) {
    if (alive(this.#pushes, id, this.#now())) return false;
    this.#write(id, 'r', count, claim, remember);
    return true;
  }

  begin(id, replay, count, claim, remember) {
    if (replay && this.#isReplay(replay, remember)) return { state: 'replayed', attempt: 0 };
    if (this.setNew(id, count, claim, remember)) return { state: 'first', attempt: count };
    const before = this.#read(id);
    const attempt = before.count + count;
    if (before.state === 'u' || before.state === 'd') {
      this.#write(id, before.state, attempt, before.rest, remember);
      const reply = before.rest || (alive(this.#replies, id, this.#now())?.reply ?? '');
      return { state: 'done', attempt, reply, unsent: before.state === 'u' };
    }
    const lifetime = before.until - this.#now();
    if (before.state === 'r' && lifetime > before.rest.floor) {
      this.#write(id, 'r', attempt, before.rest, lifetime);
      return { state: 'running', attempt };
    }
    this.#write(id, 'r', attempt, claim, remember);
    return { state: 'first', attempt };
  }

  finish(id, reply, sent, lasts, remember) {
    this.#finished?.(id);
    const { state, count, rest } = this.#read(id);
    if (state === 'r' || state === 'f') {
      if (!lasts && reply !== '') this.#replies.set(id, { reply, until: this.#now() + REPLY_KEPT });
      this.#write(id, sent ? 'd' : 'u', count, lasts ? reply : '', remember);
    } else if (sent) this.#write(id, 'd', count, rest, remember);
  }

  release(id, claim, remember) {
    const { state, count, rest } = this.#read(id);
    if (state === 'r' && rest === claim) this.#write(id, 'f', count, '', remember);
  }

  renew(id, claim, remember) {
    const { state, count, rest } = this.#read(id);
    if (state === 'f' || (state === 'r' && rest === claim)) this.#write(id, 'r', count, claim, remember);
  }

  claimUnsent(id, keep, remember) {
    const { state, count, rest } = this.#read(id);
    if (state !== 'u') return false;
    if (!keep) this.#replies.delete(id);
    this.#write(id, 'd', count, keep ? rest : '', remember);
    return true;
  }

  #isReplay({ signature, bodyHash }, remember) {
    const before = alive(this.#signatures, signature, this.#now());
    if (!before) this.#signatures.set(signature, { bodyHash, until: this.#now() + remember });
    return before !== undefined && before.bodyHash !== bodyHash;
  }

  #read(id) {
    return alive(this.#pushes, id, this.#now()) ?? { state: 'f', count: 1, rest: '', until: 0 };
  }

  #write(id, state, count, rest, lifetime) {
    this.#pushes.set(id, { state, count, rest, until: this.#now() + lifetime });
  }
}

/**
 * The store of one process, as `redisStore` is one.
 * @param {RedisModel} redis
 * @param {<T>(command: () => T) => Promise<T>} send has the server do something, and brings what it answers
 * @param {{ lease: number, remember: number }} options
 */
function modelStore(redis, send, { lease, remember }) {
  // Compared by identity: it names its owner.
  const claim = { floor: remember - lease };
  const look = (id, replay, count) => send(() => redis.begin(id, replay, count, claim, remember));
  return {
    lease,
    remember,
    async begin({ id, replay }) {
      if (replay) return look(id, replay, 1);
      if (await send(() => redis.setNew(id, 1, claim, remember))) return { state: 'first', attempt: 1 };
      return look(id, undefined, 1);
    },
    peek: (id) => look(id, undefined, 0),
    finish: (id, reply, sent, lasts) => send(() => redis.finish(id, reply, sent, lasts, remember)),
    release: (id) => send(() => redis.release(id, claim, remember)),
    renew: (id) => send(() => redis.renew(id, claim, remember)),
    claimUnsent: (id, keep) => send(() => redis.claimUnsent(id, keep, remember)),
  };
}

/** What a map has of a name, unless its life is over. */
function alive(map, name, now) {
  const found = map.get(name);
  return found && found.until > now ? found : undefined;
}

module.exports = { RedisModel, modelStore };
