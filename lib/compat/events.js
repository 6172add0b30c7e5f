'use strict';

const { functionOf } = require('../compose.js');
const { wrongOption } = require('../errors.js');

/** Handlers by the name of an event. Documented in compat/wechat.d.ts. */
class Events {
  #handlers = new Map();

  /**
   * @param {string} event
   * @param {Function} handler
   */
  add(event, handler) {
    if (typeof event !== 'string' || event === '') throw wrongOption('event', 'must be a non-empty string');
    this.#handlers.set(event, functionOf(handler, `Event.add('${event}')`));
    return this;
  }

  /** @param {Events} events */
  static dispatch(events) {
    return (/** @type {any} */ message, req, res, next) => {
      const handler = events.#handlers.get(message.Event);
      return handler ? handler(message, req, res, next) : next();
    };
  }
}

module.exports = { Events };
