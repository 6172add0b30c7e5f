'use strict';

/** Numbers by which Rust knows what is open. One that is given back is given again. */
class Numbers {
  /** @type {number[]} */
  #free = [];
  #next = 0;

  take() {
    return this.#free.pop() ?? this.#next++;
  }

  /** @param {number} number of what is closed */
  giveBack(number) {
    this.#free.push(number);
  }
}

module.exports = { Numbers };
