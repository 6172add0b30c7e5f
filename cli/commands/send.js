'use strict';

const { accountOf } = require('../account.js');
const { addressOf } = require('../address.js');
const { checkAddress, checkMessage } = require('../checks.js');
const { messageOf } = require('../message.js');
const { UsageError } = require('../usage-error.js');
const { printableJson } = require('../printable.js');
const { isFine, problemsOf, rowOf, tableOf } = require('../report.js');
const { createServer } = require('../server.js');
const { answerLines, answerOf, requestLines, sentOf } = require('../transcript.js');

/** @type {import('../main.js').Command['check']} */
async function check({ given, values, words, progress, note, stdin }) {
  const account = accountOf(values, note);
  const [mode] = account.modes;
  const [format] = account.formats;
  const gateway = account.gateway(mode, format);
  const way = { mode: account.hasModes ? mode : undefined, format };
  const message = await messageOf(values, stdin, note);
  refuseUnsendable(gateway, message);
  const address = await addressOf(given, values.timeout);
  const rows = [rowOf('address', checkAddress(address, account), words)];
  const nothing = { message: null, request: null, answer: null, reply: null };
  if (!address.known) return { ok: false, checks: rows, ...nothing };

  progress.show(words.text('check.message'));
  const server = createServer(address, values.timeout, account.conceal);
  const found = await checkMessage(server, gateway, message);
  rows.push(rowOf('message', found, words, way));
  return {
    ok: isFine(rows),
    checks: rows,
    message: account.conceal(found.request.message),
    request: sentOf(found.request, account.conceal),
    answer: answerOf(found.answer, account.conceal),
    reply: account.conceal(found.reply),
  };
}

/**
 * @param {import('../../testing').Gateway} gateway
 * @param {any} message
 */
function refuseUnsendable(gateway, message) {
  try {
    gateway.request(message);
  } catch (/** @type {any} */ error) {
    if (error.code !== 'ERR_WECHAT_PUSH_MESSAGE') throw error;
    throw new UsageError('wrong_message', { why: error.detail });
  }
}

/** @type {import('../main.js').Command['print']} */
function print({ checks, message, request, answer, reply }, page) {
  const { words, paint } = page;
  const part = (/** @type {string} */ key, /** @type {any} */ value) =>
    value ? [paint('bold', words.text(`send.${key}`)), printableJson(value), ''] : [];
  const sealed = checks.at(-1).mode !== 'plain';
  return [
    ...(sealed ? part('message', message) : []),
    ...(request ? [...requestLines(request, page), '', ...answerLines(answer, page), ''] : []),
    ...part('reply', reply),
    ...tableOf(checks, page),
    ...problemsOf(checks, page),
  ].join('\n');
}

module.exports = { check, print };
