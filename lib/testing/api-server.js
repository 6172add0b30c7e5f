'use strict';

const { randomUUID } = require('node:crypto');
const { once } = require('node:events');
const http = require('node:http');
const { wrongOption } = require('../errors.js');
const { apiServerOptions } = require('../options.js');
const { appFlawOf, flawOf, seen } = require('./api-messages.js');
const { createResponses } = require('./api-responses.js');
const { createTokens } = require('./api-tokens.js');
const { createUsers } = require('./api-users.js');

const OK = { errcode: 0, errmsg: 'ok' };

const PAGE = '<!DOCTYPE html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>';

/** JSON has to escape them, and no others. */
const LAST_CONTROL = 0x1f;

/** For any interface. */
const ANY = '*';

/** Documented in testing.d.ts. @type {typeof import('../../testing').createApiServer} */
async function createApiServer(options) {
  const { secrets, tokenLifetime, timeScale, port: wanted, onCall } = apiServerOptions(options);
  const now = () => performance.now() / 1000 / timeScale;
  const tokens = createTokens({ now, lifetime: tokenLifetime, secrets });
  const users = createUsers({ now });
  const responses = createResponses({ now });
  /** @type {import('../../testing').SentMessage[]} */
  const messages = [];
  /** @type {import('../../testing').ApiCall[]} */
  const calls = [];
  /** What was ordered in place of the next answers. @type {Order[]} */
  const orders = [];

  /** @type {Record<string, (call: { query: any, body: any }) => object>} */
  const interfaces = {
    '/cgi-bin/stable_token': ({ body }) => tokens.stable(body),
    '/cgi-bin/token': ({ query }) => tokens.fresh(query),
    '/cgi-bin/gettoken': ({ query }) => tokens.corp(query),
    '/cgi-bin/getcallbackip': withToken(() => ({ ip_list: ['127.0.0.1'] })),
    '/cgi-bin/message/custom/typing': withToken(
      (_, { touser, command }) => users.type(touser, command) ?? OK,
    ),
    '/cgi-bin/message/custom/send': withToken((account, body) => {
      const flaw = flawOf(body) ?? users.take(body.touser);
      if (!flaw) messages.push(seen(account, body.touser, body));
      return flaw ?? OK;
    }),
    '/cgi-bin/message/send': withToken((account, body) => {
      const flaw = appFlawOf(body);
      if (flaw) return flaw;
      for (const user of body.touser.split('|')) messages.push(seen(account, user, body));
      return { ...OK, msgid: randomUUID() };
    }, true),
    '/cgi-bin/aibot/response': ({ query, body }) => {
      const answered = responses.answer(query.response_code, body);
      if ('flaw' in answered) return answered.flaw;
      messages.push(answered.sent);
      return OK;
    },
  };

  /**
   * @param {(account: string, body: any) => object} act
   * @param {boolean} [isWeCom]
   */
  function withToken(act, isWeCom) {
    return (/** @type {{ query: any, body: any }} */ { query, body }) => {
      const owner = tokens.idOf(query.access_token, isWeCom);
      return 'id' in owner ? act(/** @type {string} */ (owner.id), body) : owner;
    };
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async function answerTo(request, response) {
    const { pathname: path, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const body = bodyIn(await textOf(request));
    const { answer, delay = 0, status = 200 } = nextOrder(path) ?? {};
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    const call = { query: Object.fromEntries(searchParams), body: body ?? {} };
    const given = answer ?? (body ? ownAnswer(path, call) : { errcode: 47001, errmsg: 'data format error' });
    calls.push({ method: request.method ?? '', path, body: withoutSecret(body), answer: shown(given) });
    onCall?.(calls.at(-1));
    if (given === 'down') return void request.socket.destroy();
    if (given === 'hang') return undefined;
    const isPage = given === 'html';
    response.writeHead(status, { 'content-type': isPage ? 'text/html' : 'application/json; charset=utf-8' });
    response.end(isPage ? PAGE : JSON.stringify(withRid(given)));
  }

  /** @param {string} path @param {{ query: any, body: any }} call */
  function ownAnswer(path, call) {
    if (!Object.hasOwn(interfaces, path)) return { errcode: 40066, errmsg: 'invalid url' };
    return interfaces[path](call);
  }

  /** @param {string} path */
  function nextOrder(path) {
    const order = orders.find((one) => one.times > 0 && (one.path === path || one.path === ANY));
    if (order) order.times--;
    return order;
  }

  const server = http.createServer((request, response) => {
    answerTo(request, response).catch(() => request.socket.destroy());
  });
  server.listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${port}`;

  return {
    url,
    messages,
    calls,
    async fetch(input, init) {
      const sent = new Request(input, init);
      const { pathname, search } = new URL(sent.url);
      const { method, headers, redirect, signal } = sent;
      const body = sent.body ? await sent.arrayBuffer() : undefined;
      return fetch(new URL(pathname + search, url), { method, headers, redirect, signal, body });
    },
    pushed(message) {
      users.pushed(message);
      responses.pushed(message);
    },
    isTyping: users.isTyping,
    expireTokens: tokens.expire,
    replaceTokens: tokens.replace,
    answer(path, answer, { times = 1, delay, status } = {}) {
      orders.push({ path: path === ANY ? ANY : pathOf(path), answer, times, delay, status });
    },
    recover: () => void orders.splice(0),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * @typedef {object} Order
 * @property {string} path
 * @property {import('../../testing').ApiAnswer} [answer]
 * @property {number} times
 * @property {number} [delay]
 * @property {number} [status]
 */

/** @param {string} path */
function pathOf(path) {
  if (typeof path !== 'string' || path === '')
    throw wrongOption('path', "must be a path such as 'cgi-bin/token', or '*'");
  return path.startsWith('/') ? path : `/${path}`;
}

/** @param {import('node:http').IncomingMessage} request */
async function textOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/**
 * A body; undefined where it is no JSON object. Characters that came as `\uXXXX` are not read as such, as WeChat does
 * not, either: users see the backslash.
 * @param {string} text
 */
function bodyIn(text) {
  if (text === '') return {};
  const literal = text.replaceAll(/\\(u[0-9a-f]{4}|.)/gis, (one, what) =>
    Number.parseInt(what.slice(1), 16) > LAST_CONTROL ? `\\${one}` : one,
  );
  try {
    const body = JSON.parse(literal);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

/** @param {any} body */
function withoutSecret(body) {
  if (body === undefined) return undefined;
  return { ...body, secret: undefined };
}

/** @param {any} answer */
function shown(answer) {
  return typeof answer === 'object' ? { ...answer, access_token: undefined } : answer;
}

/** Errors end with the name of the call. @param {any} answer */
function withRid(answer) {
  const { errcode, errmsg = 'system error' } = answer;
  if (!errcode) return answer;
  return { ...answer, errmsg: `${errmsg} rid: ${randomUUID().slice(0, 26)}` };
}

module.exports = { createApiServer };
