'use strict';

const { channel } = require('node:diagnostics_channel');
const { keysOf } = require('../route.js');

// What metrics and traces need of every delivery of a verified push. Both channels cost nothing while nobody listens.
const received = channel('wechat-push:received');
const handled = channel('wechat-push:handled');

/**
 * @param {import('../..').Received} outcome
 * @param {import('../..').EndpointRequest} request
 */
function tellReceived(outcome, { request }) {
  if (!received.hasSubscribers) return;
  const { message, id, account, token, key } = outcome;
  received.publish({ kind: kindOf(message), id, account, token, key, message, request });
}

/**
 * @param {object} delivery
 * @param {import('../..').Received} delivery.outcome
 * @param {{ attempt: number, hasRun: boolean }} delivery.push
 * @param {import('../..').PushAnswer} delivery.how
 * @param {number} delivery.duration
 * @param {import('../..').EndpointRequest} delivery.request
 */
function tellHandled({ outcome, push, how, duration, request: { request } }) {
  if (!handled.hasSubscribers) return;
  const { message, id, account } = outcome;
  const { attempt, hasRun } = push;
  const kind = kindOf(message);
  handled.publish({ kind, id, account, attempt, hasRun, answer: how, duration, message, request });
}

/**
 * @param {import('../delivery/delivery.js').Delivered} delivered
 * @returns {import('../..').PushAnswer}
 */
function howAnswered(delivered) {
  if (typeof delivered === 'string') return delivered;
  return delivered.record === '' ? 'success' : 'reply';
}

/** The most specific name under which `route` looks for its handler. @param {unknown} message */
function kindOf(message) {
  return keysOf(message)[0] ?? 'default';
}

module.exports = { howAnswered, tellHandled, tellReceived };
