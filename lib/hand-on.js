'use strict';

/** On a response that we give, while the app could have given one. */
const INSTEAD = Symbol('wechat-push');

/**
 * A handler that hands the message to the next middleware, which calls `req.push.reply(value)`. Should the
 * app answer by itself, that is no reply; with an error status WeChat delivers again.
 * @param {any} req
 * @param {any} res
 * @param {any} next
 * @returns {import('..').PushHandler}
 */
function nextAsHandler(req, res, next) {
  return (message, context) =>
    new Promise((reply, fail) => {
      req.push = { message, context, reply };
      // So that a body parser that comes later does not try to read again.
      // oxlint-disable-next-line no-underscore-dangle -- the name they look for
      req._body = true;
      whenAnswered(res, () => {
        if (res[INSTEAD]) return;
        if (res.statusCode < 400) reply(undefined);
        else fail(new Error(`wechat-push: the app answered a push with status ${res.statusCode}`));
      });
      next();
    });
}

/**
 * Calls once the app has answered; also where the sender has left before, after which Node tells nobody.
 * @param {any} res
 * @param {() => void} call
 */
function whenAnswered(res, call) {
  res.once('finish', call);
  res.once('close', () => {
    if (res.writableFinished) return;
    if (res.writableEnded) return call();
    const { end } = res;
    res.end = (...args) => {
      call();
      return end.apply(res, args);
    };
  });
}

/** Says before an answer of ours that it is not the app's. @param {any} res */
function answerInstead(res) {
  res[INSTEAD] = true;
}

module.exports = { answerInstead, nextAsHandler };
