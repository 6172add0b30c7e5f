'use strict';

const { explainPush } = require('../../lib/explain-push.js');
const { UsageError } = require('../usage-error.js');
const { printable } = require('../printable.js');
const { readText } = require('../read-text.js');

/** @type {import('../main.js').Command['check']} */
async function check({ given, values, words, stdin }) {
  const { token, 'app-id': appId, 'encoding-aes-key': encodingAESKey, mode, body } = values;
  if (token === undefined) throw new UsageError('no_token');
  if (given === '-' && body === '-') throw new UsageError('stdin_twice');
  const text = given === '-' ? await readText('-', stdin) : given;
  // What is in a log is old, and nobody asks how old.
  const account = { token, appId, encodingAESKey, mode: mode?.[0], tolerance: 0 };
  const request = body === undefined ? text : { url: text, body: await readText(body, stdin) };
  return explainPush(request, account, { lang: words.lang });
}

/** @type {import('../main.js').Command['print']} */
function print({ ok, reason, code, detail, hints }, { words, paint }) {
  const verdict = ok ? paint('green', '✓') : paint('red', '✗');
  const name = ok ? words.text('explain.fine') : code === null ? reason : `${reason} (${code})`;
  const lines = hints.map((/** @type {string} */ hint) => `  → ${printable(hint)}`);
  return [`${verdict} ${paint('bold', name)}`, `  ${paint('dim', printable(detail))}`, ...lines].join('\n');
}

module.exports = { check, print };
