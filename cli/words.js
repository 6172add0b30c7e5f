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
    return text.replace(/\{(\w+)\}/g, (_, name) => shown(facts[name]));
  }

  /** @param {any} fact text, a number, a time in milliseconds as `{ ms }`, or a sentence in each language */
  function shown(fact) {
    if (fact?.[lang] !== undefined) return printable(fact[lang]);
    return fact?.ms === undefined ? printable(String(fact)) : time(fact.ms);
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
