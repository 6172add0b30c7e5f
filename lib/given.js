'use strict';

// What callers give can be anything: a getter or a proxy may throw, and what is thrown can be anything too.

/** @type {WeakSet<object>} */
const ours = new WeakSet();

/**
 * A `TypeError` of this package.
 * @param {string} code
 * @param {string} message
 * @param {object} [more] what else it tells
 */
function typeError(code, message, more) {
  const error = Object.assign(new TypeError(`wechat-push: ${message}`), { code, ...more });
  ours.add(error);
  return error;
}

/**
 * What `read` makes of a given value. Where the value throws, its error gives way to ours: nobody has said
 * what it is, and it may hold a secret.
 * @template T
 * @param {() => T} read
 * @param {() => Error} wrong
 * @returns {T}
 */
function reading(read, wrong) {
  try {
    return read();
  } catch (/** @type {any} */ error) {
    throw ours.has(error) ? error : wrong();
  }
}

module.exports = { reading, typeError };
