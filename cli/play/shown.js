'use strict';

const { createWords } = require('../words.js');
const { asCurl } = require('./copies.js');
const { openedPush, openedReply } = require('./opened.js');

// An exchange as the page shows it, without what is secret, which an app may say.

const LANGUAGES = /** @type {const} */ (['en', 'zh']);

/** So much of a body is worth reading, in characters. */
const LONGEST = 32 * 1024;

/**
 * What was sent by an account.
 * @param {any} request
 * @param {import('../account.js').Account} account
 * @param {string} mode
 */
function shownRequest(request, { receiver, conceal }, mode) {
  const { method, url, headers, body } = request;
  const { pathname, search } = new URL(url);
  return {
    line: conceal(`${method} ${pathname}${search} HTTP/1.1`),
    headers: headerLines(headers),
    body: conceal(text(body)),
    opened: conceal(orNull(openedPush(receiver(mode), request))),
    curl: conceal(asCurl(request)),
  };
}

/**
 * What came of a delivery.
 * @param {import('./delivery.js').Attempt} attempt
 * @param {any} request
 * @param {import('../account.js').Account} account
 * @param {string} mode
 */
function shownAttempt(attempt, request, { receiver, conceal, explain }, mode) {
  const { answer, isAccepted, isTaken, reply, rule, finding, detail } = attempt;
  const body = answer.body.toString();
  // What went wrong in the app is none of the request.
  const isRefused = Number(answer.status) >= 400 && Number(answer.status) < 500;
  return {
    isWaiting: false,
    status: answer.status,
    duration: answer.duration,
    isAccepted,
    isTaken,
    isTimedOut: answer.error?.reason === 'timeout',
    headers: conceal(headerLines(answer.headers)),
    body: conceal(text(body)),
    bytes: answer.body.length,
    opened: isAccepted ? conceal(orNull(openedReply(receiver(mode), body))) : null,
    reply: conceal(reply),
    rule,
    finding: finding ? inEach((lang) => createWords(lang).finding(finding)) : null,
    detail: detail ?? null,
    explained: isRefused ? inEach((lang) => hintsOf(explain(request, lang, mode))) : null,
  };
}

/** What came of the check of the URL. @param {import('../checks.js').Checked} found */
function shownHandshake({ verdict, finding, detail, answer }) {
  return {
    isWaiting: false,
    ok: verdict === 'pass',
    status: answer?.status ?? null,
    duration: answer?.duration ?? null,
    finding: finding ? inEach((lang) => createWords(lang).finding(finding)) : null,
    detail: detail ?? null,
  };
}

/** What is known of a delivery of the past. @param {import('../recording.js').RecordedAttempt} attempt */
function shownRecorded({ status, duration, reply, error }) {
  return {
    isWaiting: false,
    status,
    duration,
    isAccepted: error === null,
    isTaken: error === null,
    isTimedOut: error === 'timeout',
    headers: '',
    body: '',
    bytes: 0,
    opened: null,
    reply,
    rule: error,
    finding: null,
    detail: null,
    explained: null,
  };
}

/** @param {import('../../index').Explanation} explanation */
function hintsOf({ ok, detail, hints }) {
  return { ok, detail, hints };
}

/**
 * @template T
 * @param {(lang: 'en' | 'zh') => T} make
 */
function inEach(make) {
  return /** @type {{ en: T, zh: T }} */ (Object.fromEntries(LANGUAGES.map((lang) => [lang, make(lang)])));
}

/** @param {import('node:http').IncomingHttpHeaders | Record<string, string>} headers */
function headerLines(headers) {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

/** @param {string} whole */
function text(whole) {
  return whole.length > LONGEST ? `${whole.slice(0, LONGEST).toWellFormed()}…` : whole;
}

/** @param {string | undefined} whole */
function orNull(whole) {
  return whole === undefined ? null : text(whole);
}

module.exports = { shownAttempt, shownHandshake, shownRecorded, shownRequest };
