'use strict';

const v8 = require('node:v8');
const vm = require('node:vm');

/**
 * The bytes that stay when `make` is done and what it gave is held, those of the process, Rust's included.
 * @param {() => unknown} make
 */
async function memoryUsed(make) {
  v8.setFlagsFromString('--expose-gc');
  const gc = vm.runInNewContext('gc');
  const used = async () => {
    // What was measured before is out of reach only now, and told to be forgotten later still.
    for (let i = 0; i < 3; i++) {
      gc();
      await new Promise(setImmediate);
    }
    const { rss, heapTotal, heapUsed } = process.memoryUsage();
    // V8 keeps pages that it has emptied.
    return rss - heapTotal + heapUsed;
  };
  const before = await used();
  const held = await make();
  const after = await used();
  if (held === undefined) throw new Error('nothing was held');
  return after - before;
}

module.exports = { memoryUsed };
