'use strict';

const { isRegExp } = require('node:util/types');
const { nextCalledTwice, wrongOption } = require('./errors.js');
const { readingOptions } = require('./options.js');

/** @typedef {(message: any, context: any, next: () => Promise<unknown>) => unknown} Middleware */

/** Documented in index.d.ts. @type {typeof import('..').compose} */
function compose(...handlers) {
  const all = /** @type {Middleware[]} */ (
    handlers.map((handler, index) => functionOf(handler, `compose(…)[${index}]`))
  );
  return (message, context, next) => runThrough(all, message, context, next);
}

/** Documented in index.d.ts. @type {typeof import('..').when} */
function when(test, handler) {
  const fits = conditionOf(test);
  const then = functionOf(handler, 'when(test, handler)');
  return (message, context, next = nothing) => {
    const goOn = (/** @type {unknown} */ yes) => (yes ? then(message, context, next) : next());
    const yes = fits(message, context);
    return typeof yes?.then === 'function' ? yes.then(goOn) : goOn(yes);
  };
}

/**
 * Runs the first handler, to which `next` is the second, and so on; to the last it is the one given.
 * @param {Middleware[]} handlers
 * @param {unknown} message
 * @param {unknown} context
 * @param {() => Promise<unknown>} [next]
 * @returns {unknown}
 */
function runThrough([handler, ...others], message, context, next) {
  if (!handler) return next?.();
  let isCalled = false;
  return handler(message, context, async () => {
    if (isCalled) throw nextCalledTwice();
    isCalled = true;
    return runThrough(others, message, context, next);
  });
}

async function nothing() {}

/**
 * @param {unknown} given
 * @returns {(message: any, context: any) => any}
 */
function conditionOf(given) {
  if (typeof given === 'function') return /** @type {any} */ (given);
  if (!isRegExp(given))
    throw wrongOption('when(test, handler)', 'must have a RegExp or a function as its test');
  // A copy, whose lastIndex nobody else moves.
  const pattern = readingOptions(() => new RegExp(/** @type {RegExp} */ (given)));
  return (message, context) => {
    const text = context?.text ?? message?.Content;
    pattern.lastIndex = 0;
    return typeof text === 'string' && pattern.test(text);
  };
}

/** @param {unknown} given @param {string} option what to call it @returns {Middleware} */
function functionOf(given, option) {
  if (typeof given !== 'function') throw wrongOption(option, 'must be a function');
  return /** @type {Middleware} */ (given);
}

module.exports = { compose, functionOf, runThrough, when };
