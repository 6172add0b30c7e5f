'use strict';

const { exchange } = require('../lib/exchange.js');

/** How many bytes of an answer are read. */
const ANSWER_LIMIT = 1024 * 1024;

/**
 * The server that is examined, which is asked as WeChat asks.
 * @param {import('./address.js').Address} address
 * @param {number} timeout in milliseconds
 * @param {<T>(value: T) => T} conceal takes secrets out of what is printed
 * @typedef {ReturnType<typeof createServer>} Server
 */
function createServer({ url, host, port, lookup }, timeout, conceal) {
  /** @type {import('../lib/exchange.js').Answer[]} */
  const answers = [];

  /**
   * What is known of an exchange, for the texts of findings.
   * @param {any} request
   * @param {import('../lib/exchange.js').Answer} answer
   */
  function factsOf({ method, headers }, { status, headers: answered, body, duration }) {
    return {
      host,
      port,
      method,
      status,
      timeout: { ms: timeout },
      duration: { ms: duration },
      type: headers['Content-Type'],
      coding: excerpt(conceal(answered['content-encoding'] ?? 'gzip'), 30),
      location: excerpt(conceal(answered.location ?? ''), 200),
      body: excerpt(conceal(body.toString()), 80) || '–',
    };
  }

  return {
    url,
    timeout,
    /** Every answer so far but those to slow requests. */
    answers,

    /**
     * Sends a request and gives what came of it.
     * @param {any} request
     * @param {number} [pause] in milliseconds, between the halves of its body
     * @returns {Promise<Seen>}
     */
    async see(request, pause) {
      const answer = await exchange(request, { timeout, maxBytes: ANSWER_LIMIT, lookup, pause });
      // A slow request takes long through no fault of the server.
      if (pause === undefined) answers.push(answer);
      return { request, answer, facts: factsOf(request, answer), conceal };
    },
  };
}

/**
 * One exchange.
 * @typedef {object} Seen
 * @property {any} request
 * @property {import('../lib/exchange.js').Answer} answer
 * @property {object} facts
 * @property {<T>(value: T) => T} conceal
 */

/**
 * The beginning of a text, in one line.
 * @param {string} text
 * @param {number} length
 */
function excerpt(text, length) {
  const line = text
    .slice(0, 4 * length)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > length ? `${line.slice(0, length).toWellFormed()}…` : line;
}

module.exports = { createServer };
