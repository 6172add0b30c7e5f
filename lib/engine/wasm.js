'use strict';

const { constants } = require('node:buffer');
const { randomFillSync } = require('node:crypto');
const { isUint8Array } = require('node:util/types');
const { failedInside } = require('../errors.js');

// The core as WebAssembly. What is given to it is written into its memory, and what it returns is read from there:
// `src/wasm.rs` is the other side.

/** Bytes that can be written from the start: enough for most pushes. */
const INPUT = 64 * 1024;
/** What is longer is not taken: its text could not be a string either. */
const MOST_INPUT = constants.MAX_STRING_LENGTH;
/** Memory of WebAssembly never shrinks: an instance that has grown by more bytes than this is replaced. */
const MOST_GROWTH = 64 * 1024 * 1024;
/** The length of a field that is not there. */
const ABSENT = 0xffffffff;
/** Of ASCII it is faster than what writes into a `Buffer`. */
const encoder = new TextEncoder();
/** Between the parts of a text that is more than one. */
const PART = '\x1f';
/** Thrown for what no function takes: no string, or one that is too long. */
const UNUSABLE = Symbol('unusable');

/** The length of a `Uint8Array` whose property of that name may say anything. */
const { get: byteLengthOf } = /** @type {any} */ (
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'byteLength')
);

/** What `buffer.write(string, at, length)` ends in, where there is such a method. @type {(string: string, at: number, length: number) => number} */
const writeUtf8 = /** @type {any} */ (Buffer.prototype).utf8Write ?? Buffer.prototype.write;

/**
 * Where the memory has what an account or a Token was opened with: the only copy, from which another instance opens it
 * again. Rust wipes it when it is closed.
 * @typedef {{ open: 'openAccount' | 'openToken', at: number, length: number }} Opened
 */

/** By number. @type {Map<number, Opened>} */
const opened = new Map();
let nextNumber = 0;
/** Numbers of what was closed, to be given again. @type {number[]} */
const free = [];

/**
 * Of which instances are made: what pushes need, and the rest, by a function that compiles it.
 * @typedef {{ core: WebAssembly.Module, rest: () => WebAssembly.Module }} Modules
 */

/** @type {Modules} */
let modules;
/** What the instance exports. @type {any} */
let core;
/** What the rest exports, which works in the memory of the instance. @type {any} */
let rest;
/** Its memory, as long as it has not grown. @type {Buffer} */
let memory;
/** The part of it that is written to. @type {Buffer} */
let input;
let inputAt = 0;
let inputLength = 0;
/** The address and the length of a returned text. @type {Uint32Array} */
let result;
/** How large the memory may become. */
let mostMemory = Infinity;
/** Whether the next call needs another instance. */
let isWorn = false;

/** Whether the instance has its tables. */
let hasRows = false;
let hasSentences = false;

/** Rust cannot see when JavaScript has forgotten an account. */
const forgotten = new FinalizationRegistry(guarded(close));

/** @param {import('./addon.js').EngineOptions} options */
function openAccount(options) {
  const number = free.pop() ?? nextNumber++;
  const wrong = open(number, 'openAccount', accountFields(options));
  if (wrong !== undefined) {
    free.push(number);
    const end = wrong.indexOf(PART);
    return { option: wrong.slice(0, end), message: wrong.slice(end + 1) };
  }
  const account = { number };
  forgotten.register(account, number);
  return account;
}

/** @param {string} token */
function checker(token) {
  const number = free.pop() ?? nextNumber++;
  open(number, 'openToken', [token]);
  // As `guarded` does; but what is called there is not inlined, and a check is as short as the call.
  const check = (
    /** @type {string} */ signature,
    /** @type {string} */ timestamp,
    /** @type {string} */ nonce,
  ) => {
    try {
      if (isWorn) replace();
      return hasSigned(number, signature, timestamp, nonce);
    } catch (cause) {
      return failed(cause);
    }
  };
  forgotten.register(check, number);
  return check;
}

/**
 * @param {number} token
 * @param {string} signature
 * @param {string} timestamp
 * @param {string} nonce
 */
function hasSigned(token, signature, timestamp, nonce) {
  if (typeof signature !== 'string' || typeof timestamp !== 'string' || typeof nonce !== 'string')
    throw UNUSABLE;
  // One text is written faster than three.
  const all = signature + timestamp + nonce;
  const { read, written } = encoder.encodeInto(all, input);
  if (read === all.length && written === read) {
    return core.check(token, signature.length, timestamp.length, nonce.length) === 1;
  }
  // What is not ASCII has other lengths than its strings.
  const first = write(signature, 0);
  const second = write(timestamp, first);
  return core.check(token, first, second, write(nonce, first + second)) === 1;
}

/** @param {number} account @param {string} url */
function receiveHandshake(account, url) {
  return text(core.receiveHandshake(numeric(account), write(url, 0)));
}

/** @type {import('./addon.js').Engine['receiveMessage']} */
function receiveMessage(account, url, body, now, parsed) {
  const urlLength = write(url, 0);
  const bodyLength = writeBytes(body, urlLength);
  const count = core.receiveMessage(numeric(account), urlLength, bodyLength, numeric(now), flag(parsed));
  return received(count);
}

/** @type {import('./addon.js').Engine['receiveTrusting']} */
function receiveTrusting(account, url, body, now, flags) {
  const urlLength = write(url, 0);
  const bodyLength = writeBytes(body, urlLength);
  return received(
    core.receiveTrusting(numeric(account), urlLength, bodyLength, numeric(now), numeric(flags)),
  );
}

/** An outcome, with its long texts. @param {number} count */
function received(count) {
  return count < 2 ? text(count) : allTexts(count);
}

/** @type {import('./addon.js').Engine['checkUrl']} */
function checkUrl(account, url, now) {
  return text(core.checkUrl(numeric(account), write(url, 0), numeric(now)));
}

/** @type {import('./addon.js').Engine['checkParameters']} */
function checkParameters(url, isPush, now, tolerance) {
  return text(core.checkParameters(write(url, 0), flag(isPush), numeric(now), numeric(tolerance)));
}

/** @type {import('./addon.js').Engine['plaintext']} */
function plaintext(account, body, parsed) {
  return text(core.plaintext(numeric(account), writeBytes(body, 0), flag(parsed)));
}

/** @type {import('./addon.js').Engine['reply']} */
function reply(account, address, value, now, json) {
  handInRandom();
  const addressLength = write(address, 0);
  const valueLength = write(value, addressLength);
  return text(core.reply(numeric(account), addressLength, valueLength, numeric(now), flag(json)));
}

/** @type {import('./addon.js').Engine['handshakeRequest']} */
function handshakeRequest(account, now) {
  handInRandom();
  return text(late().handshakeRequest(numeric(account), numeric(now)));
}

/** @type {import('./addon.js').Engine['pushRequest']} */
function pushRequest(account, message, now, json) {
  handInRandom();
  return text(late().pushRequest(numeric(account), write(message, 0), numeric(now), flag(json)));
}

/** @type {import('./addon.js').Engine['readAnswer']} */
function readAnswer(account, message, nonce, body, json) {
  const messageLength = write(message, 0);
  const nonceLength = write(nonce, messageLength);
  const bodyLength = writeBytes(body, messageLength + nonceLength);
  return text(late().readAnswer(numeric(account), messageLength, nonceLength, bodyLength, flag(json)));
}

/** @type {import('./addon.js').Engine['explain']} */
function explain(request, accounts, chinese) {
  const fields = [...requestFields(request), accounts.length, ...accounts.flatMap(namedFields)];
  return text(late().explain(pack(fields), request.now ?? NaN, flag(chinese)));
}

/** @type {import('./addon.js').Engine['explainFor']} */
function explainFor(account, request, chinese) {
  return text(
    late().explainFor(numeric(account), pack(requestFields(request)), request.now ?? NaN, flag(chinese)),
  );
}

const engine = {
  openAccount: guarded(openAccount),
  checker: guarded(checker),
  receiveHandshake: guarded(receiveHandshake),
  receiveMessage: guarded(reading(receiveMessage)),
  receiveTrusting: guarded(reading(receiveTrusting)),
  checkUrl: guarded(checkUrl),
  checkParameters: guarded(checkParameters),
  judgesUrls: guarded((account) => core.judgesUrls(numeric(account)) === 1),
  confusion: guarded((one, other) => textOrNull(core.confusion(numeric(one), numeric(other)))),
  plaintext: guarded(reading(plaintext)),
  reply: guarded(reading(speaking(reply))),
  handshakeRequest: guarded(handshakeRequest),
  pushRequest: guarded(reading(pushRequest)),
  readAnswer: guarded(reading(speaking(readAnswer))),
  explain: guarded(reading(speaking(explain))),
  explainFor: guarded(reading(speaking(explainFor))),
  digest: guarded((value) => text(core.digest(write(value, 0)))),
  split: guarded((whole, bytes, growing) =>
    allTexts(core.split(write(whole, 0), numeric(bytes), flag(growing))),
  ),
  query: guarded((url) => JSON.parse(text(core.query(pack([url]))))),
  rejection: guarded((reason, limit) => textOrNull(core.rejection(pack([reason]), limit))),
  objection: guarded(speaking((rule) => textOrNull(core.objection(pack([rule]))))),
  platforms: guarded(() => text(core.platforms()).split(PART)),
  trusts: guarded(() => text(core.trusts()).split(PART)),
  answerFlaw: guarded((status, coding, location) =>
    textOrNull(late().answerFlaw(pack([coding, location]), status)),
  ),
  echoFlaw: guarded((body, echostr) => textOrNull(late().echoFlaw(pack([body, echostr])))),
  hint: guarded(speaking((reason, chinese) => text(core.hint(pack([reason]), flag(chinese))))),
  payEventSigMatches: guarded((...texts) => core.payEventSigMatches(pack(texts)) === 1),
  sign: guarded((...texts) => text(core.sign(pack(texts)))),
  openEnvelope: guarded((...texts) => text(core.openEnvelope(pack(texts)))),
  sealEnvelope: guarded((...fields) => {
    handInRandom();
    return text(core.sealEnvelope(pack(fields)));
  }),
  doubtfulToken: guarded((token) => textOrNull(core.doubtfulToken(pack([token])))),
};

/**
 * The engine over its modules.
 * @param {Modules} given
 */
function engineOf(given) {
  /** @type {WebAssembly.Module | undefined} */
  let compiled;
  modules = { core: given.core, rest: () => (compiled ??= given.rest()) };
  start();
  return engine;
}

/**
 * The same function for those who call the engine: a trap, after which nothing is sure of the instance, becomes an
 * error of ours, and the next call has another instance.
 * @template {any[]} Args
 * @template Value
 * @param {(...args: Args) => Value} run
 * @returns {(...args: Args) => Value}
 */
function guarded(run) {
  return (...args) => {
    try {
      if (isWorn) replace();
      return run(...args);
    } catch (cause) {
      return failed(cause);
    }
  };
}

/** @param {unknown} cause @returns {any} */
function failed(cause) {
  if (cause === UNUSABLE) return undefined;
  isWorn = true;
  throw failedInside(cause);
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
    if (!hasRows) giveRows();
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
    if (!hasSentences) giveSentences();
    return run(...args);
  };
}

function giveRows() {
  const all = require('./tables.js').rows();
  core.giveRows(pack([all.length, ...all]));
  hasRows = true;
}

function giveSentences() {
  const [hints, fixes, replies] = require('./tables.js').sentences();
  core.giveSentences(pack([hints.length, ...hints, fixes.length, ...fixes, replies.length, ...replies]));
  hasSentences = true;
}

function start() {
  core = new WebAssembly.Instance(modules.core).exports;
  rest = undefined;
  input = Buffer.alloc(0);
  inputLength = 0;
  reserve(INPUT);
  hasRows = false;
  hasSentences = false;
  mostMemory = memory.length + MOST_GROWTH;
}

/** What only diagnosis and the other side call; that of the instance itself where it is in one piece. */
function late() {
  if (core.explain) return core;
  rest ??= new WebAssembly.Instance(modules.rest(), { core }).exports;
  return rest;
}

/** Makes another instance, which has the same accounts and Tokens, and wipes what the worn one had. */
function replace() {
  const worn = core;
  const old = Buffer.from(worn.memory.buffer);
  start();
  try {
    const moved = Array.from(opened, ([number, { open: name, at, length }]) => {
      const record = old.subarray(at, at + length);
      reserve(length);
      input.set(record);
      core[name](number, length);
      return { open: name, at: returned()[0], length };
    });
    for (const [i, number] of [...opened.keys()].entries()) opened.set(number, moved[i]);
  } catch (error) {
    core = worn;
    throw error;
  }
  old.fill(0);
  mostMemory = memory.length + MOST_GROWTH;
  isWorn = false;
}

/**
 * Opens an account or a Token, or says what is wrong with its options.
 * @param {number} number
 * @param {Opened['open']} name
 * @param {Field[]} fields
 * @returns {string | undefined}
 */
function open(number, name, fields) {
  const length = pack(fields);
  const wrong = text(core[name](number, length));
  if (wrong === undefined) opened.set(number, { open: name, at: returned()[0], length });
  return wrong;
}

/** @param {number} number */
function close(number) {
  opened.delete(number);
  core.close(number);
  free.push(number);
}

/** Random bytes have to be there before a function asks for them. */
function handInRandom() {
  const bytes = core.randomNeeded();
  if (bytes === 0) return;
  reserve(bytes);
  randomFillSync(input, 0, bytes);
  core.handInRandom();
}

/** Sees to it that so many bytes can be written; those that were written stay. @param {number} bytes */
function reserve(bytes) {
  if (bytes <= input.length) return;
  if (bytes > MOST_INPUT) throw UNUSABLE;
  inputLength = Math.max(bytes, inputLength);
  inputAt = core.input(inputLength);
  look();
}

/** Looks at the memory anew, as has to be done when it has grown. */
function look() {
  const { buffer } = core.memory;
  memory = Buffer.from(buffer);
  input = Buffer.from(buffer, inputAt, inputLength);
  result = new Uint32Array(buffer, core.result(), 2);
  isWorn ||= memory.length > mostMemory;
}

/**
 * Writes a text as UTF-8 and returns how many bytes that are; lone surrogates become U+FFFD.
 * @param {string} string
 * @param {number} at
 */
function write(string, at) {
  if (typeof string !== 'string') throw UNUSABLE;
  // A unit takes three bytes at the most.
  if (at + string.length * 3 > input.length) reserve(at + Buffer.byteLength(string));
  // Without the length, workerd takes that of the whole.
  return writeUtf8.call(input, string, at, input.length - at);
}

/**
 * Writes the bytes of a `Uint8Array` or of a string, and returns how many; of anything else there are none.
 * @param {unknown} value
 * @param {number} at
 */
function writeBytes(value, at) {
  if (typeof value === 'string') return write(value, at);
  if (!isUint8Array(value)) return 0;
  const length = byteLengthOf.call(value);
  if (length === 0) return 0;
  reserve(at + length);
  // Of memory that other threads see and that grows meanwhile, no more than fits.
  Uint8Array.prototype.set.call(input.subarray(at, at + length), value);
  return length;
}

/** @typedef {string | number | boolean | Uint8Array | undefined} Field */

/**
 * Writes a record: each field with its length before it.
 * @param {Field[]} fields
 */
function pack(fields) {
  let at = 0;
  for (const field of fields) {
    reserve(at + 4);
    const length = field === undefined ? 0 : writeBytes(plain(field), at + 4);
    input.writeUInt32LE(field === undefined ? ABSENT : length, at);
    at += 4 + length;
  }
  return at;
}

/** Numbers and flags as texts. @param {string | number | boolean | Uint8Array} field */
function plain(field) {
  if (typeof field === 'boolean') return field ? '1' : '';
  return typeof field === 'number' ? String(field) : field;
}

/**
 * In the order of `account_options` in `src/wasm.rs`.
 * @param {import('./addon.js').EngineOptions} options
 * @returns {Field[]}
 */
function accountFields({ tokens, encodingAesKeys, appId, receiveIds, mode, platform, trust, ...limits }) {
  const lists = [tokens.length, ...tokens, encodingAesKeys.length, ...encodingAesKeys];
  const receivers = receiveIds ? [true, receiveIds.length, ...receiveIds] : [false];
  return [...lists, appId, ...receivers, mode, platform, trust, limits.tolerance, limits.bodyLimit];
}

/**
 * In the order of `named_account`.
 * @param {import('./addon.js').NamedAccount} account
 */
function namedFields({ name, options, wrong }) {
  return [name, ...accountFields(options), wrong?.option, ...(wrong ? [wrong.message] : [])];
}

/**
 * In the order of `Request`.
 * @param {import('./addon.js').ExplainRequest} request
 */
function requestFields({ method, text: asked, body, parsed }) {
  return [method, asked, body, parsed];
}

/** The text that was returned; undefined where there is none. @param {number} count */
function text(count) {
  if (count === 0) return /** @type {any} */ (undefined);
  const { 0: at, 1: length } = returned();
  return memory.toString('utf8', at, at + length);
}

/** Several texts. @param {number} count @returns {any} */
function allTexts(count) {
  const first = text(count);
  return [first, ...Array.from({ length: count - 1 }, (_, index) => text(core.beside(index)))];
}

/** @param {number} count @returns {string | null} */
function textOrNull(count) {
  return text(count) ?? null;
}

/** Where that which was returned is, and its length. */
function returned() {
  if (memory.length === 0) look();
  return result;
}

/** A number; 0 for anything else. @param {unknown} value */
function numeric(value) {
  return typeof value === 'number' ? value : 0;
}

/** @param {boolean} is */
function flag(is) {
  return is === true ? 1 : 0;
}

module.exports = { engineOf };
