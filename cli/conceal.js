'use strict';

/**
 * Takes the secrets out of what is printed, since a server may say them: out of a text, or out of every
 * name, text and number of a JSON value.
 * @param {(string | undefined)[]} secrets
 * @returns {<T>(value: T) => T}
 */
function concealer(secrets) {
  // One may be a part of another.
  const known = secrets.filter((secret) => secret !== undefined).toSorted((a, b) => b.length - a.length);
  const hidden = (/** @type {string} */ text) =>
    known.reduce((all, secret) => all.replaceAll(secret, '***'), text);

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

module.exports = { concealer };
