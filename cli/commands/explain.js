'use strict';

const { reasons } = require('../../core/hints.json');
const { explainPush } = require('../../lib/explain-push.js');
const { UsageError } = require('../usage-error.js');
const { printable } = require('../printable.js');
const { readBytes, readText } = require('../read-text.js');

/** @type {import('../main.js').Command['check']} */
async function check({ given, values, words, stdin }) {
  const {
    token,
    'app-id': appId,
    'receive-id': receiveId,
    'encoding-aes-key': encodingAESKey,
    body,
  } = values;
  const { platform, trust } = values;
  if (token === undefined && trust === undefined) throw new UsageError('no_token');
  if (given === '-' && body === '-') throw new UsageError('stdin_twice');
  const text = given === '-' ? await readText('-', stdin) : given;
  // What is in a log is old, and nobody asks how old.
  const mode = values.mode?.[0];
  const account = /** @type {import('../..').AccountOptions} */ ({
    token,
    appId,
    receiveId,
    encodingAESKey,
    platform,
    trust,
    mode,
    tolerance: 0,
  });
  const request = body === undefined ? text : { url: text, body: await readBytes(body, stdin) };
  return explainPush(request, account, { lang: words.lang });
}

/** @type {import('../main.js').Command['print']} */
function print({ ok, reason, code, detail, hints }, { words, paint }) {
  const verdict = ok ? paint('green', '✓') : paint('red', '✗');
  const said = ok ? words.text('explain.fine') : meaningOf({ reason, detail }, words);
  const more = detail === said ? [] : [`  ${paint('dim', words.text('detail', { detail }))}`];
  const number = code === null ? '' : words.text('code', { code });
  const lines = hints.map((/** @type {string} */ hint) => `  → ${printable(hint)}`);
  return [`${verdict} ${paint('bold', printable(said) + number)}`, ...more, ...lines].join('\n');
}

/** In English `detail` says it best; readers of another language get the reason in theirs, and `detail` with it. */
function meaningOf(
  /** @type {any} */ { reason, detail },
  /** @type {import('../words.js').Words} */ { lang },
) {
  return lang === 'en' ? detail : reasons[reason].means[lang];
}

module.exports = { check, print };
