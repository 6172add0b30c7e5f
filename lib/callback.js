'use strict';

const { PRINT_EVERY } = require('./deadlines.js');
const { warnings } = require('./errors.js');
const { describe } = require('./thrown.js');

/**
 * Calls a user's callback, such as `onReject`. What it throws, now or later, becomes a warning: it must not change
 * the answer to the sender.
 * @param {string} option its name
 * @param {() => unknown} callback
 * @returns {Promise<unknown>} that it is done; it never rejects
 */
function call(option, callback) {
  return new Promise((resolve) => resolve(callback())).catch((error) => warn(option, error));
}

/** When each was warned of. */
const warned = new Map();

/**
 * Warns of something at most once in ten seconds: strangers can make it happen as often as they like.
 * @param {string} about
 * @param {() => void} tell
 */
function seldom(about, tell) {
  const now = performance.now();
  if (now - (warned.get(about) ?? -Infinity) < PRINT_EVERY) return;
  warned.set(about, now);
  tell();
}

/**
 * The warning of what a callback has thrown.
 * @param {string} option
 * @param {unknown} error
 */
function warn(option, error) {
  seldom(option, () => warnings.callbackThrew(option, describe(error)));
}

module.exports = { call, seldom, warn };
