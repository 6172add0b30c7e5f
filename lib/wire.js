'use strict';

// The one format of what crosses between Rust and JavaScript; `src/wire.rs` is the other side. Both are tested
// against `__test__/wire/*.json`.

/** Between the parts of a message. */
const PART = '\x1f';
/** Between the parts of a reply address. */
const ADDRESS_PART = '\x1e';
/** Before the index of a text that stands beside the JSON. */
const LONG_TEXT = '\x1f';
/** The digit of the first key and the first Token. */
const FIRST = '1'.charCodeAt(0);
/** How many characters a signature has, and the hash behind it. */
const SIGNATURE = 40;

/**
 * An outcome as it crosses; with long texts an array of it and of them, a very long one in pieces.
 * @typedef {string | [string, ...(string | string[])[]]} Received
 */

/** Whether what was received is a message, to be read by {@link readMessage}. @param {Received} received */
function isMessage(received) {
  return typeof received !== 'string' || received[0] === '{';
}

/**
 * A message, its id, and the rest, of which the functions below take what they are asked for.
 * @param {Received} received
 */
function readMessage(received) {
  const text = typeof received === 'string' ? received : received[0];
  const id = text.indexOf(PART);
  const rest = text.indexOf(PART, id + 1);
  const json = text.slice(0, id);
  return {
    message: typeof received === 'string' ? JSON.parse(json) : withLongTexts(json, received),
    id: text.slice(id + 1, rest),
    rest: text.slice(rest + 1),
  };
}

/** The data format of the push. @param {string} rest @returns {'xml' | 'json'} */
function formatOf(rest) {
  return rest[0] === 'x' ? 'xml' : 'json';
}

/** Of WeCom, whom the push is for. @param {string} rest @returns {string | undefined} */
function receiveIdOf(rest) {
  return addressOf(rest).split(ADDRESS_PART)[4];
}

/** The index of the key that opened the push; undefined where it came in plaintext. @param {string} rest */
function keyOf(rest) {
  const key = rest.charCodeAt(1) - FIRST;
  return key < 0 ? undefined : key;
}

/** The index of the Token that signed. @param {string} rest */
function tokenOf(rest) {
  return rest.charCodeAt(4) - FIRST;
}

/** Where the reply goes, as the core reads it. @param {string} rest */
function addressOf(rest) {
  return rest.slice(0, rest.indexOf(PART));
}

/**
 * What identifies a replay: the signature and the hash of the body; nothing where the signature covers the body.
 * @param {string} rest
 * @returns {{ signature: string, bodyHash: string } | undefined}
 */
function authenticationOf(rest) {
  const text = rest.slice(rest.indexOf(PART) + 1);
  if (text === '') return undefined;
  return { signature: text.slice(0, SIGNATURE), bodyHash: text.slice(SIGNATURE) };
}

/**
 * @param {string} json
 * @param {[string, ...(string | string[])[]]} received
 */
function withLongTexts(json, [, ...long]) {
  // Added up, V8 puts them together when they are read, if ever; `join` would at once.
  const texts = long.map((text) =>
    typeof text === 'string' ? text : text.reduce((all, piece) => all + piece),
  );
  return JSON.parse(json, (_, value) =>
    typeof value === 'string' && value[0] === LONG_TEXT ? texts[value.slice(1)] : value,
  );
}

/** Whether what was received is a handshake, to be read by {@link readHandshake}. @param {string} received */
function isHandshake(received) {
  return received[0] === 'H';
}

/**
 * A handshake, and the index of the Token that signed it. It has a signature where a push could carry it, too; of WeCom
 * it says whom it is for.
 * @param {string} text
 * @returns {{ echostr: string, token: number, signature?: string, receiveId?: string }}
 */
function readHandshake(text) {
  const end = text.indexOf(PART);
  const echostr = text.slice(end + 1);
  const token = text.charCodeAt(1) - FIRST;
  if (end === 2) return { echostr, token };
  const at = text.lastIndexOf(ADDRESS_PART, end);
  if (at === -1) return { echostr, token, signature: text.slice(2, end) };
  return { echostr, token, signature: text.slice(2, at) || undefined, receiveId: text.slice(at + 1, end) };
}

/**
 * @param {string} text
 * @returns {import('..').Rejected}
 */
function readRejection(text) {
  return { type: 'rejected', ...JSON.parse(text.slice(1)) };
}

/** @typedef {'none' | 'xml' | 'json'} ReplyFormat */

/** @type {Record<string, ReplyFormat>} */
const REPLY_FORMATS = { T: 'none', X: 'xml', J: 'json', j: 'json' };

/**
 * What goes now, and what becomes of a value that is not sent as it is.
 * @typedef {object} Verdict
 * @property {ReplyFormat} format
 * @property {string} body
 * @property {boolean} isDoubtful whether its user may not see it
 * @property {Objection} [objection]
 * @property {unknown} [first] of a value that is split, what goes now
 * @property {unknown} [rest] and what is left
 *
 * @typedef {object} Objection why a value is not sent as it is
 * @property {import('..').ReplyRule} rule
 * @property {'malformed' | 'too_long' | 'not_taken' | 'doubtful'} outcome
 * @property {string} en what is wrong and what to do
 * @property {string} zh
 */

/**
 * A verdict, or why nothing can be written.
 * @param {string} text
 * @returns {Verdict | { error: string }}
 */
function readVerdict(text) {
  const letter = text[0];
  if (letter === 'E') return { error: text.slice(1) };
  if (letter !== 'N') return verdict(letter, text.slice(1));
  const { format, body, objection, first, rest } = JSON.parse(text.slice(1));
  return rest === null ? verdict(format, body, objection) : verdict(format, body, objection, first, rest);
}

/**
 * All have the same properties, in which V8 is quick.
 * @param {string} letter
 * @param {string} body
 * @param {Objection} [objection]
 * @param {unknown} [first]
 * @param {unknown} [rest]
 * @returns {Verdict}
 */
function verdict(letter, body, objection, first, rest) {
  return { format: REPLY_FORMATS[letter], body, isDoubtful: letter === 'j', objection, first, rest };
}

/**
 * @param {string} text
 * @returns {Objection}
 */
function readObjection(text) {
  return JSON.parse(text);
}

/**
 * What stands in an envelope; why it cannot be opened; or what is wrong with the key.
 * @param {string} text
 * @returns {{ message: string, id: string, random: string } | import('..').Rejected | { error: string }}
 */
function readEnvelope(text) {
  if (text[0] === 'E') return { error: text.slice(1) };
  return text[0] === 'R' ? readRejection(text) : JSON.parse(text);
}

/**
 * The text of `Encrypt`, or what is wrong with the key.
 * @param {string} text
 * @returns {string | { error: string }}
 */
function readSealed(text) {
  return text[0] === 'E' ? { error: text.slice(1) } : text.slice(1);
}

/**
 * A request of WeChat's server, or why there is none.
 * @param {string} text
 * @returns {{ query: any, headers: any, body: string, message: any, echo?: any } | { error: string }}
 */
function readRequest(text) {
  return text[0] === '{' ? JSON.parse(text) : { error: text.slice(1) };
}

/**
 * The reply in an answer, or what is wrong with it.
 * @param {string} text
 * @returns {{ reply: import('../testing').ReadReply | null, error: import('../testing').GatewayError | null }}
 */
function readAnswer(text) {
  if (text[0] === 'F') return { reply: null, error: readFlaw(text) };
  return { reply: text === 'N' ? null : JSON.parse(text), error: null };
}

/**
 * What is wrong with an answer; null for nothing.
 * @param {string | null} text
 * @returns {import('../testing').GatewayError | null}
 */
function readFlaw(text) {
  return text === null ? null : JSON.parse(text.slice(1));
}

/**
 * What was found, and what to do.
 * @param {string} text
 * @returns {import('..').Explanation}
 */
function readExplanation(text) {
  return JSON.parse(text);
}

module.exports = {
  addressOf,
  authenticationOf,
  formatOf,
  isHandshake,
  isMessage,
  keyOf,
  readAnswer,
  readEnvelope,
  readExplanation,
  readFlaw,
  readHandshake,
  readMessage,
  readObjection,
  readRejection,
  readRequest,
  readSealed,
  readVerdict,
  receiveIdOf,
  tokenOf,
};
