'use strict';

const { timingSafeEqual } = require('node:crypto');

// Who may ask the playground: its own page, opened by the URL that was printed. A page of another site can send requests
// to this machine too, and by a name of its own that leads here (DNS rebinding) it could read the answers.

/** Nothing from elsewhere, no inline scripts or styles, no text that becomes HTML. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/**
 * The path behind the token; undefined for whoever may not ask.
 * @param {import('node:http').IncomingMessage} request
 * @param {{ token: string, port: number }} own
 * @returns {string | undefined}
 */
function pathFor({ method, url = '', headers }, { token, port }) {
  const { host, origin, 'sec-fetch-site': site, 'sec-fetch-mode': how } = headers;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (host === undefined || !hosts.includes(host)) return undefined;
  if (origin === undefined ? method !== 'GET' : origin !== `http://${host}`) return undefined;
  // Somebody may have followed the printed URL from a terminal in a web page.
  const isOpened = method === 'GET' && how === 'navigate';
  if (!isOpened && site !== undefined && site !== 'same-origin' && site !== 'none') return undefined;
  const [, given = '', rest] = /^\/([^/?]*)\/([^?]*)/.exec(url) ?? [];
  return isSame(given, token) ? rest : undefined;
}

/** @param {string} given @param {string} token */
function isSame(given, token) {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

module.exports = { HEADERS, pathFor };
