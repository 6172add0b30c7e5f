'use strict';

const { systemClock } = require('../clock.js');
const { wrongOption } = require('../errors.js');
const { customerServiceOptions } = require('../options.js');
const { apiFailed, isBudgetOver } = require('./api-error.js');
const { budgetOf } = require('./budget.js');
const { callWithToken } = require('./call.js');
const { carryInPieces } = require('./carry.js');
const { customerMessageKinds, customerMessageOf } = require('./customer-message.js');
const { firstPiece } = require('./piece.js');
const { openApi } = require('./request.js');
const { givenToken, secretOf, stableToken } = require('./token.js');

const SEND = 'cgi-bin/message/custom/send';
const TYPING = 'cgi-bin/message/custom/typing';

/** By the name of the carrier that the rest goes to. @type {Record<string, string>} */
const ANNOUNCEMENTS = {
  nextMessage: '（未完，回复“继续”查看后面的内容）',
  other: '（未完，后面的内容将另行发送）',
};

/** Documented in api.d.ts. @type {typeof import('../../api').customerService} */
function customerService(options) {
  return openCustomerService(options);
}

/**
 * The same with a clock of its own.
 * @param {import('../../api').CustomerServiceOptions} options
 * @returns {import('../..').Carrier}
 */
function openCustomerService(options, clock = systemClock) {
  const { appId, appSecret, accessToken, announcement, fetch } = customerServiceOptions(options);
  const api = openApi({ fetch, clock });

  /**
   * @param {Pick<import('../..').UndeliveredAnswer, 'account' | 'records'>} answer
   * @returns {Promise<import('./token.js').Token>}
   */
  async function tokenOf({ account, records }) {
    if (accessToken) return givenToken(accessToken, account);
    const id = appId ?? account.appId;
    if (id === undefined)
      throw wrongOption('appId', 'is needed for customer-service messages: of the account, or here');
    return stableToken(api, {
      appId: id,
      appSecret: await secretOf('appSecret', appSecret, account),
      records,
    });
  }

  /**
   * @param {Pick<import('../..').UndeliveredAnswer, 'account' | 'records' | 'signal'>} answer
   * @param {string} path
   * @param {object} body
   */
  async function call(answer, path, body) {
    return callWithToken(api, await tokenOf(answer), path, body, answer.signal);
  }

  /**
   * What the last message says of where the rest goes.
   * @param {import('../..').UndeliveredAnswer} answer
   */
  function endingOf({ nextCarrier }) {
    if (nextCarrier === undefined) return undefined;
    return announcement ?? ANNOUNCEMENTS[nextCarrier] ?? ANNOUNCEMENTS.other;
  }

  return {
    name: 'customerService',

    async carry(answer) {
      const { account, user } = answer;
      const budget = budgetOf(answer, clock);
      return carryInPieces(answer, {
        clock,
        takeRoom: budget.take,
        pieceOf: (left, isLast) => pieceOf(left, account.platform, isLast ? endingOf(answer) : undefined),
        send: (message) =>
          call(answer, SEND, { touser: user, ...message }).catch(async (error) => {
            if (isBudgetOver(error)) await budget.end();
            throw error;
          }),
      });
    },

    async working(answer) {
      // It is only a sign: where it cannot be shown, nothing is lost.
      await call(answer, TYPING, { touser: answer.user, command: 'Typing' }).catch(() => {});
    },
  };
}

/**
 * @param {any} left
 * @param {string} [platform]
 * @param {string} [ending]
 */
function pieceOf(left, platform, ending) {
  const piece = firstPiece(left, (reply) => customerMessageOf(reply, platform), { ending });
  if (piece) return piece;
  const kinds = customerMessageKinds(platform).join(', ');
  throw apiFailed(`/${SEND}`, 'not_taken', { more: `MsgType ${String(left?.MsgType)}; ${kinds}` });
}

module.exports = { customerService, openCustomerService };
