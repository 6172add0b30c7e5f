'use strict';

const { constants } = require('node:buffer');
const { isUint8Array } = require('node:util/types');
const { identityBy, openAccount } = require('./account.js');
const { headerOf } = require('./headers.js');
const engine = require('./engine/index.js');
const { objectionableReply, reading, unknownReason, wrongReply } = require('./errors.js');
const { NO_REPLY, handlerValueOf } = require('./handler-value.js');
const { jsonOf } = require('./json.js');
const { receiverOptions } = require('./options.js');
const { replied, withoutMessage, wrongOutcome } = require('./response.js');
const wire = require('./wire.js');

// Looked up once: a message crosses three times.
const { checkUrl, receiveHandshake, receiveMessage, receiveTrusting, reply } = engine;

/** The receivers that `createReceiver` has made. @type {WeakMap<object, OpenReceiver>} */
const made = new WeakMap();

/** Documented in index.d.ts. @type {typeof import('..').createReceiver} */
function createReceiver(options) {
  const { account, name } = receiverOptions(options);
  const open = new OpenReceiver(openAccount(account, name));
  /** @type {import('..').Receiver} */
  const receiver = {
    receive: (request) => open.receive(request),
    respond: (outcome, value, now) => open.respond(outcome, value, now),
  };
  made.set(receiver, open);
  return /** @type {any} */ (receiver);
}

/** What stands behind a receiver of {@link createReceiver}; undefined for anything else. @param {any} given */
function openedOf(given) {
  return made.get(given);
}

/**
 * What becomes of a value: the response, and what is held against the value.
 * @typedef {Omit<import('./wire.js').Verdict, 'format' | 'body'> & { response: import('..').PushResponse }} Judged
 */

/** The receiver of an account, with what only this package calls. */
class OpenReceiver {
  #isUrlJudged;

  /**
   * @param {import('./account.js').Account} account
   * @param {boolean} [isUrlJudged] whether it is given nothing but what has passed all that a URL can be refused for
   */
  constructor(account, isUrlJudged = false) {
    this.account = account;
    this.#isUrlJudged = isUrlJudged;
  }

  get accounts() {
    return [this.account];
  }

  get bodyLimit() {
    return this.account.bodyLimit;
  }

  /** Whose refusal it is. @returns {import('./account.js').Account | undefined} */
  refusedBy() {
    return this.account;
  }

  /**
   * The rejection of a POST whose URL alone is enough to refuse it; undefined when its body has to be read.
   * @param {string | undefined} url
   * @param {number} [now]
   */
  checkUrl(url, now = Date.now() / 1000) {
    if (this.#isUrlJudged) return undefined;
    const text = checkUrl(this.account.number, typeof url === 'string' ? url : '', now);
    return text === '' ? undefined : wire.readRejection(text);
  }

  /** @type {import('..').Receiver['receive']} */
  receive(request) {
    let method, url, body, now, isVouched;
    try {
      ({ method, url, body, now } = request);
      isVouched = this.account.headers?.some((name) => headerOf(request.headers, name)?.trim());
    } catch {
      // A getter or a proxy may throw; without a method the request is refused below.
    }
    return this.receiveRead(method, url, readBodyOf(body, isVouched), now);
  }

  /**
   * @param {string | undefined} method
   * @param {string | undefined} url
   * @param {{ bytes: any, parsed: boolean, isVouched?: boolean }} body `isVouched` where a header says that it is WeChat's
   * @param {number} [now]
   * @returns {import('..').Outcome}
   */
  receiveRead(method, url, { bytes, parsed, isVouched }, now = Date.now() / 1000) {
    const { account } = this;
    const target = typeof url === 'string' ? url : '';
    if (method === 'GET') {
      const received = receiveHandshake(account.number, target);
      return wire.isHandshake(received)
        ? new ReceivedHandshake(received, account)
        : wire.readRejection(received);
    }
    if (method !== 'POST') return rejectionOf('method_not_allowed');
    const received = account.headers
      ? receiveTrusting(account.number, target, bytes, now, Number(parsed) + (isVouched ? 2 : 0))
      : receiveMessage(account.number, target, bytes, now, parsed);
    if (received === undefined) return rejectionOf('body_too_large', constants.MAX_STRING_LENGTH);
    if (wire.isMessage(received)) {
      return new ReceivedMessage(wire.readMessage(received), { account, url: target, bytes, parsed });
    }
    const text = /** @type {string} */ (received);
    return wire.isHandshake(text) ? new ReceivedHandshake(text, account) : wire.readRejection(text);
  }

  /** @type {import('..').Receiver['respond']} */
  respond(of, value, now) {
    if (!ReceivedMessage.is(of)) return respondWithoutMessage(of);
    if (ReceivedMessage.accountOf(of) !== this.account) throw wrongOutcome();
    const judged = judge(/** @type {any} */ (of), handlerValueOf(value), now);
    if (judged.objection) throw objectionableReply(judged);
    return judged.response;
  }
}

/**
 * A body as the engine takes it: `parsed` where it is JSON of what a body parser made.
 * @param {any} body
 * @param {boolean} [isVouched] whether a header says that it is WeChat's
 */
function readBodyOf(body, isVouched) {
  const parsed = typeof body === 'object' && body !== null && !isUint8Array(body);
  // Spelt out: to spread an object into another costs as much as a third of the push.
  return { bytes: parsed ? jsonOf(body) : (body ?? ''), parsed, isVouched };
}

/**
 * What becomes of a value, and the response to a message.
 * @param {import('..').Received} of
 * @param {import('./handler-value.js').HandlerValue} value
 * @param {number} [now]
 * @returns {Judged}
 */
function judge(of, { text, isJson, rule }, now = Date.now() / 1000) {
  const { number } = ReceivedMessage.accountOf(of);
  const written = reply(number, ReceivedMessage.addressOf(of), text, now, isJson);
  // The reply would be longer than a string can be.
  if (written === undefined) return judge(of, { ...NO_REPLY, rule: 'unreadable_reply' }, now);
  const verdict = wire.readVerdict(written);
  if ('error' in verdict) throw wrongReply(verdict.error);
  const { format, body, isDoubtful, first, rest } = verdict;
  const objection = rule === undefined ? verdict.objection : objectionOf(rule);
  // Spelt out, which is far quicker than copying all of the verdict.
  return { response: replied(format, body), isDoubtful, objection, first, rest };
}

/** @param {any} outcome */
function respondWithoutMessage(outcome) {
  return reading(() => withoutMessage(outcome), wrongOutcome);
}

/**
 * The objection to what only JavaScript can see.
 * @param {string} rule
 */
function objectionOf(rule) {
  const text = engine.objection(rule);
  if (text === null) throw unknownReason(rule);
  return wire.readObjection(text);
}

/** A handshake outcome. */
class ReceivedHandshake {
  #usedUp;

  /**
   * @param {string} received
   * @param {import('./account.js').Account} account
   */
  constructor(received, account) {
    const { echostr, token, signature, receiveId } = wire.readHandshake(received);
    this.type = /** @type {const} */ ('handshake');
    this.echostr = echostr;
    this.token = token;
    this.receiveId = receiveId;
    this.#usedUp = signature && `${identityBy(account, token)}:${signature}`;
  }

  /**
   * What a store is told of it, so that no push can carry its signature; undefined where none could.
   * @param {any} of
   * @returns {{ id: string, replay: import('..').Replay } | undefined}
   */
  static storedAs(of) {
    const signature = of.#usedUp;
    return signature && { id: signature, replay: { signature, bodyHash: NO_BODY } };
  }
}

/** Stands where a body's hash would, and no body has it. */
const NO_BODY = '0'.repeat(40);

/** A message outcome. */
class ReceivedMessage {
  #rest;
  #request;

  /**
   * @param {ReturnType<typeof wire.readMessage>} read
   * @param {{ account: import('./account.js').Account, identity?: string, url: string, bytes: any, parsed: boolean }} request
   *   `identity` where it is not that of the Token's place, which may have changed since
   */
  constructor({ message, id, rest }, request) {
    this.type = /** @type {const} */ ('message');
    /** @type {import('..').PushMessage} */
    this.message = message;
    this.id = id;
    this.format = wire.formatOf(rest);
    this.token = wire.tokenOf(rest);
    this.key = wire.keyOf(rest);
    this.encrypted = this.key !== undefined;
    this.#rest = rest;
    this.#request = request;
  }

  get raw() {
    const { account, bytes, parsed } = this.#request;
    return engine.plaintext(account.number, bytes, parsed);
  }

  get query() {
    return engine.query(this.#request.url);
  }

  get receiveId() {
    return wire.receiveIdOf(this.#rest);
  }

  get account() {
    return this.#request.account.shown;
  }

  /** @param {any} of @returns {import('./account.js').Account} */
  static accountOf(of) {
    return of.#request.account;
  }

  /** Where the reply goes, as the core reads it. @param {any} of @returns {string} */
  static addressOf(of) {
    return wire.addressOf(of.#rest);
  }

  /** @param {any} of */
  static is(of) {
    return typeof of === 'object' && of !== null && #rest in of;
  }

  /**
   * The outcome as a record, from which another process makes it anew.
   * @param {any} of
   * @returns {KeptMessage}
   *
   * @typedef {{ identity: string, message: any, id: string, rest: string, url: string, body: string, parsed: boolean }} KeptMessage
   */
  static keptAs(of) {
    const { url, bytes, parsed } = of.#request;
    const body = typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString();
    const identity = ReceivedMessage.identityOf(of);
    return { identity, message: of.message, id: of.id, rest: of.#rest, url, body, parsed };
  }

  /**
   * @param {KeptMessage} kept
   * @param {import('./account.js').Account[]} accounts of which it may be one's
   */
  static revive({ identity, url, body, parsed, ...read }, accounts) {
    const account = accounts.find(({ identities }) => identities.includes(identity));
    if (!account) return undefined;
    return new ReceivedMessage(/** @type {any} */ (read), { account, identity, url, bytes: body, parsed });
  }

  /** What stores know its account by. @param {any} of @returns {string} */
  static identityOf(of) {
    const { account, identity } = of.#request;
    return identity ?? identityBy(account, wire.tokenOf(of.#rest));
  }

  /**
   * What a store is asked about it: under the identity of the account that was configured, never under a field
   * of the message, which whoever holds another account's Token can choose.
   * @param {any} of
   * @returns {{ id: string, replay: import('..').Replay | undefined }}
   */
  static storedAs(of) {
    const identity = ReceivedMessage.identityOf(of);
    const replay = wire.authenticationOf(of.#rest);
    if (replay) replay.signature = `${identity}:${replay.signature}`;
    return { id: `${identity}:${of.id}`, replay };
  }
}

/**
 * The rejection for what only JavaScript can see of a request.
 * @param {string} reason
 * @param {number} [limit] in bytes
 */
function rejectionOf(reason, limit = 0) {
  const text = engine.rejection(reason, limit);
  if (text === null) throw unknownReason(reason);
  return wire.readRejection(text);
}

module.exports = {
  OpenReceiver,
  accountOf: ReceivedMessage.accountOf,
  createReceiver,
  judge,
  objectionOf,
  openedOf,
  readBodyOf,
  rejectionOf,
  respondWithoutMessage,
  handshakeStoredAs: ReceivedHandshake.storedAs,
  identityOf: ReceivedMessage.identityOf,
  keptAs: ReceivedMessage.keptAs,
  revive: ReceivedMessage.revive,
  storedAs: ReceivedMessage.storedAs,
};
