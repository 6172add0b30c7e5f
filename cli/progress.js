'use strict';

/**
 * One line on a terminal that says what is being done, gone when something else is said.
 * @param {any} stream
 * @typedef {ReturnType<typeof createProgress>} Progress
 */
function createProgress(stream) {
  let shown = false;
  return {
    /** @param {string} text */
    show(text) {
      if (!stream.isTTY) return;
      stream.write(`\r\x1b[2K… ${text}`);
      shown = true;
    },
    end() {
      if (shown) stream.write('\r\x1b[2K');
      shown = false;
    },
  };
}

module.exports = { createProgress };
