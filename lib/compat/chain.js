'use strict';

const { functionOf } = require('../compose.js');

/** The messages that a chain has a method for. */
const TYPES = /** @type {const} */ ([
  'text',
  'image',
  'voice',
  'video',
  'shortvideo',
  'location',
  'link',
  'event',
  'hardware',
  'device_text',
  'device_event',
]);

/** Handlers by the type of a message, or one for all. Documented in compat/wechat.d.ts. */
class Chain {
  /** @type {Map<string, Function>} */
  #byType = new Map();
  #ofAll;
  #makeMiddleware;

  /**
   * @param {(chain: Chain) => any} makeMiddleware
   * @param {Function} [ofAll] takes `(req, res, next)`, those by type the message before
   */
  constructor(makeMiddleware, ofAll) {
    this.#makeMiddleware = makeMiddleware;
    this.#ofAll = ofAll;
    for (const type of TYPES) {
      this[type] = (/** @type {unknown} */ handler) => {
        this.#byType.set(type, functionOf(handler, `${type}(handler)`));
        return this;
      };
    }
  }

  middlewarify() {
    return this.#makeMiddleware(this);
  }

  /** @param {any} value @returns {value is Chain} */
  static is(value) {
    return typeof value === 'object' && value !== null && #byType in value;
  }

  /**
   * Hands a message to its handler; to `next` where there is none.
   * @param {any} message
   * @param {any} req
   * @param {any} res
   * @param {any} next
   * @param {string | Function} [instead] what a list has for it
   */
  handle(message, req, res, next, instead) {
    if (typeof instead === 'string') return res.reply(instead);
    if (this.#ofAll) return (instead ?? this.#ofAll)(req, res, next);
    const handler = instead ?? this.#byType.get(message.MsgType);
    return handler ? handler(message, req, res, next) : next();
  }
}

module.exports = { Chain, TYPES };
