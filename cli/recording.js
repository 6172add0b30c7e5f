'use strict';

const { routeOf } = require('../lib/message-user.js');
const { objectIn } = require('./json-object.js');
const { UsageError } = require('./usage-error.js');

// A file of pushes, as `play` and `record` write it and `play` and `send` take it. It has what was pushed and what was
// answered, and nothing that signs or opens it: whoever sends it again signs anew.

const MARK = 'wechat-push';
const WHAT = 'recording';
const VERSION = 1;

/** How many levels a message or a reply has at most. */
const DEPTH = 32;

/** In a push to a third-party platform's own URL: what gives access to accounts. */
const ACCESS = /(?:Ticket|Code|Token)$/;

/**
 * @typedef {object} RecordedPush
 * @property {string} at when it was pushed, in ISO 8601
 * @property {any} message
 * @property {string} [platform]
 * @property {string} mode
 * @property {string} format
 * @property {RecordedAttempt[]} attempts
 *
 * @typedef {object} RecordedAttempt
 * @property {number | null} status
 * @property {number} duration in milliseconds
 * @property {any} reply opened; null where there was none
 * @property {string | null} error why WeChat would not take the answer
 */

/**
 * A message of the past as one that is pushed for the first time, with an id and a time of its own.
 * @param {any} message
 */
function anew(message) {
  const own = { MsgId: undefined, CreateTime: undefined };
  const ofBot = { msgid: undefined, create_time: undefined, response_url: undefined };
  return { ...message, ...own, ...ofBot };
}

/**
 * The text of a file.
 * @param {RecordedPush[]} pushes
 * @param {<T>(value: T) => T} conceal
 */
function recordingOf(pushes, conceal) {
  // Names of ours stay: a Token may be such a word.
  const harmless = pushes.map(({ message, attempts, ...push }) => ({
    ...push,
    message: conceal(withoutAccess(message)),
    attempts: attempts.map(({ reply, ...attempt }) => ({ ...attempt, reply: conceal(reply) })),
  }));
  return `${JSON.stringify({ [MARK]: WHAT, version: VERSION, pushes: harmless }, null, 2)}\n`;
}

/** Whether an object is what stands in such a file. @param {any} object */
function isRecording(object) {
  return object[MARK] === WHAT;
}

/**
 * The pushes in the text of a file.
 * @param {string} text
 * @returns {RecordedPush[]}
 * @throws {UsageError}
 */
function readRecording(text) {
  return pushesIn(wholeObject(text));
}

/**
 * @param {any} recording
 * @returns {RecordedPush[]}
 * @throws {UsageError}
 */
function pushesIn(recording) {
  if (!isRecording(recording)) throw new UsageError('no_recording');
  const { version, pushes } = recording;
  if (version !== VERSION)
    throw new UsageError('recording_version', { version: JSON.stringify(version) ?? '–', known: VERSION });
  if (!Array.isArray(pushes) || pushes.length === 0) throw new UsageError('recording_empty');
  return pushes.map(pushIn);
}

/**
 * @param {any} push
 * @param {number} at
 * @returns {RecordedPush}
 */
function pushIn(push, at) {
  const broken = () => new UsageError('recording_push', { number: at + 1 });
  if (!isObject(push) || !isMessage(push.message)) throw broken();
  const { at: when, message, platform, mode = 'plain', format = 'xml', attempts = [] } = push;
  const words = [mode, format, platform ?? '', when ?? ''];
  if (words.some((one) => typeof one !== 'string') || !Array.isArray(attempts)) throw broken();
  return {
    at: when ?? '',
    message,
    platform,
    mode,
    format,
    attempts: attempts.filter(isObject).map(attemptIn),
  };
}

/** @param {any} attempt @returns {RecordedAttempt} */
function attemptIn({ status, duration, reply, error }) {
  return {
    status: Number.isInteger(status) ? status : null,
    duration: Number(duration) || 0,
    reply: isObject(reply) && isWithin(reply, DEPTH) ? reply : null,
    error: typeof error === 'string' ? error : null,
  };
}

/** @param {string} text */
function wholeObject(text) {
  try {
    return objectIn(text);
  } catch (/** @type {any} */ error) {
    if (error.reason !== 'no_json') throw error;
    throw new UsageError('recording_cut', error.facts);
  }
}

/** At its `response_url` anybody could answer a bot's message. @param {any} message */
function withoutAccess(message) {
  if (message.InfoType === undefined) return { ...message, response_url: undefined };
  return JSON.parse(
    JSON.stringify(message, (name, value) => (ACCESS.test(name) && isText(value) ? '***' : value)),
  );
}

/** Whether something could be pushed: it has a name. @param {any} value */
function isMessage(value) {
  if (!isObject(value) || !isWithin(value, DEPTH)) return false;
  const name = routeOf(value);
  return typeof name === 'string' && name !== '';
}

/** Whether a value has no more levels than that. @param {any} value @param {number} levels @returns {boolean} */
function isWithin(value, levels) {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isWithin(inner, levels - 1));
}

/** @param {any} value */
function isText(value) {
  return typeof value === 'string' && value !== '';
}

/** @param {any} value */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

module.exports = { anew, isRecording, pushesIn, readRecording, recordingOf };
