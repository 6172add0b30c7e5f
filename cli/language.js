'use strict';

const { localeLanguage } = require('../lib/language.js');

/**
 * `zh` or `en`: what `--lang` says, else the locale. Found before the arguments are checked, for what
 * is wrong with them is said in it.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {'zh' | 'en'}
 */
function languageOf(args, env) {
  const asked = [...args.join('\n').matchAll(/^--lang[=\n](zh|en)$/gm)].at(-1)?.[1];
  return asked === undefined ? localeLanguage(env) : /** @type {'zh' | 'en'} */ (asked);
}

module.exports = { languageOf };
