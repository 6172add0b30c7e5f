'use strict';

const findings = require('./findings.json');
const { printable } = require('./printable.js');
const texts = require('./texts.json');

/**
 * The texts of one language.
 * @param {'zh' | 'en'} lang
 * @typedef {ReturnType<typeof createWords>} Words
 */
function createWords(lang) {
  return {
    lang,

    /**
     * @param {string} key its path in texts.json
     * @param {object} [facts] what stands in braces
     */
    text(key, facts) {
      const found = key.split('.').reduce((/** @type {any} */ at, name) => at[name], texts);
      return filled(found[lang], facts);
    },

    /**
     * What is wrong, and what to do.
     * @param {Finding} finding
     */
    finding({ name, facts }) {
      const { cause, next } = findings[name];
      return { finding: name, cause: filled(cause[lang], facts), next: filled(next[lang], facts) };
    },

    time,
  };

  /**
   * @param {string} text
   * @param {any} [facts]
   */
  function filled(text, facts = {}) {
    // A blank between Chinese and what is filled in stands there only if that is not Chinese, too.
    return text.replace(
      /((?<=\p{Script=Han}) )?\{(\w+)\}( (?=\p{Script=Han}))?/gu,
      (_, before, name, after) => {
        const said = shown(facts[name]);
        const [first, last] = [/^\p{Script=Han}/u, /\p{Script=Han}$/u].map((han) => han.test(said));
        return (first ? '' : (before ?? '')) + said + (last ? '' : (after ?? ''));
      },
    );
  }

  /** @param {any} fact text, a number, a list, one text for each language, or a time in milliseconds as `{ ms }` */
  function shown(fact) {
    if (Array.isArray(fact)) return fact.map(shown).join(texts.list_comma[lang]);
    return fact?.ms === undefined ? printable(String(fact?.[lang] ?? fact)) : time(fact.ms);
  }

  /** @param {number} ms */
  function time(ms) {
    if (ms < 1000) return texts.time.milliseconds[lang].replace('{n}', String(ms));
    return texts.time.seconds[lang].replace('{n}', String(Math.round(ms / 100) / 10));
  }
}

/**
 * A mistake by its name in findings.json, and what is known of it.
 * @typedef {{ name: string, facts: object }} Finding
 */

module.exports = { createWords };
