'use strict';

const { setTimeout: pause } = require('node:timers/promises');
const { DELIVERIES } = require('../../lib/deadlines.js');
const { bubbleOfReply, concealed } = require('./bubbles.js');
const { askForMore, deliver } = require('./delivery.js');
const { dialectOf } = require('./dialect.js');
const { shownAttempt, shownRequest } = require('./shown.js');
const { userSees } = require('./user-view.js');

// What becomes of a push, from its first delivery to the last word of its answer.

/** WeCom asks for more of a bot's text until then, in milliseconds; how often, nobody says. */
const ASKED_FOR = 6 * 60_000;
const ASKED_EVERY = 1000;

/** How many of those requests are shown, the latest. */
const MORE_SHOWN = 20;

/**
 * Delivers a push; what comes of it is shown on the board as it comes.
 * @param {any} push on the board
 * @param {any} request
 * @param {object} by
 * @param {import('./board.js').Board} by.board
 * @param {import('../account.js').Account} by.account
 * @param {() => import('../server.js').Server} by.newServer
 * @param {string} by.url
 * @returns {Promise<{ reply: any, entry: any }>} the reply, and where it stands in the chat
 */
async function run(push, request, { board, account, newServer }) {
  const { platform, mode, format } = push.way;
  const gateway = account.gateway(mode, format);
  const { isTaken, reply } = await deliver(request, {
    server: newServer(),
    gateway,
    started() {
      push.attempts.push({ isWaiting: true, startedAt: Date.now() });
      board.update(push);
    },
    ended(attempt) {
      push.attempts.splice(-1, 1, shownAttempt(attempt, request, account, mode));
      board.update(push);
    },
  });
  const view = { message: request.message, platform: platform ?? undefined, isTaken, reply };
  Object.assign(push, { isDone: true, isTaken, sees: concealed(userSees(view), account.conceal) });
  return { reply, entry: sayWhatIsSeen(push, board) };
}

/**
 * Asks for the rest of a reply until it is whole, as WeCom does of a bot's.
 * @param {any} push
 * @param {any} message
 * @param {{ reply: any, entry: any }} begun
 * @param {Parameters<typeof run>[2]} by
 */
async function grow(push, message, { reply, entry }, { board, account, newServer, url }) {
  const { platform, mode, format } = push.way;
  const gateway = account.gateway(mode, format);
  const until = Date.now() + ASKED_FOR;
  let [last, failed] = [reply, 0];
  while (failed < DELIVERIES && Date.now() < until) {
    const question = dialectOf(platform).more(message, last);
    if (question === undefined) break;
    await pause(ASKED_EVERY, undefined, { ref: false });
    const request = gateway.request(question, { url });
    const attempt = await askForMore(request, { server: newServer(), gateway });
    const asked = { isMore: true, request: shownRequest(request, account, mode) };
    push.attempts = withMore(push.attempts, { ...shownAttempt(attempt, request, account, mode), ...asked });
    failed = attempt.isTaken && attempt.reply ? 0 : failed + 1;
    if (failed === 0) {
      last = attempt.reply;
      push.sees = concealed(bubbleOfReply(last), account.conceal);
      board.change(entry, push.sees);
    }
    board.update(push);
  }
  if (entry.bubble.isGrowing) board.change(entry, { ...entry.bubble, isGrowing: false });
}

/**
 * @param {any} push
 * @param {import('./board.js').Board} board
 */
function sayWhatIsSeen(push, board) {
  const { id, user, sees } = push;
  // It may have been cleared away.
  if (!sees || !board.pushes.includes(push)) return undefined;
  const from = sees.kind === 'notice' ? 'wechat' : 'account';
  return board.say({ user, from, push: id, bubble: sees });
}

/** @param {any[]} attempts @param {any} attempt */
function withMore(attempts, attempt) {
  const more = attempts.filter(({ isMore }) => isMore).slice(1 - MORE_SHOWN);
  return [...attempts.filter(({ isMore }) => !isMore), ...more, attempt];
}

module.exports = { grow, run, sayWhatIsSeen };
