'use strict';

const { accountOf } = require('../account.js');
const { addressOf } = require('../address.js');
const { checkAddress, checkHandshake } = require('../checks.js');
const { isFine, problemsOf, rowOf, tableOf } = require('../report.js');
const { createServer } = require('../server.js');
const { answerLines, answerOf, requestLines, sentOf } = require('../transcript.js');

/** @type {import('../main.js').Command['check']} */
async function check({ given, values, words, progress, note }) {
  const account = accountOf(values, note);
  const [gateway, others] = [account.checker(), account.otherCheckers()];
  const name = account.isUnsigned ? 'path' : 'handshake';
  const address = await addressOf(given, values.timeout);
  const rows = [rowOf('address', checkAddress(address, account), words)];
  if (!address.known) return { ok: false, checks: rows, request: null, answer: null };

  progress.show(words.text(`check.${name}`));
  const server = createServer(address, values.timeout, account.conceal);
  const found = await checkHandshake(server, gateway, others);
  rows.push(rowOf(name, found, words));
  return {
    ok: isFine(rows),
    checks: rows,
    request: sentOf(found.request, account.conceal),
    answer: answerOf(found.answer, account.conceal),
  };
}

/** @type {import('../main.js').Command['print']} */
function print({ checks, request, answer }, page) {
  const sent = request ? [...requestLines(request, page), '', ...answerLines(answer, page), ''] : [];
  return [...sent, ...tableOf(checks, page), ...problemsOf(checks, page)].join('\n');
}

module.exports = { check, print };
