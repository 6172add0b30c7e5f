'use strict';

const { constants } = require('node:buffer');
const { isUint8Array } = require('node:util/types');
const { nativeAccount } = require('./account.js');
const { reading, typeError } = require('./given.js');
const { wellFormed } = require('./json.js');
const native = require('./native.js');
const { thrownMessage } = require('./thrown.js');

/** Between the parts of a message, as `src/lib.rs` joins them. */
const SEPARATOR = '\x1f';
/** Before the place of a text that stands beside the JSON. */
const MARK = '\x1f';

const TEXT = { 'Content-Type': 'text/plain; charset=utf-8' };
const XML = { 'Content-Type': 'application/xml; charset=utf-8' };
const JSON_TEXT = { 'Content-Type': 'application/json; charset=utf-8' };
/** For what the sender wrote. */
const ECHO = { ...TEXT, 'X-Content-Type-Options': 'nosniff' };

/** Documented in index.d.ts. @type {typeof import('..').createReceiver} */
function createReceiver(options) {
  const { receive, respond } = openReceiver(options);
  return { receive, respond };
}

/**
 * A receiver with what only this package needs of it.
 * @param {any} options
 */
function openReceiver(options) {
  const account = nativeAccount(options);

  /**
   * @param {import('..').Received} of
   * @param {HandlerValue} value
   * @param {number} now
   */
  function respondWith(of, { text, isJson }, now) {
    return response(account.reply(ReceivedMessage.ticketOf(of, account), text, now, isJson));
  }

  return {
    respondWith,

    /**
     * Why a POST is refused whatever its body.
     * @param {unknown} url
     * @param {number} now in seconds
     */
    checkUrl(url, now) {
      const refused = account.checkUrl(typeof url === 'string' ? url : '', now);
      return refused === '' ? undefined : /** @type {import('..').Rejected} */ (outcome(refused));
    },

    /** @type {import('..').Receiver['receive']} */
    receive(request) {
      let method, url, body, now;
      try {
        ({ method, url, body, now } = request);
      } catch {
        // What cannot be read has no method.
      }
      const target = typeof url === 'string' ? url : '';
      if (method === 'GET') return outcome(account.receiveGet(target));
      if (method !== 'POST') return rejectionOf('method_not_allowed');
      const parsed = typeof body === 'object' && body !== null && !isUint8Array(body);
      const bytes = parsed ? jsonOf(body) : (body ?? '');
      const received = account.receivePost(target, bytes, now ?? Date.now() / 1000, parsed);
      if (received === undefined) return rejectionOf('body_too_large', constants.MAX_STRING_LENGTH);
      const text = typeof received === 'string' ? received : received[0];
      return text[0] === '{'
        ? new ReceivedMessage(text, received, { account, url: target, bytes, parsed })
        : outcome(text);
    },

    /** @type {import('..').Receiver['respond']} */
    respond(of, value, now = Date.now() / 1000) {
      if (!ReceivedMessage.is(of)) return reading(() => withoutMessage(of), wrongOutcome);
      return respondWith(of, handlerValueOf(value), now);
    },
  };
}

/**
 * The response to an outcome that brings no message.
 * @param {any} outcome
 */
function withoutMessage({ type, echostr, status }) {
  if (type === 'handshake' && typeof echostr === 'string')
    return { status: 200, headers: ECHO, body: echostr };
  if (type === 'rejected' && typeof REFUSALS[status] === 'string') return refusal(status);
  throw wrongOutcome();
}

/**
 * @param {string} text what the addon returned
 * @returns {import('..').Handshake | import('..').Rejected}
 */
function outcome(text) {
  if (text[0] === 'H') return { type: 'handshake', echostr: text.slice(1) };
  return { type: 'rejected', ...JSON.parse(text.slice(1)) };
}

/** A message outcome; takes apart what `src/lib.rs` put together. */
class ReceivedMessage {
  #request;
  #rest;

  /**
   * @param {string} text
   * @param {string | [string, ...(string | string[])[]]} received the same, with the texts that stand beside it
   * @param {{ account: import('./native.js').NativeAccount, url: string, bytes: any, parsed: boolean }} request
   */
  constructor(text, received, request) {
    const idAt = text.indexOf(SEPARATOR) + 1;
    const ticketAt = text.indexOf(SEPARATOR, idAt) + 1;
    this.type = /** @type {const} */ ('message');
    /** @type {import('..').PushMessage} */
    this.message = messageOf(text.slice(0, idAt - 1), received);
    this.id = text.slice(idAt, ticketAt - 1);
    this.format = /** @type {'xml' | 'json'} */ (text[ticketAt] === 'x' ? 'xml' : 'json');
    this.encrypted = text[ticketAt + 1] === 'e';
    this.#rest = text.slice(ticketAt);
    this.#request = request;
  }

  get raw() {
    const { account, bytes, parsed } = this.#request;
    return account.plaintext(bytes, parsed);
  }

  get query() {
    return native.query(this.#request.url);
  }

  /**
   * What the core needs to answer it.
   * @param {any} of
   * @param {import('./native.js').NativeAccount} account
   * @returns {string}
   */
  static ticketOf(of, account) {
    if (of.#request.account !== account) throw wrongOutcome();
    return of.#rest.slice(0, of.#rest.indexOf(SEPARATOR));
  }

  /** @param {any} of */
  static is(of) {
    return typeof of === 'object' && of !== null && #rest in of;
  }

  /**
   * What must not be seen with another body, where the signature does not cover it.
   * @param {any} of
   * @returns {import('..').Replay | undefined}
   */
  static replayOf(of) {
    const proof = of.#rest.slice(of.#rest.indexOf(SEPARATOR) + 1);
    return proof === '' ? undefined : { signature: proof.slice(0, 40), bodyHash: proof.slice(40) };
  }
}

/**
 * @param {string} json
 * @param {string | [string, ...(string | string[])[]]} received
 */
function messageOf(json, received) {
  if (typeof received === 'string') return JSON.parse(json);
  const [, ...long] = received;
  // Added up, V8 puts them together when they are read, if ever; `join` would at once.
  const texts = long.map((text) =>
    typeof text === 'string' ? text : text.reduce((all, piece) => all + piece),
  );
  return JSON.parse(json, (_, value) =>
    typeof value === 'string' && value[0] === MARK ? texts[value.slice(1)] : value,
  );
}

/**
 * What a body parser made, as JSON; nothing where there is no JSON for it.
 * @param {object} body
 */
function jsonOf(body) {
  try {
    return JSON.stringify(body) ?? '';
  } catch {
    return '';
  }
}

/**
 * What a handler returned, as the addon takes it: a text, or anything else as JSON.
 * @typedef {{ text: string, isJson: boolean }} HandlerValue
 */

/**
 * Reads what a handler returned, once: to read it again might give something else, or throw.
 * @param {unknown} value
 * @returns {HandlerValue}
 */
function handlerValueOf(value) {
  if (typeof value === 'string') return { text: value, isJson: false };
  // What is no object, such as the number that `list.push(…)` returns, is no reply.
  if (typeof value !== 'object' || value === null) return { text: 'null', isJson: true };
  return { text: replyJson(value), isJson: true };
}

/**
 * A handler's value as JSON, for a store.
 * @param {HandlerValue} value
 */
function recordOf({ text, isJson }) {
  return isJson ? text : replyJson(text);
}

/**
 * @param {string} record of {@link recordOf}, or nothing for no reply
 * @returns {HandlerValue}
 */
function handlerValueOfRecord(record) {
  if (record[0] === '"') return { text: JSON.parse(record), isJson: false };
  return { text: record || 'null', isJson: true };
}

/** @param {unknown} value */
function replyJson(value) {
  try {
    return JSON.stringify(value, wellFormed) ?? 'null';
  } catch (error) {
    throw wrongReply(thrownMessage(error));
  }
}

function wrongOutcome() {
  return wrongReply('respond() takes what receive() returned, of the same receiver');
}

/** @param {string} message */
function wrongReply(message) {
  return typeError('ERR_WECHAT_PUSH_REPLY', message);
}

/** @param {string | undefined} text what the addon returned */
function response(text) {
  if (text === undefined) throw wrongReply('the reply is longer than a string can be');
  const body = text.slice(1);
  switch (text[0]) {
    case 'T':
      return { status: 200, headers: TEXT, body };
    case 'X':
      return { status: 200, headers: XML, body };
    case 'J':
      return { status: 200, headers: JSON_TEXT, body };
    default:
      throw wrongReply(body);
  }
}

/** Whether the response to a message carries no reply. @param {import('..').PushResponse} response */
function isNoReply({ headers }) {
  return headers === TEXT;
}

/** The sender learns the status only; the body of a 400 is that of the original snippet. */
const REFUSALS = {
  400: 'check msg error',
  405: 'method not allowed',
  408: 'body timeout',
  413: 'body too large',
  503: 'overloaded',
};

/** @param {number} status */
function refusal(status) {
  const body = JSON.stringify({ status, data: REFUSALS[status] });
  if (status === 405) return { status, headers: { ...JSON_TEXT, Allow: 'GET, POST' }, body };
  // The rest of the body is still on its way and nobody will read it.
  if (status === 408 || status === 413 || status === 503)
    return { status, headers: { ...JSON_TEXT, Connection: 'close' }, body };
  return { status, headers: JSON_TEXT, body };
}

/**
 * The rejection for what only JavaScript can see of a request.
 * @param {string} reason
 * @param {number} [limit] in bytes
 * @returns {import('..').Rejected}
 */
function rejectionOf(reason, limit = 0) {
  return /** @type {import('..').Rejected} */ (outcome(native.refusal(reason, limit)));
}

module.exports = {
  createReceiver,
  handlerValueOf,
  handlerValueOfRecord,
  isNoReply,
  jsonOf,
  openReceiver,
  recordOf,
  rejectionOf,
  replayOf: ReceivedMessage.replayOf,
};
