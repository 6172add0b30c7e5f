'use strict';

const { printable } = require('./printable.js');

/** How much of a body people want to see, in characters. */
const SHOWN = 4000;

/**
 * A request for `--json`, without what nobody should see.
 * @param {any} request
 * @param {<T>(value: T) => T} conceal
 */
function sentOf({ method, url, headers, body = '' }, conceal) {
  return { method, url: conceal(url), headers, body: conceal(body) };
}

/**
 * An answer for `--json`, without what nobody should see.
 * @param {import('../lib/exchange.js').Answer | undefined} answer
 * @param {<T>(value: T) => T} conceal
 */
function answerOf(answer, conceal) {
  if (!answer) return null;
  const { status, headers, body, duration } = answer;
  const shown = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return { status, headers: conceal(Object.fromEntries(shown)), body: conceal(body.toString()), duration };
}

/**
 * @param {ReturnType<typeof sentOf>} request
 * @param {import('./main.js').Page} page
 */
function requestLines({ method, url, headers, body }, { paint }) {
  return [paint('bold', `${method} ${url}`), ...headerLines(headers), ...bodyLines(body)];
}

/**
 * @param {NonNullable<ReturnType<typeof answerOf>>} answer
 * @param {import('./main.js').Page} page
 */
function answerLines({ status, headers, body, duration }, { words, paint }) {
  if (status === null) return [];
  return [
    paint('bold', words.text('status', { status, duration: { ms: duration } })),
    ...headerLines(headers),
    ...bodyLines(body),
  ];
}

/** @param {Record<string, string>} headers */
function headerLines(headers) {
  return Object.entries(headers).map(([name, value]) => printable(`${name}: ${value}`));
}

/** @param {string} body */
function bodyLines(body) {
  if (body === '') return [];
  return ['', printable(body.length > SHOWN ? `${body.slice(0, SHOWN)}…` : body)];
}

module.exports = { answerLines, answerOf, requestLines, sentOf };
