'use strict';

const { accountOf } = require('../account.js');
const { addressOf } = require('../address.js');
const { WECOM_ASKS_FOR } = require('../../lib/deadlines.js');
const { checkAddress, checkMessage, checkStream, isGrowing } = require('../checks.js');
const { messagesOf } = require('../message.js');
const { UsageError } = require('../usage-error.js');
const { printableJson } = require('../printable.js');
const { isFine, problemsOf, rowOf, tableOf } = require('../report.js');
const { createServer } = require('../server.js');
const { answerLines, answerOf, requestLines, sentOf } = require('../transcript.js');

/** @type {import('../main.js').Command['check']} */
async function check({ given, values, words, progress, note, stdin, pause }) {
  const account = accountOf(values, note);
  const messages = await messagesOf(values, stdin, note);
  const pushes = messages.map((one) => ({ message: one.message, way: wayOf(account, values, one) }));
  for (const { way, message } of pushes) refuseUnsendable(way.gateway, message);
  const address = await addressOf(given, values.timeout);
  const first = rowOf('address', checkAddress(address, account), words);
  if (!address.known) return { ok: false, checks: [first], ...NOTHING };

  progress.show(words.text('check.message'));
  const server = createServer(address, values.timeout, account.conceal);
  const checks = [first];
  const sent = [];
  for (const { message, way } of pushes) {
    const { gateway, mode, format } = way;
    const whole = await checkMessage(server, gateway, message);
    checks.push(rowOf('message', whole, words, { mode: account.hasModes ? mode : undefined, format }));
    const often = { pause, most: Math.floor(WECOM_ASKS_FOR / pause) };
    const more = isGrowing(whole) && (await checkStream(server, gateway, whole, often));
    if (more) checks.push(rowOf('stream', more, words));
    const found = more || whole;
    sent.push({
      message: account.conceal(found.request.message),
      request: sentOf(found.request, account.conceal),
      answer: answerOf(found.answer, account.conceal),
      reply: account.conceal(found.reply),
    });
  }
  // Of one push it is what it is, of a recording a list.
  return { ok: isFine(checks), checks, ...(sent.length > 1 ? { ...NOTHING, pushes: sent } : sent[0]) };
}

const NOTHING = { message: null, request: null, answer: null, reply: null };

/**
 * How a message is sent: as the options say, else as it was recorded, as far as the account can.
 * @param {import('../account.js').Account} account
 * @param {import('../options.js').Values} values
 * @param {{ mode?: string, format?: string }} recorded
 */
function wayOf(account, values, recorded) {
  const isPlain = !account.hasModes || account.modes[0] === 'plain' || values.mode !== undefined;
  const mode = isPlain ? account.modes[0] : (recorded.mode ?? account.modes[0]);
  const format = values.format?.[0] ?? recorded.format ?? account.formats[0];
  return { mode, format, gateway: account.gateway(mode, format) };
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
function print({ checks, pushes, ...one }, page) {
  const parts = (pushes ?? [one]).map((/** @type {any} */ push, /** @type {number} */ at) =>
    partsOf(push, checks.slice(1)[at]?.mode !== 'plain', page),
  );
  return [...parts.flat(), ...tableOf(checks, page), ...problemsOf(checks, page)].join('\n');
}

/**
 * @param {any} push
 * @param {boolean} isSealed
 * @param {import('../main.js').Page} page
 */
function partsOf({ message, request, answer, reply }, isSealed, page) {
  const { words, paint } = page;
  const part = (/** @type {string} */ key, /** @type {any} */ value) =>
    value ? [paint('bold', words.text(`send.${key}`)), printableJson(value), ''] : [];
  return [
    ...(isSealed ? part('message', message) : []),
    ...(request ? [...requestLines(request, page), '', ...answerLines(answer, page), ''] : []),
    ...part('reply', reply),
  ];
}

module.exports = { check, print };
