'use strict';

// The checks of `doctor`. A check returns what it found; `report.js` puts that into words.

const { WECHAT_HANGS_UP, WECOM_CHECK_WITHIN } = require('../lib/deadlines.js');
const { setTimeout: delay } = require('node:timers/promises');
const { refreshOf } = require('../lib/gateway.js');
const { answeredBy } = require('./answered-by.js');
const { handshakeMistake, kindOf, messageMistake, skewOf, slowMistake } = require('./classify.js');

/** Longer than the bodies that receivers and proxies take by default. */
const OVERSIZED = 2 * 1024 * 1024;

/** With an id of its own, a message is no repetition. */
const NEW_ID = { MsgId: undefined, msgid: undefined };

/** What was found of a good handshake, by its kind. */
const HANDSHAKES = { echo: 'echostr', sealed: 'decrypted', path: 'path' };

/**
 * @typedef {object} Checked
 * @property {'pass' | 'note' | 'fail' | 'skip'} verdict
 * @property {import('./words.js').Finding} [finding] what is wrong, or worth a note
 * @property {{ key: string, facts?: object }} [said] what was found, when nothing is wrong
 * @property {string} [detail] the program's own, in English
 * @property {any} [request]
 * @property {import('../lib/exchange.js').Answer} [answer]
 * @property {any} [reply] opened
 * @property {boolean} [elsewhere] whether somebody else answered in the server's place
 *
 * @typedef {import('./server.js').Server} Server
 * @typedef {import('../testing').Gateway} Gateway
 */

/**
 * Whether WeChat can get there, or who is played in its place.
 * @param {import('./address.js').Address} address
 * @param {{ knowsPorts: boolean }} account
 * @returns {Checked}
 */
function checkAddress({ finding, local, host, port }, { knowsPorts }) {
  if (finding?.name === 'port' && !knowsPorts)
    return { verdict: 'note', finding: { ...finding, name: 'port_unsure' } };
  if (!finding) return { verdict: 'pass', said: { key: 'address', facts: { host, port } } };
  return { verdict: local ? 'note' : 'fail', finding };
}

/**
 * The handshake, as when the URL is entered in WeChat's console, or what the platform has in its place. What fails is
 * tried as those of other kinds.
 * @param {Server} server
 * @param {Gateway} gateway
 * @param {{ name: string, gateway: Gateway }[]} others
 * @returns {Promise<Checked>}
 */
async function checkHandshake(server, gateway, others) {
  const seen = await server.see(gateway.handshakeRequest({ url: server.url }));
  const { answer, request } = seen;
  const mistake = handshakeMistake(answer, request);
  if (!mistake) return passed(seen, HANDSHAKES[kindOf(request)]);
  const found = wrong(seen, mistake, { echostr: request.echostr, limit: { ms: WECOM_CHECK_WITHIN } });
  if (answer.error || found.elsewhere) return found;
  for (const other of others) {
    const again = await server.see(other.gateway.handshakeRequest({ url: server.url }));
    if (!handshakeMistake(again.answer, again.request)) return failed(seen, other.name);
  }
  return found;
}

/**
 * A handshake that somebody else signed must not get its echostr back.
 * @param {Server} server
 * @param {Gateway} stranger
 * @returns {Promise<Checked>}
 */
async function checkForgedHandshake(server, stranger) {
  const seen = await server.see(stranger.handshakeRequest({ url: server.url }));
  const { answer, request } = seen;
  if (isFailure(answer)) return wrong(seen, handshakeMistake(answer, request));
  if (answer.status !== 200) return passed(seen, 'refused');
  const isEchoed = [request.echostr, request.query.echostr].some((echo) => answer.body.includes(echo));
  return isEchoed ? failed(seen, 'not_refused') : passed(seen, 'not_echoed');
}

/**
 * A message that deserves an answer.
 * @param {Server} server
 * @param {Gateway} gateway
 * @param {import('../testing').GatewayMessage} message
 * @returns {Promise<Checked>}
 */
async function checkMessage(server, gateway, message) {
  return judged(await server.see(gateway.request(message, { url: server.url })), gateway);
}

/**
 * A message that somebody else signed must not get what a good one got.
 * @param {Server} server
 * @param {{ gateway: Gateway, stranger: Gateway }} senders
 * @param {Checked} good
 * @returns {Promise<Checked>}
 */
async function checkForgedMessage(server, { gateway, stranger }, good) {
  const message = { ...good.request.message, ...NEW_ID };
  const seen = await server.see(stranger.request(message, { url: server.url }));
  const { answer, request } = seen;
  if (isFailure(answer)) return wrong(seen, messageMistake(answer, request, null));
  if (answer.status !== 200) return passed(seen, 'refused');
  if (!good.reply) return noted(seen, 'forged_accepted');
  const { reply } = replyIn(seen, gateway);
  return isAlike(reply, good.reply) ? failed(seen, 'forged_answered') : passed(seen, 'unanswered');
}

/**
 * The same delivery again, as WeChat repeats it, must be answered alike.
 * @param {Server} server
 * @param {Gateway} gateway
 * @param {Checked} first
 * @returns {Promise<Checked>}
 */
async function checkDuplicate(server, gateway, first) {
  const seen = await server.see(first.request);
  const again = judged(seen, gateway);
  if (again.verdict !== 'pass') return again;
  return isAlike(again.reply, first.reply) ? passed(seen, 'alike') : failed(seen, 'duplicate_differs');
}

/**
 * A message whose body comes in two parts, as over a slow line, must be answered like any other.
 * @param {Server} server
 * @param {Gateway} gateway
 * @param {Checked} good
 * @param {number} pause between the parts, in milliseconds
 * @returns {Promise<Checked>}
 */
async function checkSlow(server, gateway, good, pause) {
  const message = { ...good.request.message, ...NEW_ID };
  const seen = await server.see(gateway.request(message, { url: server.url }), pause);
  const facts = { pause: { ms: pause } };
  const mistake = slowMistake(seen.answer);
  if (mistake) return failed(seen, mistake, facts);
  const found = judged(seen, gateway);
  return found.verdict === 'pass' && good.reply && !found.reply ? failed(seen, 'slow_lost', facts) : found;
}

/**
 * What answers the message of a bot's user may be a stream that grows: WeCom asks for more until it is finished.
 * @param {Server} server
 * @param {Gateway} gateway
 * @param {Checked} first the message
 * @param {{ pause: number, most: number }} often how many milliseconds are between two questions, and how many there are
 * @returns {Promise<Checked>}
 */
async function checkStream(server, gateway, first, { pause, most }) {
  let found = first;
  let hasCard = isWithCard(first);
  for (let turn = 1; turn <= most; turn += 1) {
    await delay(pause);
    const message = refreshOf(first.request.message, first.reply.stream.id);
    const seen = await server.see(gateway.request(message, { url: server.url }));
    found = judged(seen, gateway);
    if (found.verdict !== 'pass') return found;
    if (hasCard && isWithCard(found)) return { ...failed(seen, 'second_card'), reply: found.reply };
    hasCard ||= isWithCard(found);
    if (found.reply?.stream?.finish) return { ...found, said: { key: 'stream', facts: { turns: turn } } };
  }
  const { request, answer, reply } = found;
  return {
    verdict: 'note',
    finding: { name: 'stream_goes_on', facts: { turns: most } },
    request,
    answer,
    reply,
  };
}

/** @param {Checked} found */
function isWithCard({ reply }) {
  return reply?.template_card !== undefined;
}

/** Whether more of the reply is to be asked for. @param {Checked} found */
function isGrowing({ verdict, reply }) {
  return verdict === 'pass' && reply?.stream !== undefined && !reply.stream.finish;
}

/**
 * A message that is too large must not hold the server up, or bring it down.
 * @param {Server} server
 * @param {Gateway} gateway
 * @param {(content: string) => import('../testing').GatewayMessage} textOf
 * @returns {Promise<Checked>}
 */
async function checkOversized(server, gateway, textOf) {
  const message = textOf('x'.repeat(OVERSIZED));
  const seen = await server.see(gateway.request(message, { url: server.url }));
  const { status, error } = seen.answer;
  const after = await server.see(gateway.handshakeRequest({ url: server.url }));
  if (after.answer.error) return failed(seen, 'died');
  if (error?.reason === 'timeout') return failed(seen, messageMistake(seen.answer, seen.request, null));
  // Closing the connection before everything is read is a refusal, too.
  if (error) return passed(seen, 'closed');
  if (status === 200) return noted(seen, 'oversized_accepted');
  return Number(status) >= 500 ? noted(seen, 'server_error') : passed(seen, 'refused');
}

/**
 * How long the answers took.
 * @param {Server} server
 * @returns {Checked}
 */
function checkTime({ answers, timeout }) {
  const slowest = answers.toSorted((a, b) => b.duration - a.duration)[0];
  const facts = { duration: { ms: slowest.duration }, timeout: { ms: timeout } };
  if (answers.some(({ error }) => error?.reason === 'timeout')) {
    return { verdict: 'fail', finding: { name: 'timed_out', facts } };
  }
  if (slowest.duration > WECHAT_HANGS_UP) return { verdict: 'fail', finding: { name: 'too_late', facts } };
  return { verdict: 'pass', said: { key: 'time', facts } };
}

/**
 * What the answer to a good message is worth.
 * @param {import('./server.js').Seen} seen
 * @param {Gateway} gateway
 * @returns {Checked}
 */
function judged(seen, gateway) {
  const { reply, flaw } = replyIn(seen, gateway);
  const mistake = messageMistake(seen.answer, seen.request, flaw?.reason ?? null);
  if (mistake) {
    const { detail: en, zh } = flaw ?? {};
    return { ...wrong(seen, mistake, { detail: flaw?.message, why: { en, zh } }), reply };
  }
  if (!reply) return { ...passed(seen, 'no_reply'), reply };
  const kind = reply.MsgType ?? reply.msgtype ?? reply.response_type;
  if (kind === undefined) return { ...passed(seen, 'data'), reply };
  return { ...passed(seen, 'reply', { kind: seen.conceal(kind) }), reply };
}

/**
 * The reply in an answer, or why WeChat would not take it.
 * @param {import('./server.js').Seen} seen
 * @param {Gateway} gateway
 * @returns {{ reply: any, flaw?: any }}
 */
function replyIn({ request, answer: { status, error, body } }, gateway) {
  if (error || status !== 200) return { reply: null };
  try {
    return { reply: gateway.read(body, request.message, request.query?.nonce) };
  } catch (flaw) {
    return { reply: null, flaw };
  }
}

/**
 * Whether two replies are the same but for their time.
 * @param {any} a
 * @param {any} b
 */
function isAlike(a, b) {
  const bare = (/** @type {any} */ reply) => JSON.stringify(reply && { ...reply, CreateTime: 0 });
  return bare(a) === bare(b);
}

/** Whether it is no refusal but a breakdown. @param {import('../lib/exchange.js').Answer} answer */
function isFailure({ error, status }) {
  return error !== null || Number(status) >= 500;
}

/**
 * What is wrong with an answer: that somebody else gave it, else the mistake.
 * @param {import('./server.js').Seen} seen
 * @param {string | null} mistake
 * @param {{ detail?: string, [fact: string]: any }} [more]
 * @returns {Checked}
 */
function wrong(seen, mistake, more) {
  const other = answeredBy(seen.answer, seen.request.url);
  return other
    ? { ...failed(seen, other.name, seen.conceal(other.facts)), elsewhere: true }
    : failed(seen, mistake, more);
}

/**
 * @param {import('./server.js').Seen} seen
 * @param {string | null} name of what is wrong
 * @param {{ detail?: string, [fact: string]: any }} [more]
 * @returns {Checked}
 */
function failed({ request, answer, facts, conceal }, name, { detail, ...more } = {}) {
  const own = answer.error?.detail ?? detail?.replace(/^wechat-push: /, '');
  const finding = { name: String(name), facts: { ...facts, skew: { ms: skewOf(answer) }, ...more } };
  return { verdict: 'fail', finding, detail: own && conceal(own), request, answer };
}

/**
 * @param {import('./server.js').Seen} seen
 * @param {string} name of what is worth a note
 * @returns {Checked}
 */
function noted({ request, answer, facts }, name) {
  return { verdict: 'note', finding: { name, facts }, request, answer };
}

/**
 * @param {import('./server.js').Seen} seen
 * @param {string} key
 * @param {object} [more]
 * @returns {Checked}
 */
function passed({ request, answer, facts }, key, more) {
  return { verdict: 'pass', said: { key, facts: { ...facts, ...more } }, request, answer };
}

module.exports = {
  checkAddress,
  checkDuplicate,
  checkForgedHandshake,
  checkForgedMessage,
  checkHandshake,
  checkMessage,
  checkOversized,
  checkSlow,
  checkStream,
  checkTime,
  isGrowing,
  judged,
};
