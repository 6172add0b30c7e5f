'use strict';

/**
 * Bytes that come in chunks, in one buffer: an object for each chunk would cost a hundred times what a chunk of
 * one byte holds, and the sender chooses the size of chunks.
 */
class GrowingBuffer {
  /** @type {Buffer} */
  #bytes = Buffer.alloc(0);
  length = 0;

  /**
   * How many bytes of memory it takes once `more` bytes are added.
   * @param {number} more
   */
  capacityWith(more) {
    const length = this.length + more;
    return length <= this.#bytes.length ? this.#bytes.length : Math.max(length, 2 * this.#bytes.length);
  }

  /** @param {Uint8Array} chunk */
  add(chunk) {
    const { length } = this;
    const capacity = this.capacityWith(chunk.length);
    this.length += chunk.length;
    if (capacity > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(capacity);
      this.#bytes.copy(larger, 0, 0, length);
      this.#bytes = larger;
    }
    this.#bytes.set(chunk, length);
  }

  /** All bytes that were added. */
  bytes() {
    return this.#bytes.subarray(0, this.length);
  }
}

module.exports = { GrowingBuffer };
