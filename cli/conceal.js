'use strict';

/** So many letters are no part of an ordinary word by chance. */
const SURE = 8;

/** Behind no letter, or behind the end of an escape: of a URL, of JSON, of a terminal's colours. */
const WORD_BEGINS = String.raw`(?:(?<![A-Za-z])|(?<=%[\dA-Fa-f]{2}|\\(?:[bfnrt]|x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4})|\x1b\[[\d;]*m))`;

/**
 * Takes the secrets out of what is printed, since a server may say them: out of a text, or out of every
 * name, text and number of a JSON value.
 * @param {(string | undefined)[]} secrets
 * @returns {<T>(value: T) => T}
 */
function concealer(secrets) {
  // One may be a part of another.
  const known = secrets
    .filter((secret) => secret !== undefined)
    .toSorted((a, b) => b.length - a.length)
    .map(patternOf);
  const hidden = (/** @type {string} */ text) =>
    known.reduce((all, secret) => all.replace(secret, '***'), text);

  /**
   * @param {any} value
   * @returns {any}
   */
  function conceal(value) {
    if (typeof value === 'string') return hidden(value);
    if (typeof value === 'number') return hidden(String(value)) === String(value) ? value : '***';
    if (Array.isArray(value)) return value.map(conceal);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([name, inner]) => [hidden(name), conceal(inner)]));
  }
  return conceal;
}

/**
 * Where a secret stands. Anywhere, as a server may print it joined to a timestamp; but a short one of letters alone
 * may be a part of an ordinary word, and is none there.
 * @param {string} secret
 */
function patternOf(secret) {
  const literal = secret.replace(/[^A-Za-z0-9]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
  const isWordlike = secret.length < SURE && /^[A-Za-z]+$/.test(secret);
  return new RegExp(isWordlike ? `${WORD_BEGINS}${literal}(?![A-Za-z])` : literal, 'gu');
}

module.exports = { concealer };
