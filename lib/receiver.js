'use strict';

const { constants } = require('node:buffer');
const { isUint8Array } = require('node:util/types');
const { openAccount } = require('./account.js');
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

/** Documented in index.d.ts. @type {typeof import('..').createReceiver} */
function createReceiver(options) {
  const { receive, respond } = openReceiver(openAccount(receiverOptions(options).account));
  return /** @type {any} */ ({ receive, respond });
}

/**
 * What becomes of a value: the response, and what is held against the value.
 * @typedef {Omit<import('./wire.js').Verdict, 'format' | 'body'> & { response: import('..').PushResponse }} Judged
 */

/**
 * The receiver of an account, with what only this package calls.
 * @param {import('./account.js').Account} account
 */
function openReceiver(account) {
  /**
   * What becomes of a value, and the response to a message.
   * @param {import('..').Received} of
   * @param {import('./handler-value.js').HandlerValue} value
   * @param {number} [now]
   * @returns {Judged}
   */
  function judge(of, { text, isJson, rule }, now = Date.now() / 1000) {
    const address = ReceivedMessage.addressOf(of, account);
    const written = reply(account.number, address, text, now, isJson);
    // The reply would be longer than a string can be.
    if (written === undefined) return judge(of, { ...NO_REPLY, rule: 'unreadable_reply' }, now);
    const verdict = wire.readVerdict(written);
    if ('error' in verdict) throw wrongReply(verdict.error);
    const { format, body, isDoubtful, first, rest } = verdict;
    const objection = rule === undefined ? verdict.objection : objectionOf(rule);
    // Spelt out, which is far quicker than copying all of the verdict.
    return { response: replied(format, body), isDoubtful, objection, first, rest };
  }

  return {
    /**
     * The rejection of a POST whose URL alone is enough to refuse it; undefined when its body has to be read.
     * @param {string | undefined} url
     * @param {number} [now]
     */
    checkUrl(url, now = Date.now() / 1000) {
      const text = checkUrl(account.number, typeof url === 'string' ? url : '', now);
      return text === '' ? undefined : wire.readRejection(text);
    },

    /** @type {import('..').Receiver['receive']} */
    receive(request) {
      let method, url, body, now, isVouched;
      try {
        ({ method, url, body, now } = request);
        isVouched = account.headers?.some((name) => headerOf(request.headers, name)?.trim());
      } catch {
        // A getter or a proxy may throw; without a method the request is refused below.
      }
      const target = typeof url === 'string' ? url : '';
      if (method === 'GET') {
        const received = receiveHandshake(account.number, target);
        return wire.isHandshake(received)
          ? new ReceivedHandshake(received, account)
          : wire.readRejection(received);
      }
      if (method !== 'POST') return rejectionOf('method_not_allowed');
      const parsed = typeof body === 'object' && body !== null && !isUint8Array(body);
      const bytes = parsed ? jsonOf(body) : (body ?? '');
      const at = now ?? Date.now() / 1000;
      const received = account.headers
        ? receiveTrusting(account.number, target, bytes, at, Number(parsed) + (isVouched ? 2 : 0))
        : receiveMessage(account.number, target, bytes, at, parsed);
      if (received === undefined) return rejectionOf('body_too_large', constants.MAX_STRING_LENGTH);
      if (wire.isMessage(received)) {
        return new ReceivedMessage(received, { account, url: target, bytes, parsed });
      }
      const text = /** @type {string} */ (received);
      return wire.isHandshake(text) ? new ReceivedHandshake(text, account) : wire.readRejection(text);
    },

    /** @type {import('..').Receiver['respond']} */
    respond(of, value, now) {
      if (!ReceivedMessage.is(of)) return respondWithoutMessage(of);
      const judged = judge(/** @type {any} */ (of), handlerValueOf(value), now);
      if (judged.objection) throw objectionableReply(judged);
      return judged.response;
    },

    judge,
  };
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
  constructor(received, { identities }) {
    const { echostr, token = 0, signature } = wire.readHandshake(received);
    this.type = /** @type {const} */ ('handshake');
    this.echostr = echostr;
    this.#usedUp = signature && `${identities[token] ?? identities[0]}:${signature}`;
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
   * @param {import('./wire.js').Received} received
   * @param {{ account: import('./account.js').Account, url: string, bytes: any, parsed: boolean }} request
   */
  constructor(received, request) {
    const { message, id, rest } = wire.readMessage(received);
    this.type = /** @type {const} */ ('message');
    /** @type {import('..').PushMessage} */
    this.message = message;
    this.id = id;
    this.format = wire.formatOf(rest);
    this.encrypted = wire.isEncrypted(rest);
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

  /**
   * Where the reply goes, as the core reads it.
   * @param {any} of
   * @param {import('./engine/addon.js').EngineAccount} account
   */
  static addressOf(of, account) {
    if (of.#request.account !== account) throw wrongOutcome();
    return wire.addressOf(of.#rest);
  }

  /** @param {any} of */
  static is(of) {
    return typeof of === 'object' && of !== null && #rest in of;
  }

  /** What stores know its account by. @param {any} of @returns {string} */
  static identityOf(of) {
    const { identities } = of.#request.account;
    return identities[wire.tokenOf(of.#rest)] ?? identities[0];
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
  createReceiver,
  objectionOf,
  openReceiver,
  rejectionOf,
  handshakeStoredAs: ReceivedHandshake.storedAs,
  identityOf: ReceivedMessage.identityOf,
  storedAs: ReceivedMessage.storedAs,
};
