'use strict';

/**
 * The language of the reader, as the locale says.
 * @param {NodeJS.ProcessEnv} env
 * @returns {'zh' | 'en'}
 */
function localeLanguage({ LC_ALL, LC_MESSAGES, LANG }) {
  const locale = LC_ALL || LC_MESSAGES || LANG || Intl.DateTimeFormat().resolvedOptions().locale;
  return /^zh/i.test(locale) ? 'zh' : 'en';
}

module.exports = { localeLanguage };
