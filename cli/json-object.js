'use strict';

const { UsageError } = require('./usage-error.js');

/**
 * The object in the text of a JSON file.
 * @param {string} text
 * @throws {UsageError} also where a number would not stay as it is
 */
function objectIn(text) {
  let value;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''), refuseRounded);
  } catch (/** @type {any} */ error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError('no_json', { why: error.message });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new UsageError('no_object');
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function refuseRounded(name, value) {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return value;
  throw new UsageError('rounded_number', { name });
}

module.exports = { objectIn };
