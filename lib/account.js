'use strict';

const engine = require('./engine/index.js');
const { wrongOption } = require('./errors.js');

/**
 * Opens an account in the engine, which keeps its secrets.
 * @param {import('./engine/addon.js').EngineOptions} options
 * @returns {import('./engine/addon.js').EngineAccount}
 */
function openAccount(options) {
  const opened = engine.openAccount(options);
  if ('option' in opened) throw wrongOption(opened.option, opened.message);
  return opened;
}

module.exports = { openAccount };
