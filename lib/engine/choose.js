'use strict';

const { debuglog } = require('node:util');
const { noEngine, warnings, wrongOption } = require('../errors.js');
const { libc, machineName } = require('./machine.js');

/**
 * @typedef {import('./addon.js').Engine} Engine
 * @typedef {import('../errors.js').EngineFailure} EngineFailure
 */

/** In the order in which they are tried. @type {Record<string, () => Engine>} */
const ENGINES = { addon: () => require('./addon.js'), wasm };

module.exports = choose(process.env.WECHAT_PUSH_ENGINE);

/** Not by `#wasm`, whose resolution alone takes Node a good part of a millisecond. @returns {Engine} */
function wasm() {
  const modules = require('./wasm-file.js');
  return require('./wasm.js').engineOf(modules);
}

/**
 * The engine that was asked for, else the first that works here.
 * @param {string | undefined} wanted
 * @returns {Engine}
 */
function choose(wanted) {
  const names = Object.keys(ENGINES);
  if (wanted && !names.includes(wanted)) {
    throw wrongOption('WECHAT_PUSH_ENGINE', `is '${wanted}', and must be ${names.join(' or ')}`);
  }
  /** @type {EngineFailure[]} */
  const failures = [];
  for (const name of wanted ? [wanted] : names) {
    try {
      const engine = ENGINES[name]();
      tell(name, wanted ? 'as WECHAT_PUSH_ENGINE says' : undefined, failures[0]);
      return engine;
    } catch (/** @type {any} */ failure) {
      failures.push(failure);
    }
  }
  throw noEngine(machineName(), libc(), failures);
}

/**
 * Says which engine runs and why: in a warning where a file that should have worked does not.
 * @param {string} name
 * @param {string | undefined} why
 * @param {EngineFailure} [failure]
 */
function tell(name, why, failure) {
  const reason = why ?? failure?.detail;
  debuglog('wechat-push')(`engine: ${name}${reason ? `, ${reason}` : ''}`);
  if (failure && !failure.isMissing) warnings.otherEngine(failure.detail);
}
