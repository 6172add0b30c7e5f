'use strict';

const engine = require('./engine/index.js');
const { accountOptions, optionsOf, wrongOption } = require('./options.js');

/**
 * Opens an account in the engine.
 * @param {any} options the options, or the token alone
 * @returns {import('./engine/addon.js').EngineAccount}
 */
function openAccount(options) {
  const opened = engine.openAccount(accountOptions(optionsOf(options)));
  if ('option' in opened) throw wrongOption(opened.option, opened.message);
  return opened;
}

module.exports = { openAccount };
