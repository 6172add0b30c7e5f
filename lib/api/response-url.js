'use strict';

const { BOT_TEXT_BYTES, partsOf } = require('../answers/bot-stream.js');
const { splitText } = require('../answers/split.js');
const { systemClock } = require('../clock.js');
const { RESPONSE_URL_LASTS } = require('../deadlines.js');
const { responseUrlOptions } = require('../options.js');
const { apiFailed } = require('./api-error.js');
const { carryInPieces } = require('./carry.js');
const { ORIGINS, openApi, request } = require('./request.js');
const { steady } = require('./steady-records.js');

/** What errors are told by: the URL itself holds a code that is as good as a password. */
const RESPONSE = '/cgi-bin/aibot/response';

/** Documented in api.d.ts. @type {typeof import('../../api').responseUrl} */
function responseUrl(options) {
  return openResponseUrl(options);
}

/**
 * The same with a clock of its own.
 * @param {import('../../api').ResponseUrlOptions} [options]
 * @returns {import('../..').Carrier}
 */
function openResponseUrl(options, clock = systemClock) {
  const { prompt, fetch } = responseUrlOptions(options);
  const api = openApi({ isWeCom: true, fetch, clock });

  return {
    name: 'responseUrl',
    prompt,

    // What is no message of a user has none.
    reaches: (message) => /** @type {any} */ (message).response_url !== undefined,

    async carry(answer) {
      const { account, id, signal, pushedAt } = answer;
      const records = steady(answer.records);
      const { response_url: given, chattype } = /** @type {any} */ (answer.message);
      const used = `${account.id}:response:${id}`;
      if (given === undefined) return answer.value;
      const { path, query } = placeOf(given, api);
      const isOpen = async () => {
        const isYoung = pushedAt === undefined || clock.wall() - pushedAt < RESPONSE_URL_LASTS;
        return isYoung && !(await records.get(used));
      };
      return carryInPieces(answer, {
        clock,
        takeRoom: async () => ((await isOpen()) ? 0 : -1),
        pieceOf: (left) => pieceOf(left, chattype),
        async send(body) {
          await request(api, path, { query, body, signal });
          await records.set(used, '1', { ttl: RESPONSE_URL_LASTS });
        },
      });
    },
  };
}

/**
 * Where a message says that it can be answered. It goes nowhere but to Tencent, or to the server that plays it.
 * @param {unknown} given
 * @param {import('./request.js').Api} api
 */
function placeOf(given, { base }) {
  const url = typeof given === 'string' && URL.canParse(given) ? new URL(given) : undefined;
  if (url?.origin !== ORIGINS.wecom && url?.origin !== base.origin) throw apiFailed(RESPONSE, 'elsewhere');
  return { path: url.pathname, query: Object.fromEntries(url.searchParams) };
}

/**
 * @param {any} left
 * @param {unknown} chattype
 * @returns {import('./piece.js').Piece}
 */
function pieceOf(left, chattype) {
  const { content = left, beside = {} } = partsOf(left) ?? {};
  const { card, feedback } = beside;
  const reply = card && { msgtype: 'template_card', template_card: card };
  if (typeof content === 'string' && content.trim() !== '') {
    const [text, rest] = splitText(content, BOT_TEXT_BYTES);
    const markdown = { content: text, feedback };
    return { message: { msgtype: 'markdown', markdown }, rest: rest || reply };
  }
  // In a group only texts are taken.
  if (!reply || chattype === 'group') throw apiFailed(RESPONSE, 'not_taken');
  return { message: reply, rest: undefined };
}

module.exports = { openResponseUrl, responseUrl };
