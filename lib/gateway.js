'use strict';

const { isUint8Array } = require('node:util/types');
const { openAccount } = require('./account.js');
const engine = require('./engine/index.js');
const { exchange } = require('./exchange.js');
const { WECOM_ASKS_FOR, WECOM_CHECK_WITHIN } = require('./deadlines.js');
const { reading, wrongAnswer, wrongMessage, wrongOption } = require('./errors.js');
const { wellFormed } = require('./json.js');
const { conversationOptions, deliveries, gatewayOptions, readingOptions } = require('./options.js');
const { platformOf } = require('./platforms.js');
const { thrownMessage } = require('./thrown.js');
const wire = require('./wire.js');

/** How many bytes of an answer are read; no reply is that long. */
const ANSWER_LIMIT = 1024 * 1024;

/** Documented in testing.d.ts. @type {typeof import('../testing').createGateway} */
function createGateway(options) {
  const parsed = gatewayOptions(options);
  const account = openAccount(parsed.account);
  const { format, timeout, timeScale, retry, attempts: usually } = parsed.gateway;
  const inJson = format === 'json';
  const { sealsEchostr } = platformOf(parsed.account.platform);
  const limits = limitsOf(timeout);
  const limitsOfCheck = sealsEchostr ? limitsOf(Math.min(timeout, WECOM_CHECK_WITHIN)) : limits;

  /** @param {number} milliseconds of WeChat's */
  function limitsOf(milliseconds) {
    return { timeout: Math.ceil(milliseconds * timeScale), maxBytes: ANSWER_LIMIT };
  }

  /** @type {import('../testing').Gateway['handshakeRequest']} */
  function handshakeRequest(given) {
    const url = targetOf(given);
    const { query, headers, body, echo } = requestIn(engine.handshakeRequest(account.number, now()));
    const sent = { url: withQuery(url, query), query, headers, echostr: echo };
    return body === '' ? { method: 'GET', ...sent } : { method: 'POST', ...sent, body };
  }

  /** @type {import('../testing').Gateway['request']} */
  function request(message, given) {
    const url = targetOf(given);
    const sent = requestIn(engine.pushRequest(account.number, messageJson(message), now(), inJson));
    return { method: 'POST', url: withQuery(url, sent.query), ...sent };
  }

  /**
   * One delivery.
   * @param {import('../testing').PushRequest} sent
   * @returns {Promise<import('../testing').Attempt>}
   */
  async function deliver(sent) {
    const answer = await exchange(sent, limits);
    const refused = refusalOf(answer);
    const { message, query } = sent;
    const read = refused ? { reply: null, error: refused } : reply(answer.body, message, query.nonce);
    const timedOut = refused?.reason === 'timeout';
    return { request: sent, accepted: !refused, ...answer, body: answer.body.toString(), timedOut, ...read };
  }

  /**
   * The reply in the body of an answer, or what is wrong with it.
   * @param {Uint8Array | string} body
   * @param {object} [message] that it answers
   * @param {string} [nonce] of its URL
   */
  function reply(body, message, nonce = '') {
    const answered = message ? messageJson(message) : '';
    return wire.readAnswer(engine.readAnswer(account.number, answered, nonce, body, inJson));
  }

  /** @type {import('../testing').Gateway['push']} */
  async function push(url, message, given) {
    const most = deliveries(readingOptions(() => given?.attempts) ?? usually);
    const target = { url: httpUrl(url) };
    let sent = request(message, target);
    const attempts = [await deliver(sent)];
    while (!attempts.at(-1)?.accepted && attempts.length < most) {
      if (retry === 'fresh') sent = request(sent.message, target);
      attempts.push(await deliver(sent));
    }
    const { accepted, ...last } = /** @type {import('../testing').Attempt} */ (attempts.at(-1));
    return { delivered: accepted, reply: last.reply, error: last.error, message: sent.message, attempts };
  }

  return {
    handshakeRequest,
    request,

    async handshake(url) {
      const sent = handshakeRequest({ url: httpUrl(url) });
      const answer = await exchange(sent, limitsOfCheck);
      const { echostr } = sent;
      const error = refusalOf(answer) ?? echoFlaw(answer.body, echostr);
      return { ok: !error, ...answer, body: answer.body.toString(), echostr, url: sent.url, error };
    },

    push,

    async converse(url, message, given) {
      const { interval, wait } = conversationOptions(given);
      const turns = [{ at: 0, ...(await push(url, message)) }];
      const pushed = turns[0].message;
      /** @type {any} */
      let streamed = turns[0].reply?.stream;
      const isGrowing = () => streamed !== undefined && !streamed.finish;
      for (let at = interval; isGrowing() && at <= WECOM_ASKS_FOR; at += interval) {
        await wait(interval * timeScale);
        const turn = await push(url, refreshOf(pushed, streamed.id), { attempts: 1 });
        turns.push({ at, ...turn });
        streamed = turn.reply?.stream ?? streamed;
      }
      const { reply: last } = turns.findLast((turn) => turn.reply) ?? { reply: null };
      const found = turns.findLast((turn) => turn.error)?.error;
      const error = found ?? conversationFlaw(turns, isGrowing());
      return { reply: last, text: textOf(last), finished: !isGrowing(), turns, error };
    },

    read(body, message, nonce) {
      if (typeof body !== 'string' && !isUint8Array(body)) {
        throw wrongOption('body', 'must be the body of an answer, a string or bytes');
      }
      const { reply: value, error } = reply(body, message, typeof nonce === 'string' ? nonce : '');
      if (!error) return value;
      throw wrongAnswer(error);
    },
  };
}

/** What is wrong with answers that are right one by one. @type {Record<string, import('../testing').GatewayError>} */
const FLAWS = {
  unfinished: {
    reason: 'unfinished_stream',
    detail:
      'the stream was not finished within six minutes; WeCom asks no more, and its user sees what there was',
  },
  secondCard: {
    reason: 'second_card',
    detail: 'a message is answered with one card at most, and several answers have one',
  },
};

/**
 * @param {{ reply: any }[]} turns
 * @param {boolean} isGrowing
 */
function conversationFlaw(turns, isGrowing) {
  if (isGrowing) return FLAWS.unfinished;
  return turns.filter(({ reply }) => reply?.template_card).length > 1 ? FLAWS.secondCard : null;
}

/**
 * What WeCom asks for more of a stream by: the place of the message, without what was said.
 * @param {any} message
 * @param {string} id
 */
function refreshOf({ aibotid, chattype, chatid, from }, id) {
  return { aibotid, chattype, chatid, from, msgtype: 'stream', stream: { id } };
}

/** What the user of a bot reads. @param {any} reply @returns {string | null} */
function textOf(reply) {
  return reply?.stream?.content ?? reply?.text?.content ?? null;
}

/** In seconds. */
function now() {
  return Date.now() / 1000;
}

/**
 * What the core made of a request.
 * @param {string} text
 */
function requestIn(text) {
  const request = wire.readRequest(text);
  if ('error' in request) throw wrongMessage(request.error);
  return request;
}

/**
 * A message as JSON; undefined fields are absent, and a BigInt is its digits.
 * @param {unknown} message
 */
function messageJson(message) {
  try {
    const json = JSON.stringify(message, (name, value) =>
      typeof value === 'bigint' ? String(value) : wellFormed(name, value),
    );
    return json ?? 'null';
  } catch (/** @type {any} */ error) {
    throw wrongMessage(thrownMessage(error));
  }
}

/**
 * What a query is appended to.
 * @param {import('../testing').RequestOptions | undefined} options
 */
function targetOf(options) {
  const url = readingOptions(() => options?.url) ?? '/';
  if (typeof url === 'string') return url;
  throw wrongOption('url', 'must be a string');
}

/**
 * @param {string} url
 * @param {Record<string, string>} query
 */
function withQuery(url, query) {
  const [target] = url.split('#');
  if (Object.keys(query).length === 0) return target;
  return `${target}${target.includes('?') ? '&' : '?'}${new URLSearchParams(query)}`;
}

/** @param {string | URL} url */
function httpUrl(url) {
  const wrong = () => wrongOption('url', 'must be an absolute URL that begins with http:// or https://');
  const { protocol, href } = reading(() => new URL(url), wrong);
  if (/^https?:$/.test(protocol)) return href;
  throw wrong();
}

/**
 * Why WeChat does not look into an answer.
 * @param {import('./exchange.js').Answer} answer
 * @returns {import('../testing').GatewayError | null}
 */
function refusalOf({ status, headers, error }) {
  if (error) return { reason: error.reason, detail: error.detail };
  return wire.readFlaw(engine.answerFlaw(Number(status), headers['content-encoding'], headers.location));
}

/**
 * Why the body does not answer the handshake.
 * @param {Buffer} body
 * @param {string} echostr
 */
function echoFlaw(body, echostr) {
  return wire.readFlaw(engine.echoFlaw(body, echostr));
}

module.exports = { createGateway, echoFlaw, refreshOf, refusalOf };
