'use strict';

const { keep, letGo } = require('../adapters/node-response.js');
const { seldom, warn } = require('../callback.js');
const { noSession, undefinedList, warnings } = require('../errors.js');
const { describe, toError } = require('../thrown.js');
const { List } = require('./list.js');
const { withTexts } = require('./old-message.js');
const { replyOf, transfer } = require('./old-reply.js');
const { openWxSession } = require('./wx-session.js');

/** Where a session has the name of the list that its user is asked for an answer from. */
const WAIT = '_wait';

/** A message that has been verified, with its request and response as handlers of `wechat` know them. */
class Exchange {
  #push;
  #req;
  #res;
  #message;
  /** @type {import('./wx-session.js').WxSession | undefined} */
  #session;
  #isAnswered = false;
  /** Takes what goes wrong once the handler has returned. @type {(error: unknown) => void} */
  #fail = () => {};

  /**
   * @param {import('../..').Push} push
   * @param {any} req
   * @param {any} res
   */
  constructor(push, req, res) {
    this.#push = push;
    this.#req = req;
    this.#res = res;
    this.#message = withTexts(push.message);
  }

  /**
   * @param {boolean} hasSessions
   * @param {(error: unknown) => void} fail
   */
  async open(hasSessions, fail) {
    this.#fail = fail;
    const req = this.#req;
    const { context } = this.#push;
    req.weixin = this.#message;
    Object.defineProperty(req, 'weixin_xml', {
      get: () => context.raw,
      configurable: true,
      enumerable: true,
    });
    this.#addMethods();
    if (!hasSessions || context.user === undefined) return;
    this.#session = await openWxSession(req, context.session);
    this.#res.once('finish', () => this.#saveWhatIsLeft());
  }

  /**
   * Hands the message to a chain of handlers.
   * @param {InstanceType<typeof import('./chain.js').Chain>} chain
   * @param {(error?: unknown) => void} next
   */
  async pass(chain, next) {
    this.#fail = next;
    try {
      await chain.handle(this.#message, this.#req, this.#res, next, this.#answerOfList());
    } catch (error) {
      // WeChat has its answer, or will.
      if (this.#isAnswered) warnings.handlerFailed(describe(error));
      else next(toError(error));
    }
  }

  #addMethods() {
    const res = this.#res;
    res.reply = (/** @type {unknown} */ content) => this.#answer(replyOf(content, this.#message));
    res.transfer2CustomerService = (/** @type {unknown} */ account) => this.#answer(transfer(account));
    res.wait = (/** @type {string} */ name, /** @type {any} */ callback) => this.#wait(name, callback);
    res.nowait = (/** @type {unknown} */ content) => {
      delete this.#wxsession()[WAIT];
      res.reply(content);
    };
  }

  /** @param {unknown} value */
  #answer(value) {
    if (this.#isAnswered) return tellAgain();
    this.#isAnswered = true;
    const send = () => this.#push.reply(value) || tellAgain();
    if (!this.#session) return void send();
    keep(this.#res);
    this.#session
      .save()
      .then(send)
      .catch((error) => {
        letGo(this.#res);
        this.#fail(toError(error));
      });
  }

  /**
   * @param {string} name
   * @param {((error: Error) => void) | undefined} callback
   */
  #wait(name, callback) {
    const list = List.get(name);
    if (list) {
      this.#wxsession()[WAIT] = name;
      return this.#res.reply(list.description);
    }
    const error = undefinedList(name);
    if (typeof callback !== 'function') throw error;
    this.#res.statusCode = 500;
    this.#res.end();
    callback(error);
  }

  /** What the list that its user was asked for an answer from has for this message. */
  #answerOfList() {
    if (this.#message.MsgType !== 'text' || !List.areInUse() || !this.#session) return undefined;
    const name = this.#req.wxsession?.[WAIT];
    return name === undefined ? undefined : List.get(name)?.get(this.#message.Content);
  }

  #wxsession() {
    if (this.#session) return (this.#req.wxsession ??= {});
    throw noSession(
      'res.wait() and res.nowait() need a session: leave out session: false, and see who sent the message',
    );
  }

  /** What a handler has changed that answers by itself. */
  #saveWhatIsLeft() {
    if (!this.#isAnswered) this.#session?.save().catch((error) => warn('req.wxsession', error));
  }
}

/** A handler has replied, and replies again. */
function tellAgain() {
  seldom('res.reply', warnings.repliedAgain);
}

module.exports = { Exchange };
