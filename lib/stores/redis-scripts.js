'use strict';

const { createHash } = require('node:crypto');

// One string for each push: its state, how often it was delivered, and what belongs to the state.
//   2          ended; as Redis keeps a small number without a string of its own, this takes least
//   d2|reply   ended, with a reply that is kept as long
//   u2|reply   ended; no delivery has the reply yet
//   r2|claim   running; the claim is `floor|owner`, and holds while the key's lifetime is above the floor,
//              so that Redis's own clock counts and a claim is renewed by setting the lifetime anew
//   f2|        failed
// A reply that is not kept as long is a string of its own.
const READ = `
    local function read(text)
      local state, count, rest = string.match(text or 'f1|', '^(%a?)(%d+)|?(.*)$')
      return state == '' and 'd' or state, count, rest
    end
    local function write(state, count, rest, lifetime)
      local text = state .. count .. '|' .. rest
      if state == 'd' and rest == '' then text = count end
      redis.call('SET', KEYS[1], text, 'PX', lifetime)
    end`;

/** A record is a hash of its value and its version; what is due stands in one sorted set, by Redis's own clock. */
const NOW = `
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

const scripts = {
  /** KEYS: push, its reply, signature or none. ARGV: the claim, remember, deliveries to count, hash of the body as hex. */
  begin: script(`
    if KEYS[3] then
      local first, second = tonumber(string.sub(ARGV[4], 1, 12), 16), tonumber(string.sub(ARGV[4], 13), 16)
      local hash = first and second and struct.pack('>I6I6', first, second) or ARGV[4]
      if not redis.call('SET', KEYS[3], hash, 'NX', 'PX', ARGV[2]) then
        if redis.call('GET', KEYS[3]) ~= hash then return {'replayed', 0, ''} end
      end
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
      return {'done', count, rest ~= '' and rest or redis.call('GET', KEYS[2]) or '', state}
    end
    if state == 'r' and lifetime > tonumber(string.match(rest, '^%d+')) then
      write('r', count, rest, lifetime)
      return {'running', count, ''}
    end
    write('r', count, ARGV[1], ARGV[2])
    return {'first', count, ''}`),

  /**
   * KEYS: push, its reply. ARGV: reply, `d` or `u`, remember, for how long the reply is kept. Of two replies the
   * first is.
   */
  finish: script(`${READ}
    local state, count, rest = read(redis.call('GET', KEYS[1]))
    if state == 'r' or state == 'f' then
      local isShort = ARGV[1] ~= '' and ARGV[4] ~= ARGV[3]
      if isShort then redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[4]) end
      write(ARGV[2], count, isShort and '' or ARGV[1], ARGV[3])
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

  /** KEYS: push, its reply. ARGV: remember, `keep` or nothing. */
  claimUnsent: script(`${READ}
    local state, count, rest = read(redis.call('GET', KEYS[1]))
    if state ~= 'u' then return 0 end
    if ARGV[2] ~= 'keep' then redis.call('DEL', KEYS[2]) end
    write('d', count, ARGV[2] == 'keep' and rest or '', ARGV[1])
    return 1`),

  getRecord: script(`
    local found = redis.call('HMGET', KEYS[1], 'value', 'version')
    return found[1] and found or nil`),

  /**
   * KEYS: record, what is due. ARGV: name, `set` or `delete`, value, lifetime or `same`, due, `same` or none, the new
   * version, the version that it must have or `any`, which is empty where there must be no record.
   */
  setRecord: script(`${NOW}
    if ARGV[7] ~= 'any' and ARGV[7] ~= (redis.call('HGET', KEYS[1], 'version') or '') then return 0 end
    if ARGV[2] == 'delete' then
      redis.call('DEL', KEYS[1])
      redis.call('ZREM', KEYS[2], ARGV[1])
      return 1
    end
    if ARGV[4] == 'same' and redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
    redis.call('HSET', KEYS[1], 'value', ARGV[3], 'version', ARGV[6])
    if ARGV[4] ~= 'same' then redis.call('PEXPIRE', KEYS[1], ARGV[4]) end
    if ARGV[5] == '' then redis.call('ZREM', KEYS[2], ARGV[1])
    elseif ARGV[5] ~= 'same' then redis.call('ZADD', KEYS[2], now + ARGV[5], ARGV[1]) end
    redis.call('PEXPIRE', KEYS[2], math.max(redis.call('PTTL', KEYS[2]), redis.call('PTTL', KEYS[1])))
    return 1`),

  /** KEYS: what is due, what stands before the name of a record. ARGV: lease, what the name begins with. */
  claimDue: script(`${NOW}
    local passed = 0
    while true do
      local names = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', passed, 100)
      if #names == 0 then return nil end
      for _, name in ipairs(names) do
        if redis.call('EXISTS', KEYS[2] .. name) == 0 then
          redis.call('ZREM', KEYS[1], name)
        elseif string.sub(name, 1, #ARGV[2]) == ARGV[2] then
          redis.call('ZADD', KEYS[1], now + ARGV[1], name)
          return name
        else
          passed = passed + 1
        end
      end
    end`),
};

/** @param {string} text */
function script(text) {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

module.exports = { scripts };
