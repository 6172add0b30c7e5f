'use strict';

const { createApiServer } = require('../../lib/testing/api-server.js');
const { addressOf } = require('../address.js');
const { servePage } = require('../play/web-server.js');
const { createSession } = require('../play/session.js');
const { waysOf } = require('../play/ways.js');

/** Where the page is looked for first. */
const PORT = 7070;
const LAST_PORT = 65_535;

/** @type {import('../main.js').Command['check']} */
async function check({ given, values, words, note, say, ended }) {
  const ways = waysOf(values, note);
  const address = await addressOf(given, values.timeout);
  const { port: wanted = PORT } = values;
  const beside = wanted === 0 || wanted === LAST_PORT ? 0 : wanted + 1;
  const api = await apiServer(beside, (call) => session.called(call));
  const session = createSession({ address, timeout: values.timeout, ways, api });
  const page = await servePage(session, { port: wanted, lang: words.lang });
  if (page.port !== wanted && wanted !== 0) note('next_port', { taken: wanted, port: page.port });
  say(words.text('play.page', { url: page.url }));
  say(words.text('play.api', { line: `WECHAT_PUSH_API_URL=${api.url}` }));
  void session.shake();
  await ended();
  await Promise.all([page.close(), api.close()]);
  return { ok: true, ...session.counts };
}

/**
 * WeChat's API for the app, on the port or on any.
 * @param {number} port
 * @param {(call: import('../../testing').ApiCall) => void} onCall
 */
async function apiServer(port, onCall) {
  try {
    return await createApiServer({ port, onCall });
  } catch (/** @type {any} */ error) {
    if (!['EADDRINUSE', 'EACCES'].includes(error.code)) throw error;
    return createApiServer({ onCall });
  }
}

/** @type {import('../main.js').Command['print']} */
function print({ all, failed }, { words }) {
  return words.text('play.ended', { all, failed });
}

module.exports = { check, print };
