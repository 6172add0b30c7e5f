'use strict';

const { bodyOfNode } = require('../endpoint/body.js');
const { warnings } = require('../errors.js');
const { describe } = require('../thrown.js');
const { shareHiddenClasses } = require('./hidden-class.js');
const { keep, letGo, onAnswered, onClose, write } = require('./node-response.js');

/** Loaded for the first endpoint: who only checks signatures has none. */
const loaded = { endpoint: () => require('../endpoint/endpoint.js') };

/** Documented in index.d.ts. @param {any} options @param {any} [handler] */
function messagePush(options, handler) {
  const endpoint = loaded.endpoint().openEndpoint(options, handler);

  return function wechatPush(/** @type {any} */ req, /** @type {any} */ res, /** @type {any} */ next) {
    shareHiddenClasses(req, res);
    let isOurs = false;
    endpoint
      .handle({
        method: req.method,
        url: req.url,
        headers: req.headers,
        body: bodyOfNode(req),
        request: req,
        isClosed: () => res.destroyed,
        onClose: (listener) => onClose(res, listener),
        next: handler ? undefined : handOver,
      })
      .then((response) => {
        if (!handler) letGo(res);
        isOurs = !res.destroyed;
        if (response.error && next && !res.headersSent) return next(response.error);
        if (response.error && !next) warnings.handlerFailed(describe(response.error));
        write(res, response);
      })
      .catch((error) => {
        warnings.callbackThrew('messagePush', describe(error));
        res.destroy();
      });

    /** @param {import('../..').Push} push */
    function handOver(push) {
      req.wechat = { ...push, reply: (value) => (keep(res), push.reply(value)) };
      // So that a body parser that comes later does not try to read again.
      // oxlint-disable-next-line no-underscore-dangle -- the name they look for
      req._body = true;
      onAnswered(res, () => isOurs || push.answered(res.statusCode));
      next();
    }
  };
}

module.exports = { messagePush };
