'use strict';

/** How much more than usual is tried: 1 in `npm test`, more in `npm run test:hardening`. */
const factor = Number(process.env.WECHAT_PUSH_RUNS ?? 1);
if (!(factor > 0)) throw new Error('WECHAT_PUSH_RUNS must be a number above 0');

/** How often a property is tried that is usually tried `count` times. */
function runs(count) {
  return Math.ceil(count * factor);
}

module.exports = { runs };
