'use strict';

const { userOf } = require('../../lib/message-user.js');
const { checkHandshake } = require('../checks.js');
const { anew, recordingOf } = require('../recording.js');
const { createServer } = require('../server.js');
const { UsageError } = require('../usage-error.js');
const { createBoard } = require('./board.js');
const { bubbleOfMessage, bubbleOfReply, bubbleOfSent, concealed } = require('./bubbles.js');
const { asTest } = require('./copies.js');
const { grow, run, sayWhatIsSeen } = require('./course.js');
const { dialectOf } = require('./dialect.js');
const { nameOf } = require('./kinds.js');
const { shownHandshake, shownRecorded, shownRequest } = require('./shown.js');
const { isForUser } = require('./user-view.js');

/** So many pushes may wait for their answers at once. */
const AT_ONCE = 20;

/**
 * What can be done with an app: what comes of it stands on a board.
 * @param {object} of
 * @param {import('../address.js').Address} of.address
 * @param {number} of.timeout in milliseconds
 * @param {import('./ways.js').Ways} of.ways
 * @param {import('../../testing').ApiServer} of.api what the app takes for WeChat's API
 * @typedef {ReturnType<typeof createSession>} Session
 */
function createSession({ address, timeout, ways, api }) {
  const { account } = ways;
  const { conceal } = account;
  const { url } = address;
  const shown = {
    family: ways.family,
    target: conceal(url),
    timeout,
    offered: ways.offered,
    way: ways.usual,
    handshake: /** @type {any} */ (null),
  };
  const board = createBoard({ shown, hasMembers: ways.family !== 'wechat' });

  /** A new one for each push, as it keeps every answer. */
  const newServer = () => createServer(address, timeout, conceal);

  /**
   * Sends a message; what comes of it is shown as it comes.
   * @param {any} message
   * @param {import('./ways.js').Way} way
   * @param {string} [user] in whose chat it stands, where the message does not say it
   */
  function send(message, way, user) {
    if (!ways.has(way)) throw new UsageError('unknown_way');
    if (board.pushes.filter(({ isDone }) => !isDone).length >= AT_ONCE)
      throw new UsageError('too_many_pushes');
    const by = ways.accountOf(way.platform);
    const request = requestOf(by.gateway(way.mode, way.format), message, url);
    if (request.message.InfoType === undefined) api.pushed(request.message);
    const whose = board.userOf(user ?? userOf(request.message));
    const push = board.add(newPush(request, way, whose, shownRequest(request, by, way.mode)));
    board.say(entryOf(push));
    void follow(push, request, by);
    return push.id;
  }

  /**
   * @param {any} push on the board
   * @param {any} request
   * @param {import('../account.js').Account} by
   */
  async function follow(push, request, by) {
    const tools = { board, account: by, newServer, url };
    const begun = await run(push, request, tools);
    const { reply, entry } = begun;
    const { message } = request;
    const said = { url: conceal(url), message: conceal(message), reply: conceal(reply) };
    push.test = asTest({ name: push.name, ...said, ...optionsOf(by, push.way) });
    board.update(push);
    // It may have been started only now.
    if (push.isTaken && shown.handshake?.ok === false) void shake();
    if (entry) await grow(push, message, begun, tools);
  }

  /** Checks the URL, as WeChat's console does. */
  async function shake() {
    if (shown.handshake?.isWaiting) return;
    board.show('handshake', { isWaiting: true });
    const found = await checkHandshake(newServer(), account.checker(), account.otherCheckers());
    board.show('handshake', shownHandshake(found));
  }

  /** A push of the past. @param {import('../recording.js').RecordedPush} recorded */
  function takeIn({ at, message, platform, mode, format, attempts }) {
    const last = attempts.at(-1);
    const isTaken = last !== undefined && last.error === null;
    const push = board.add({
      ...newPush({ message }, ways.nearest({ platform, mode, format }), board.userOf(userOf(message)), null),
      at,
      attempts: attempts.map(shownRecorded),
      isDone: true,
      isRecorded: true,
      isTaken,
      sees: isTaken && isForUser(last.reply) ? concealed(bubbleOfReply(last.reply), conceal) : null,
    });
    board.say(entryOf(push));
    sayWhatIsSeen(push, board);
  }

  return {
    state: board.state,
    listen: board.listen,
    addUser: board.addUser,
    clear: board.clear,

    shake,

    /** A message of a user, or of nobody. @param {{ message: any, user?: string, way?: import('./ways.js').Way }} asked */
    push({ message, user, way = shown.way }) {
      const isTheirs = typeof user === 'string' && typeof message === 'object' && message !== null;
      return isTheirs ? send(dialectOf(way.platform).from(message, user), way, user) : send(message, way);
    },

    /** What a user types. @param {{ user: string, text: string, menuId?: string }} asked */
    text({ user, text, menuId }) {
      const { way } = shown;
      if (typeof user !== 'string' || typeof text !== 'string') throw new UsageError('page_json');
      return send(dialectOf(way.platform).text(user, text, menuId), way, user);
    },

    /** A push of the past, with an id and a time of its own. @param {{ push: number, way?: import('./ways.js').Way }} asked */
    again({ push: id, way }) {
      const past = board.pushes.find((one) => one.id === id);
      if (!past) throw new UsageError('unknown_push');
      return send(anew(past.message), way ?? past.way, past.user ?? undefined);
    },

    /** @param {{ way: import('./ways.js').Way }} asked */
    setWay({ way }) {
      if (!ways.has(way)) throw new UsageError('unknown_way');
      const { platform, mode, format } = way;
      board.show('way', { platform, mode, format });
    },

    /** All pushes, as the text of a file. */
    recording: () => recordingOf(board.pushes.filter(({ isDone }) => isDone).map(toRecord), conceal),

    /** @param {import('../recording.js').RecordedPush[]} recorded */
    take(recorded) {
      for (const one of recorded) takeIn(one);
    },

    /** The app has called WeChat's API. @param {import('../../testing').ApiCall} call */
    called({ path, body, answer }) {
      // Nothing is left there, so that nothing grows.
      api.calls.splice(0);
      for (const sent of api.messages.splice(0)) {
        const user = board.userOf(sent.user);
        board.say({ user, from: 'account', isSent: true, bubble: concealed(bubbleOfSent(sent), conceal) });
      }
      const user = body?.touser;
      const { errcode = 0, errmsg = '' } = typeof answer === 'object' ? answer : {};
      const bubble = { kind: 'api', title: path, text: `${errcode} ${errmsg}` };
      // Any page of the web can make calls that are refused: they open no chat.
      if (errcode) board.say({ user: board.knownUser(user), from: 'api', bubble });
      if (typeof user === 'string') board.type(user, api.isTyping(user));
    },

    get counts() {
      const done = board.pushes.filter(({ isDone }) => isDone);
      return { all: done.length, failed: done.filter(({ isTaken }) => !isTaken).length };
    },
  };
}

/**
 * @param {{ message: any }} request
 * @param {import('./ways.js').Way} way
 * @param {string | null} user
 * @param {object | null} request as it is shown
 */
function newPush({ message }, way, user, request) {
  return {
    at: new Date().toISOString(),
    name: nameOf(message),
    user,
    message,
    way,
    request,
    attempts: /** @type {any[]} */ ([]),
    isDone: false,
    isTaken: false,
    isRecorded: false,
    sees: /** @type {any} */ (null),
    test: /** @type {string | null} */ (null),
  };
}

/** What its user has done, in the chat. @param {any} push */
function entryOf({ id, user, message }) {
  return { user, from: 'user', push: id, bubble: bubbleOfMessage(message) };
}

/**
 * @param {import('../../testing').Gateway} gateway
 * @param {any} message
 * @param {string} url
 * @throws {UsageError}
 */
function requestOf(gateway, message, url) {
  try {
    return gateway.request(message, { url });
  } catch (/** @type {any} */ error) {
    if (error.code !== 'ERR_WECHAT_PUSH_MESSAGE') throw error;
    throw new UsageError('wrong_message', { why: error.detail });
  }
}

/**
 * What a gateway needs that sends in the same way.
 * @param {import('../account.js').Account} account
 * @param {import('./ways.js').Way} way
 */
function optionsOf({ isUnsigned, named: { appId, ...named } }, { platform, mode, format }) {
  const isSealed = mode !== 'plain';
  const options = { ...named, platform: platform ?? undefined, ...(isSealed && { appId, mode }), format };
  return { options, secrets: { token: !isUnsigned, encodingAESKey: isSealed } };
}

/** @param {any} push on the board @returns {import('../recording.js').RecordedPush} */
function toRecord({ at, message, way: { platform, mode, format }, attempts }) {
  const whole = attempts.at(-1)?.reply;
  const deliveries = attempts.filter((/** @type {any} */ { isMore }) => !isMore);
  const kept = deliveries.map((/** @type {any} */ { status, duration, reply, rule }) => ({
    status,
    duration,
    reply: reply && whole,
    error: rule,
  }));
  return { at, message, ...(platform && { platform }), mode, format, attempts: kept };
}

module.exports = { createSession };
