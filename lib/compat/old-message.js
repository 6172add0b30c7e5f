'use strict';

/**
 * A message, or a part of it, as the old packages gave it: every value is a text, without blanks around it.
 * @param {any} value
 * @returns {any}
 */
function withTexts(value) {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(withTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withTexts(part)]));
}

module.exports = { withTexts };
