'use strict';

const { randomBytes } = require('node:crypto');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { GrowingBuffer } = require('../../lib/growing-buffer.js');
const { readRecording } = require('../recording.js');
const { UsageError } = require('../usage-error.js');
const { createWords } = require('../words.js');
const { HEADERS, pathFor } = require('./guard.js');
const { kindsFor } = require('./kinds.js');
const { languageOf, wordsOf } = require('./page-words.js');

/** What a page may send at most, in bytes: a recording may have some hundred pushes. */
const LIMIT = 8 * 1024 * 1024;

/** How many ports are tried. */
const PORTS = 50;

/** So much may wait for a tab to read it, in bytes. */
const UNREAD = 64 * 1024 * 1024;

/** So that a tab whose computer slept notices, in milliseconds. */
const BEAT = 15_000;

const TYPES = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.mjs': 'text/javascript',
  '.svg': 'image/svg+xml',
};

/** The files of the page, read once; no other is served. */
const FILES = new Map(
  fs.readdirSync(path.join(__dirname, 'page')).map((name) => {
    const type = `${TYPES[path.extname(name)]}; charset=utf-8`;
    return [name, { type, body: fs.readFileSync(path.join(__dirname, 'page', name)) }];
  }),
);

/**
 * Serves a session to the pages of this machine.
 * @param {import('./session.js').Session} session
 * @param {{ port: number, lang: 'en' | 'zh' }} options
 */
async function servePage(session, { port: wanted, lang }) {
  const token = randomBytes(16).toString('base64url');
  const server = http.createServer((request, response) => {
    answer(request, response).catch((error) => refuse(response, error));
  });
  const port = await listen(server, wanted);

  /** @type {Record<string, (body: any) => any>} */
  const actions = {
    push: (body) => ({ id: session.push(body) }),
    text: (body) => ({ id: session.text(body) }),
    again: (body) => ({ id: session.again(body) }),
    handshake: () => void session.shake(),
    users: () => session.addUser(),
    way: (body) => session.setWay(body),
    clear: () => session.clear(),
    recording({ text }) {
      if (typeof text !== 'string') throw new UsageError('page_json');
      session.take(readRecording(text));
    },
  };

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async function answer(request, response) {
    const asked = pathFor(request, { token, port });
    if (asked === undefined)
      return send(response, 404, 'text/plain', 'not here: open the URL that was printed\n');
    if (request.method === 'POST') return act(asked, request, response);
    if (asked === 'events') return stream(response);
    if (asked === 'recording.json') return send(response, 200, 'application/json', session.recording());
    const [name, language, platform] = asked.split('/');
    if (name === 'words') return sendJson(response, 200, wordsOf(languageOf(language)));
    if (name === 'kinds') return sendJson(response, 200, kindsFor(platform, languageOf(language)));
    const file = FILES.get(asked === '' ? 'index.html' : asked);
    if (!file) return send(response, 404, 'text/plain', 'not found\n');
    return send(response, 200, file.type, file.body);
  }

  /**
   * @param {string} name
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async function act(name, request, response) {
    if (!Object.hasOwn(actions, name)) return send(response, 404, 'text/plain', 'not found\n');
    if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
      throw new UsageError('page_json');
    const done = await actions[name](objectIn(await bodyOf(request)));
    return sendJson(response, 200, done ?? {});
  }

  /** What happens, as it happens. @param {import('node:http').ServerResponse} response */
  function stream(response) {
    response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream; charset=utf-8' });
    const tell = (/** @type {object} */ change) => {
      response.write(`data: ${JSON.stringify(change)}\n\n`);
      // A tab that reads no more is told everything when it comes back.
      if (response.writableLength > UNREAD) response.destroy();
    };
    tell({ state: { ...session.state(), lang } });
    const stop = session.listen(tell);
    const beat = setInterval(() => response.write(':\n\n'), BEAT);
    response.once('close', () => {
      stop();
      clearInterval(beat);
    });
  }

  return {
    url: `http://127.0.0.1:${port}/${token}/`,
    port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * Listens on the port, or on the next one that is free.
 * @param {import('node:http').Server} server
 * @param {number} wanted 0 for any
 * @returns {Promise<number>}
 */
async function listen(server, wanted) {
  for (let port = wanted; ; port++) {
    try {
      await new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => resolve(server.off('error', reject)));
      });
      return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
    } catch (/** @type {any} */ error) {
      const isLast = port === 0 || port >= Math.min(wanted + PORTS, 65_535);
      if (!['EADDRINUSE', 'EACCES'].includes(error.code) || isLast) throw error;
    }
  }
}

/**
 * What went wrong with an action, in the words of each language.
 * @param {import('node:http').ServerResponse} response
 * @param {any} error
 */
function refuse(response, error) {
  // Its page has left.
  if (response.headersSent || response.destroyed) return response.destroy();
  const said = (/** @type {'en' | 'zh'} */ lang) =>
    error instanceof UsageError
      ? createWords(lang).text(`error.${error.reason}`, error.facts)
      : error.message;
  const status = error instanceof UsageError ? 400 : 500;
  return sendJson(response, status, { error: { en: said('en'), zh: said('zh') } });
}

/** @param {import('node:http').IncomingMessage} request */
async function bodyOf(request) {
  const buffer = new GrowingBuffer();
  for await (const chunk of request) {
    if (buffer.length + chunk.length > LIMIT) throw new UsageError('page_too_large');
    buffer.add(chunk);
  }
  return buffer.bytes().toString();
}

/** @param {string} text */
function objectIn(text) {
  try {
    const value = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below.
  }
  throw new UsageError('page_json');
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {object} value */
function sendJson(response, status, value) {
  send(response, status, 'application/json', JSON.stringify(value));
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} type
 * @param {string | Uint8Array} body
 */
function send(response, status, type, body) {
  response.writeHead(status, { ...HEADERS, 'Content-Type': type });
  response.end(body);
}

module.exports = { FILES, listen, servePage };
