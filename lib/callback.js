'use strict';

const { warnings } = require('./errors.js');
const { describe } = require('./thrown.js');

/**
 * Calls a user's callback, such as `onReject`. What it throws, now or later, becomes a warning: it must not change
 * the answer to the sender.
 * @param {string} option its name
 * @param {() => unknown} callback
 */
function call(option, callback) {
  new Promise((resolve) => resolve(callback())).catch((error) =>
    warnings.callbackThrew(option, describe(error)),
  );
}

module.exports = { call };
