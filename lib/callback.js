'use strict';

const { warnings } = require('./errors.js');
const { describe } = require('./thrown.js');

/**
 * Calls what a user gave to be told something, at once. What that throws, now or later, becomes a warning: it must
 * not change what the sender gets.
 * @param {string} option its name
 * @param {() => unknown} callback
 */
function call(option, callback) {
  new Promise((resolve) => resolve(callback())).catch((error) =>
    warnings.callbackThrew(option, describe(error)),
  );
}

module.exports = { call };
