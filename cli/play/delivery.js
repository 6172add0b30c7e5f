'use strict';

const { DELIVERIES } = require('../../lib/deadlines.js');
const { refusalOf } = require('../../lib/gateway.js');
const { judged } = require('../checks.js');

/**
 * Delivers a push as WeChat does, the same request again until an answer is accepted.
 * @param {any} request
 * @param {object} by
 * @param {import('../server.js').Server} by.server
 * @param {import('../../testing').Gateway} by.gateway
 * @param {() => void} by.started told of each delivery
 * @param {(attempt: Attempt) => void} by.ended
 * @returns {Promise<Attempt>} the last one
 */
async function deliver(request, { server, gateway, started, ended }) {
  for (let number = 1; ; number++) {
    started();
    const attempt = attemptOf(await server.see(request), gateway);
    ended(attempt);
    if (attempt.isAccepted || number === DELIVERIES) return attempt;
  }
}

/**
 * Asks for the rest of a reply, once.
 * @param {any} request
 * @param {{ server: import('../server.js').Server, gateway: import('../../testing').Gateway }} by
 */
async function askForMore(request, { server, gateway }) {
  return attemptOf(await server.see(request), gateway);
}

/**
 * One delivery.
 * @typedef {object} Attempt
 * @property {import('../../lib/exchange.js').Answer} answer
 * @property {boolean} isAccepted whether WeChat does not repeat it
 * @property {boolean} isTaken and whether it takes the reply, too
 * @property {any} reply opened
 * @property {string | null} rule which of those for replies it breaks
 * @property {import('../words.js').Finding | undefined} finding
 * @property {string | undefined} detail in English
 *
 * @param {import('../server.js').Seen} seen
 * @param {import('../../testing').Gateway} gateway
 * @returns {Attempt}
 */
function attemptOf(seen, gateway) {
  const { answer } = seen;
  const { finding, detail, reply = null } = judged(seen, gateway);
  const refusal = refusalOf(answer);
  const isAccepted = refusal === null;
  const rule = refusal?.reason ?? brokenRule(seen, gateway);
  return { answer, isAccepted, isTaken: isAccepted && rule === null, reply, rule, finding, detail };
}

/**
 * @param {import('../server.js').Seen} seen
 * @param {import('../../testing').Gateway} gateway
 * @returns {string | null}
 */
function brokenRule({ request, answer }, gateway) {
  try {
    gateway.read(answer.body, request.message);
    return null;
  } catch (/** @type {any} */ flaw) {
    return flaw.reason;
  }
}

module.exports = { askForMore, deliver };
