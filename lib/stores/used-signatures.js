'use strict';

const { AgingMap } = require('./aging-map.js');
const { hashOf } = require('./seeded-hash.js');

/**
 * Which body came with a signature that does not cover it, and in which tick.
 * @typedef {{ body: number, tick: number }} Used
 */
class UsedSignatures {
  /** @type {InstanceType<typeof AgingMap<Used>>} */
  #bodies;
  #clock;

  /** @param {{ max: number, lifetime: number, clock: { now: () => number }, onTooMany: () => void }} limits */
  constructor(limits) {
    this.#clock = limits.clock;
    this.#bodies = new AgingMap({ ...limits, timeOf: ({ tick }) => tick });
  }

  /** Whether a signature came at all. @param {import('../..').Replay} replay */
  has({ signature }) {
    return this.#bodies.size > 0 && this.#bodies.get(hashOf(signature)) !== undefined;
  }

  /**
   * Whether a signature came with another body before. If it never came, this is its body.
   * @param {import('../..').Replay} replay
   */
  isReplay({ signature, bodyHash }) {
    const key = hashOf(signature);
    const body = hashOf(bodyHash);
    const before = this.#bodies.get(key);
    if (before === undefined) this.#bodies.set(key, { body, tick: this.#bodies.tickAt(this.#clock.now()) });
    return before !== undefined && before.body !== body;
  }
}

module.exports = { UsedSignatures };
