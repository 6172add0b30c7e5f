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
  constructor({ clock, ...limits }) {
    this.#clock = clock;
    this.#bodies = new AgingMap({ ...limits, timeOf });
  }

  /**
   * Whether a signature came with another body before. If it never came, this is its body.
   * @param {import('../..').Replay} replay
   */
  isReplay({ signature, bodyHash }) {
    const key = digestOf(signature, 'latin1');
    const body = digestOf(bodyHash, 'latin1');
    const now = this.#clock.now();
    const before = this.#bodies.get(key, now);
    if (before === undefined) this.#bodies.set(key, withTime(body, this.#bodies.tickAt(now)));
    return before !== undefined && !before.startsWith(body);
  }
}

/**
 * @param {string} body
 * @param {number} time
 */
function withTime(body, time) {
  page.latin1Write(body, 0);
  page.writeUInt32LE(time, DIGEST);
  return page.latin1Slice();
}

/** @param {string} value */
function timeOf(value) {
  page.latin1Write(value, 0);
  return page.readUInt32LE(DIGEST);
}

module.exports = { UsedSignatures };
