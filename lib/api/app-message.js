'use strict';

const { systemClock } = require('../clock.js');
const { wrongOption } = require('../errors.js');
const { appMessageOptions } = require('../options.js');
const { apiFailed, apiRefused } = require('./api-error.js');
const { appMessageKinds, appMessageOf } = require('./app-message-kinds.js');
const { callWithToken } = require('./call.js');
const { carryInPieces } = require('./carry.js');
const { firstPiece } = require('./piece.js');
const { openApi } = require('./request.js');
const { corpToken, givenToken, secretOf } = require('./token.js');

const SEND = 'cgi-bin/message/send';

/** So many go into one message. */
const ARTICLES = 8;

/** WeCom says yes, and whom it has not sent the message to. */
const MEMBER_NOT_REACHED = 81013;

/** Documented in api.d.ts. @type {typeof import('../../api').appMessage} */
function appMessage(options) {
  return openAppMessage(options);
}

/**
 * The same with a clock of its own.
 * @param {import('../../api').AppMessageOptions} options
 * @returns {import('../..').Carrier}
 */
function openAppMessage(options, clock = systemClock) {
  const { corpId, corpSecret, accessToken, agentId, fetch } = appMessageOptions(options);
  const api = openApi({ isWeCom: true, fetch, clock });

  /** @param {import('../..').UndeliveredAnswer} answer */
  async function tokenOf({ account, records }) {
    if (accessToken) return givenToken(accessToken, account);
    const id = corpId ?? account.appId;
    if (id === undefined)
      throw wrongOption('corpId', 'is needed for messages of an application: of the account, or here');
    return corpToken(api, {
      corpId: id,
      corpSecret: await secretOf('corpSecret', corpSecret, account),
      records,
    });
  }

  return {
    name: 'appMessage',

    async carry(answer) {
      const token = await tokenOf(answer);
      return carryInPieces(answer, {
        clock,
        // WeCom counts by the minute and the hour, and drops what is more.
        takeRoom: async () => 1,
        pieceOf,
        async send(message) {
          const body = { touser: answer.user, agentid: agentId, ...message };
          const { invaliduser } = await callWithToken(api, token, SEND, body, answer.signal);
          if (!invaliduser) return;
          throw apiRefused(`/${SEND}`, { errcode: MEMBER_NOT_REACHED, errmsg: 'invaliduser', isWeCom: true });
        },
      });
    },
  };
}

/** @param {any} left */
function pieceOf(left) {
  const piece = firstPiece(left, appMessageOf, { articles: ARTICLES });
  if (piece) return piece;
  const kinds = appMessageKinds().join(', ');
  throw apiFailed(`/${SEND}`, 'not_taken', { more: `MsgType ${String(left?.MsgType)}; ${kinds}` });
}

module.exports = { appMessage, openAppMessage };
