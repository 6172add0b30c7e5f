'use strict';

/**
 * `zh` or `en`: what `--lang` says, else the locale. Found before the arguments are checked, for what
 * is wrong with them is said in it.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {'zh' | 'en'}
 */
function languageOf(args, env) {
  const asked = [...args.join('\n').matchAll(/^--lang[=\n](zh|en)$/gm)].at(-1)?.[1];
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG;
  const found = asked ?? (locale || Intl.DateTimeFormat().resolvedOptions().locale);
  return /^zh/i.test(found) ? 'zh' : 'en';
}

module.exports = { languageOf };
