'use strict';

/**
 * What other processes know of an answer that grows: whose it is, and what its user is shown.
 * @typedef {{ v: 1, user: string, reply: any }} Kept
 */

/** @param {import('../..').PushRecord | undefined} record @returns {Kept | undefined} */
function keptIn(record) {
  const kept = record && JSON.parse(record.value);
  return kept?.v === 1 ? kept : undefined;
}

/**
 * @param {string} user
 * @param {object} reply
 */
function valueOf(user, reply) {
  return JSON.stringify({ v: 1, user, reply });
}

module.exports = { keptIn, valueOf };
