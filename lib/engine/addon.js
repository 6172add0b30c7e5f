'use strict';

const { loadAddon } = require('./addon-file.js');

/**
 * What `src/node.rs` exports; strings marked as wire are read and written by `lib/wire.js`. An account is the
 * number of an {@link EngineAccount}.
 * @typedef {object} Addon
 * @property {(options: EngineOptions) => number | WrongOption} openAccount
 * @property {(account: number) => void} closeAccount called here only
 * @property {(account: number, url: string) => string} receiveHandshake wire
 * @property {(account: number, url: string, body: Uint8Array | string, now: number, parsed: boolean) => import('../wire.js').Received | undefined} receiveMessage
 *   wire; `parsed` when the body is JSON of what a body parser made; undefined when no string can be that long
 * @property {(account: number, url: string, body: Uint8Array | string, now: number, flags: number) => import('../wire.js').Received | undefined} receiveTrusting
 *   the same for an account with `trust`, or a handshake; the sum of 1 for `parsed` and 2 for one of its headers
 * @property {(account: number, url: string, now: number) => string} checkUrl
 *   wire: the rejection of a POST whose body is not worth reading, or an empty string
 * @property {(url: string, isPush: boolean, now: number, tolerance: number) => string} checkParameters
 *   wire: the same of any request before its account is known
 * @property {(account: number) => boolean} judgesUrls whether `checkUrl` may refuse what passed `checkParameters` by the account's tolerance
 * @property {(one: number, other: number) => string | null} confusion why nothing tells the pushes of two accounts apart
 * @property {(account: number, body: Uint8Array | string, parsed: boolean) => string} plaintext of a push that was received
 * @property {(account: number, address: string, value: string, now: number, json: boolean) => string | undefined} reply
 *   wire; `json` when the value is JSON, not the text itself; undefined when no string can be that long
 * @property {(account: number, now: number) => string} handshakeRequest wire
 * @property {(account: number, message: string, now: number, json: boolean) => string} pushRequest
 *   wire; `json` when that is the data format
 * @property {(account: number, message: string, nonce: string, body: Uint8Array | string, json: boolean) => string} readAnswer
 *   wire: the reply to a message and the nonce of its URL, or to `''`
 * @property {(account: number, request: ExplainRequest, chinese: boolean) => string} explainFor JSON
 * @property {(request: ExplainRequest, accounts: NamedAccount[], chinese: boolean) => string} explain JSON
 * @property {(token: string) => (signature: string, timestamp: string, nonce: string) => boolean} checker
 * @property {(text: string) => string} digest the SHA-1 in base64url; `node:crypto` takes twice as long
 * @property {(text: string, bytes: number, growing: boolean) => [first: string, rest: string | string[]]} split
 *   see `lib/answers/split.js`; the rest in pieces where it is not short
 * @property {(url: string) => import('../..').PushQuery} query
 * @property {(rule: string) => string | null} objection wire: to what only JavaScript can see of a reply
 * @property {() => string[]} platforms what the option `platform` can be: the name, and what is particular to it, with blanks between
 * @property {() => string[]} trusts what the option `trust` can be: the name, and the headers by which its pushes are known, with blanks between
 * @property {(reason: string, limit: number) => string | null} rejection wire: of what only JavaScript can see
 * @property {(appKey: string, event: string, payload: string, given: string) => boolean} payEventSigMatches
 * @property {(token: string, timestamp: string, nonce: string, encrypt: string) => string} sign gives the `msg_signature`
 * @property {(encodingAESKey: string, encrypt: string) => string} openEnvelope wire
 * @property {(encodingAESKey: string, message: string, receiver: string, random: Uint8Array | undefined) => string} sealEnvelope
 *   wire; with 16 random bytes, or those of the system
 * @property {(token: string) => string | null} doubtfulToken
 * @property {(status: number, contentEncoding?: string, location?: string) => string | null} answerFlaw wire
 * @property {(body: Uint8Array, echostr: string) => string | null} echoFlaw wire
 * @property {(reason: string, chinese: boolean) => string} hint what to do about a reason
 * @property {(rows: string[]) => void} giveRows called here only, see `tables.js`
 * @property {(hints: string[], fixes: string[], replies: string[]) => void} giveSentences the same
 * @property {() => string} version of the package that it is a part of
 */

/**
 * What every engine exports, see {@link Addon}.
 * @typedef {Omit<Addon, 'openAccount' | 'closeAccount' | 'giveRows' | 'giveSentences' | 'version'> & { openAccount(options: EngineOptions): EngineAccount | WrongOption }} Engine
 */

/**
 * To be changed together with `Options` in `src/node.rs`.
 * @typedef {object} EngineOptions
 * @property {string[]} tokens
 * @property {string[]} encodingAesKeys
 * @property {string | undefined} appId
 * @property {string[] | undefined} receiveIds
 * @property {string | undefined} mode
 * @property {string | undefined} platform
 * @property {string | undefined} trust
 * @property {number} tolerance
 * @property {number} bodyLimit
 */

/** @typedef {{ option: string, message: string }} WrongOption */

/**
 * To be changed together with `ExplainRequest` in `src/node.rs`.
 * @typedef {object} ExplainRequest
 * @property {string | undefined} method
 * @property {string} text a URL, a query, or a line that holds one
 * @property {Uint8Array | undefined} body
 * @property {boolean} parsed when the body is JSON of what a body parser made
 * @property {number | undefined} now in seconds
 */

/**
 * To be changed together with `NamedAccount` in `src/node.rs`.
 * @typedef {object} NamedAccount
 * @property {string} name
 * @property {EngineOptions} options
 * @property {WrongOption | undefined} wrong what is wrong with their types
 */

/**
 * An account that is open in Rust, which also holds its secrets. Whoever uses its number has to keep this
 * object: once that is gone, the account is closed.
 * @typedef {{ readonly number: number }} EngineAccount
 */

const { closeAccount, giveRows, giveSentences, version: _, ...addon } = loadAddon();
/** Rust cannot see when JavaScript has forgotten an account. */
const forgotten = new FinalizationRegistry(closeAccount);
/** Whether the core has its tables. */
let hasRows = false;
let hasSentences = false;

/**
 * An account, or what is wrong with its options.
 * @param {EngineOptions} options
 * @returns {EngineAccount | WrongOption}
 */
function openAccount(options) {
  const number = addon.openAccount(options);
  if (typeof number !== 'number') return number;
  const account = { number };
  forgotten.register(account, number);
  return account;
}

/**
 * The same function, for which the core needs the rows of all messages.
 * @template {any[]} Args
 * @template Value
 * @param {(...args: Args) => Value} run
 * @returns {(...args: Args) => Value}
 */
function reading(run) {
  return (...args) => {
    if (!hasRows) handInRows();
    return run(...args);
  };
}

/**
 * The same function, for which the core needs its sentences.
 * @template {any[]} Args
 * @template Value
 * @param {(...args: Args) => Value} run
 * @returns {(...args: Args) => Value}
 */
function speaking(run) {
  return (...args) => {
    if (!hasSentences) handInSentences();
    return run(...args);
  };
}

function handInRows() {
  giveRows(require('./tables.js').rows());
  hasRows = true;
}

function handInSentences() {
  giveSentences(...require('./tables.js').sentences());
  hasSentences = true;
}

module.exports = {
  ...addon,
  openAccount,
  receiveMessage: reading(addon.receiveMessage),
  receiveTrusting: reading(addon.receiveTrusting),
  plaintext: reading(addon.plaintext),
  pushRequest: reading(addon.pushRequest),
  reply: reading(speaking(addon.reply)),
  readAnswer: reading(speaking(addon.readAnswer)),
  explain: reading(speaking(addon.explain)),
  explainFor: reading(speaking(addon.explainFor)),
  objection: speaking(addon.objection),
  hint: speaking(addon.hint),
};
