'use strict';

const { refusalOf } = require('../../lib/gateway.js');
const { nameOf } = require('../play/kinds.js');
const { recordingOf } = require('../recording.js');

/** How many pushes are kept, the latest. */
const MOST = 1000;

/**
 * What was heard of a request: the push that it delivered, or why it is none of the account's.
 * @typedef {object} Heard
 * @property {string} name
 * @property {import('../recording.js').RecordedAttempt} attempt
 * @property {string} [detail] in English
 */

/**
 * Keeps what was pushed to an account, with what was answered.
 * @param {object} of
 * @param {import('../account.js').Account} of.account
 * @param {string} of.mode
 * @param {string} [of.platform]
 * @param {(heard: Heard) => void} of.keep told of each delivery
 */
function createRecorder({ account, mode, platform, keep }) {
  const receiver = account.receiver(mode);
  /** By what tells them apart. @type {{ id: string, push: import('../recording.js').RecordedPush }[]} */
  const pushes = [];

  return {
    pushes,

    /** @param {import('./pass-on.js').Passed} passed */
    take(passed) {
      if (passed.method !== 'POST') return;
      const outcome = receiver.receive(passed);
      if (outcome.type === 'rejected')
        return keep({ name: '', attempt: attemptOf(passed, null, null), detail: outcome.detail });
      if (outcome.type !== 'message') return;
      const { id, message, format, encrypted } = outcome;
      const way = encrypted ? (mode === 'compat' ? mode : 'secure') : 'plain';
      const attempt = answered(passed, message, account.gateway(way, format));
      const known = pushes.find((one) => one.id === id);
      if (known) known.push.attempts.push(attempt);
      else
        pushes.push({
          id,
          push: { at: new Date().toISOString(), message, platform, mode: way, format, attempts: [attempt] },
        });
      pushes.splice(0, Math.max(0, pushes.length - MOST));
      keep({ name: nameOf(message), attempt });
    },

    /** All of it, as the text of a file. */
    text: () =>
      recordingOf(
        pushes.map(({ push }) => push),
        account.conceal,
      ),
  };
}

/**
 * @param {import('./pass-on.js').Passed} passed
 * @param {any} message
 * @param {import('../../testing').Gateway} gateway
 */
function answered(passed, message, gateway) {
  if (passed.status === null) return attemptOf(passed, null, 'connection_closed');
  const flaw = refusalOf({ ...passed, headers: {}, body: passed.answer, error: null });
  if (flaw) return attemptOf(passed, null, flaw.reason);
  try {
    return attemptOf(passed, gateway.read(passed.answer, message), null);
  } catch (/** @type {any} */ error) {
    return attemptOf(passed, null, error.reason);
  }
}

/**
 * @param {import('./pass-on.js').Passed} passed
 * @param {any} reply
 * @param {string | null} error
 * @returns {import('../recording.js').RecordedAttempt}
 */
function attemptOf({ status, duration }, reply, error) {
  return { status, duration, reply, error };
}

module.exports = { createRecorder };
