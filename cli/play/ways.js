'use strict';

const { familyOf, platforms } = require('../../lib/platforms.js');
const { accountOf } = require('../account.js');
const { UsageError } = require('../usage-error.js');

const MODES = /** @type {const} */ (['plain', 'compat', 'secure']);
const FORMATS = ['xml', 'json'];

/**
 * How a push can be sent: as which platform, in which mode and format.
 * @typedef {object} Way
 * @property {string | null} platform null for any account of WeChat
 * @property {string} mode
 * @property {string} format
 *
 * @typedef {ReturnType<typeof waysOf>} Ways
 */

/**
 * The ways that the options allow, and that which they say.
 * @param {import('../options.js').Values} values
 * @param {(key: string) => void} note
 * @throws {UsageError}
 */
function waysOf(values, note) {
  const own = accountOf(values, note);
  const family = familyOf(values.platform);
  // Bots are pushed JSON.
  const formats = family === 'bot' ? own.formats : FORMATS;
  const usual = { platform: values.platform ?? null, mode: own.modes[0], format: own.formats[0] };
  own.gateway(usual.mode, usual.format);
  // What is pushed to one family says nothing to another.
  const alike = [undefined, ...platforms.keys()].filter((name) => familyOf(name) === family);
  const names = [...new Set([values.platform, ...alike])];
  /** @type {Map<string | null, { account: import('../account.js').Account, modes: string[] }>} */
  const known = new Map(names.flatMap((name) => entryOf(name, values)));

  return {
    usual,
    account: own,
    family,
    /** For the page: what each platform can be sent in. */
    offered: [...known].map(([platform, { modes }]) => ({ platform, modes, formats })),

    /** @param {any} way of which nothing is known @returns {way is Way} */
    has: (way) => Boolean(known.get(way?.platform)?.modes.includes(way.mode)) && formats.includes(way.format),

    /** @param {string | null} platform that {@link has} knows */
    accountOf: (platform) => /** @type {any} */ (known.get(platform)).account,

    /** The way of what was recorded, as far as there is one; of the others the usual. @param {any} recorded */
    nearest({ platform = null, mode, format }) {
      const found = known.get(platform);
      const row = found ?? known.get(usual.platform);
      return {
        platform: found ? platform : usual.platform,
        mode: row?.modes.includes(mode) ? mode : usual.mode,
        format: formats.includes(format) ? format : usual.format,
      };
    },
  };
}

/**
 * @param {string | undefined} platform
 * @param {import('../options.js').Values} values
 * @returns {[string | null, { account: import('../account.js').Account, modes: string[] }][]}
 */
function entryOf(platform, values) {
  const account = triedOr(undefined, () => accountOf({ ...values, platform, mode: undefined }, () => {}));
  if (!account) return [];
  const wanted = account.hasModes ? MODES : ['secure'];
  const modes = wanted.filter((mode) => triedOr(undefined, () => account.gateway(mode)));
  return modes.length > 0 ? [[platform ?? null, { account, modes }]] : [];
}

/**
 * @template T
 * @param {T} otherwise
 * @param {() => T} make
 */
function triedOr(otherwise, make) {
  try {
    return make();
  } catch (error) {
    if (error instanceof UsageError) return otherwise;
    throw error;
  }
}

module.exports = { waysOf };
