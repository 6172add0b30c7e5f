'use strict';

const { createHash } = require('node:crypto');

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

/** A record is a hash of its value and its version; what is due stands in one sorted set, by Redis's own clock. */
const NOW = `
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

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

  getRecord: script(`
    local found = redis.call('HMGET', KEYS[1], 'value', 'version')
    return found[1] and found or nil`),

  /**
   * KEYS: record, what is due. ARGV: name, `set` or `delete`, value, lifetime, due or none, the new version, the
   * version that it must have or `any`, which is empty where there must be no record.
   */
  setRecord: script(`${NOW}
    if ARGV[7] ~= 'any' and ARGV[7] ~= (redis.call('HGET', KEYS[1], 'version') or '') then return 0 end
    if ARGV[2] == 'delete' then
      redis.call('DEL', KEYS[1])
      redis.call('ZREM', KEYS[2], ARGV[1])
      return 1
    end
    redis.call('HSET', KEYS[1], 'value', ARGV[3], 'version', ARGV[6])
    redis.call('PEXPIRE', KEYS[1], ARGV[4])
    if ARGV[5] == '' then redis.call('ZREM', KEYS[2], ARGV[1]) else redis.call('ZADD', KEYS[2], now + ARGV[5], ARGV[1]) end
    redis.call('PEXPIRE', KEYS[2], math.max(redis.call('PTTL', KEYS[2]), ARGV[4]))
    return 1`),

  /** KEYS: what is due, what stands before the name of a record. ARGV: lease. */
  claimDue: script(`${NOW}
    while true do
      local names = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 100)
      if #names == 0 then return nil end
      for _, name in ipairs(names) do
        if redis.call('EXISTS', KEYS[2] .. name) == 1 then
          redis.call('ZADD', KEYS[1], now + ARGV[1], name)
          return name
        end
        redis.call('ZREM', KEYS[1], name)
      end
    end`),
};

/** @param {string} text */
function script(text) {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

module.exports = { scripts };
