'use strict';

const texts = require('./texts.json');

/** The language that a page asks for. @param {string} given @returns {'en' | 'zh'} */
function languageOf(given) {
  return given === 'zh' ? 'zh' : 'en';
}

/** The words of the page, by their paths: `{ 'chat.send': 'Send' }`. @param {'en' | 'zh'} lang */
function wordsOf(lang) {
  return Object.fromEntries(wordsIn(texts, '', lang));
}

/**
 * @param {any} part
 * @param {string} path
 * @param {'en' | 'zh'} lang
 * @returns {[path: string, word: string][]}
 */
function wordsIn(part, path, lang) {
  if (typeof part[lang] === 'string') return [[path, part[lang]]];
  return Object.entries(part).flatMap(([name, inner]) =>
    wordsIn(inner, path === '' ? name : `${path}.${name}`, lang),
  );
}

module.exports = { languageOf, wordsOf };
