'use strict';

const { AgingMap } = require('./aging-map.js');
const { digestOf } = require('./digest.js');

/** How many bytes the digest of a body's hash has; behind it stands the tick in which it was set. */
const DIGEST = 20;

/** A string that was written from here is whole; one that was added up is a tree of its parts. */
const page = Buffer.alloc(DIGEST + 4);

/** Which body came with a signature that does not cover it. */
class UsedSignatures {
  /** @type {InstanceType<typeof AgingMap<string>>} */
  #bodies;
  #clock;

  /** @param {{ max: number, lifetime: number, clock: { now: () => number }, onTooMany: () => void }} limits */
  constructor(limits) {
    this.#clock = limits.clock;
    this.#bodies = new AgingMap({ ...limits, timeOf });
  }

  /** Whether a signature came at all. @param {import('../..').Replay} replay */
  has({ signature }) {
    return this.#bodies.size > 0 && this.#bodies.get(digestOf(signature, 'binary')) !== undefined;
  }

  /**
   * Whether a signature came with another body before. If it never came, this is its body.
   * @param {import('../..').Replay} replay
   */
  isReplay({ signature, bodyHash }) {
    const key = digestOf(signature, 'binary');
    const body = digestOf(bodyHash, 'binary');
    const before = this.#bodies.get(key);
    if (before === undefined) this.#bodies.set(key, withTime(body, this.#bodies.tickAt(this.#clock.now())));
    return before !== undefined && !before.startsWith(body);
  }
}

/**
 * @param {string} body
 * @param {number} time
 */
function withTime(body, time) {
  page.write(body, 0, 'latin1');
  page.writeUInt32LE(time, DIGEST);
  return page.toString('latin1');
}

/** @param {string} value */
function timeOf(value) {
  page.write(value, 0, 'latin1');
  return page.readUInt32LE(DIGEST);
}

module.exports = { UsedSignatures };
