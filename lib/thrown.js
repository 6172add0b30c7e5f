'use strict';

const { isNativeError } = require('node:util/types');
const { handlerThrew } = require('./errors.js');

/**
 * What was thrown, in words: an error's stack where it has one. Anything can be thrown, also what throws
 * again when it is looked at.
 * @param {any} thrown
 */
function describe(thrown) {
  return firstText(thrown, [() => thrown.stack, () => thrown.message, () => String(thrown)]);
}

/**
 * The same without where it was thrown.
 * @param {any} thrown
 */
function thrownMessage(thrown) {
  return firstText(thrown, [() => thrown.message, () => String(thrown)]);
}

/**
 * An error that can be handed on: web frameworks take `next(undefined)` for success, `next('route')` for a
 * command, and some end the process over an error that throws when it is read.
 * @param {any} thrown
 * @returns {Error}
 */
function toError(thrown) {
  return isReadable(thrown) ? thrown : handlerThrew(describe(thrown));
}

/**
 * @param {unknown} thrown
 * @param {(() => unknown)[]} ways to read it
 */
function firstText(thrown, ways) {
  for (const read of ways) {
    try {
      const text = read();
      if (typeof text === 'string' && text !== '') return text;
    } catch {
      // Try the next way.
    }
  }
  return `something of type ${typeof thrown} that cannot be shown`;
}

/** @param {any} thrown */
function isReadable(thrown) {
  try {
    if (!isNativeError(thrown) && !(thrown instanceof Error)) return false;
    return [thrown.message, thrown.stack, String(thrown)].every((text) => typeof text === 'string');
  } catch {
    return false;
  }
}

module.exports = { describe, thrownMessage, toError };
