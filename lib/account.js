'use strict';

const native = require('./native.js');
const { accountOptions, optionsOf, wrongOption } = require('./options.js');

/**
 * One account's calls into Rust.
 * @param {any} options the options, or the token alone
 */
function nativeAccount(options) {
  const made = native.account(accountOptions(optionsOf(options)));
  if ('option' in made) throw wrongOption(made.option, made.message);
  return made;
}

module.exports = { nativeAccount };
