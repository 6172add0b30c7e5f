'use strict';

const http = require('node:http');
const https = require('node:https');
const { GrowingBuffer } = require('./growing-buffer.js');

/** What `setTimeout` takes. */
const MAX_TIMEOUT = 2 ** 31 - 1;

/** WeChat's servers do not connect to a server that offers TLS 1.3 alone. */
const TLS = 'TLSv1.2';

/** What went wrong, for people. */
const SENTENCES = {
  timeout: 'too late',
  dns_failed: 'the host name has no address',
  connection_refused: 'nothing listens at that address',
  unreachable: 'the address cannot be reached',
  tls_failed: 'no TLS connection came about',
  connection_closed: 'the connection was closed without an answer',
  malformed_response: 'the answer is no HTTP',
  response_incomplete: 'the connection was closed in the middle of the answer',
  response_too_large: 'the answer is too large',
};

const REASONS = {
  ENOTFOUND: 'dns_failed',
  EAI_AGAIN: 'dns_failed',
  EAI_FAIL: 'dns_failed',
  EAI_NODATA: 'dns_failed',
  ECONNREFUSED: 'connection_refused',
  EACCES: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  EINVAL: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'unreachable',
};

/**
 * @typedef {object} Answer
 * @property {number | null} status null when no answer came
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {Buffer} body the part of it that arrived
 * @property {number} duration in milliseconds
 * @property {Failure | null} error
 *
 * @typedef {object} Failure
 * @property {keyof typeof SENTENCES} reason
 * @property {string} detail
 * @property {string} code of Node's error, or ''
 * @property {Phase} phase what was being waited for
 *
 * @typedef {'connection' | 'TLS connection' | 'answer' | 'complete answer'} Phase
 */

/**
 * One HTTP exchange as it is: nothing is followed, decompressed or kept alive. Always resolves, after
 * `timeout` milliseconds at the latest, with at most `maxBytes` of the answer.
 * @param {{ method: string, url: string, headers: Record<string, string>, body?: string | Uint8Array }} request
 * @param {{ timeout: number, maxBytes: number, lookup?: import('node:net').LookupFunction, pause?: number }} limits
 *   `lookup` in place of the system's; `pause` in milliseconds between the halves of the body
 * @returns {Promise<Answer>}
 */
function exchange({ method, url, headers, body }, { timeout, maxBytes, lookup, pause }) {
  return new Promise((resolve) => {
    const started = performance.now();
    const { request } = url.startsWith('https:') ? https : http;
    const sent = request(url, { method, headers, agent: false, maxVersion: TLS, lookup });
    const arrived = new GrowingBuffer();
    const timer = setTimeout(late, Math.min(timeout, MAX_TIMEOUT));
    let pausing = /** @type {NodeJS.Timeout | undefined} */ (undefined);
    let phase = /** @type {Phase} */ ('connection');
    let head = /** @type {Pick<Answer, 'status' | 'headers'>} */ ({ status: null, headers: {} });

    sent.once('socket', (socket) => {
      socket.once('connect', () => (phase = 'encrypted' in socket ? 'TLS connection' : 'answer'));
      socket.once('secureConnect', () => (phase = 'answer'));
    });
    sent.once('response', (response) => {
      phase = 'complete answer';
      head = { status: response.statusCode ?? null, headers: response.headers };
      response.on('data', add);
      response.once('end', () => end(null));
      response.on('error', failed).once('close', failed);
    });
    sent.on('error', failed).once('close', failed);
    if (pause === undefined) sent.end(body);
    else sendSlowly(Buffer.from(body ?? ''), pause);

    /**
     * @param {Buffer} bytes
     * @param {number} between in milliseconds
     */
    function sendSlowly(bytes, between) {
      const half = Math.ceil(bytes.length / 2);
      sent.setHeader('Content-Length', bytes.length);
      sent.write(bytes.subarray(0, half));
      pausing = setTimeout(() => sent.end(bytes.subarray(half)), between);
    }

    /** Keeps as much of a chunk as fits. @param {Buffer} chunk */
    function add(chunk) {
      const room = maxBytes - arrived.length;
      arrived.add(chunk.subarray(0, room));
      if (chunk.length > room) fail('response_too_large', `over ${maxBytes} bytes`);
    }

    function late() {
      fail('timeout', `no ${phase} within ${timeout} ms`);
    }

    /** @param {any} [cause] */
    function failed(cause) {
      const code = cause?.code ?? '';
      fail(reasonOf(code, phase), plain(cause?.message ?? '') || code, code);
    }

    /**
     * @param {keyof typeof SENTENCES} reason
     * @param {string} [more]
     */
    function fail(reason, more, code = '') {
      end({ reason, detail: more ? `${SENTENCES[reason]}: ${more}` : SENTENCES[reason], code, phase });
    }

    /** Only the first call has an effect. @param {Answer['error']} error */
    function end(error) {
      clearTimeout(timer);
      clearTimeout(pausing);
      sent.destroy();
      const duration = Math.round(performance.now() - started);
      resolve({ ...head, body: arrived.bytes(), duration, error });
    }
  });
}

/**
 * The sentence in an OpenSSL error, without the file and function of OpenSSL's sources.
 * @param {string} message
 */
function plain(message) {
  return message.replace(/^.*:SSL routines:[^:]*:([^:]+):.*$/s, '$1');
}

/**
 * @param {string} code of a Node error, or ''
 * @param {string} phase what was being waited for
 * @returns {keyof typeof SENTENCES}
 */
function reasonOf(code, phase) {
  if (code.startsWith('HPE_')) return 'malformed_response';
  if (code in REASONS) return REASONS[code];
  if (phase === 'TLS connection') return 'tls_failed';
  return phase === 'complete answer' ? 'response_incomplete' : 'connection_closed';
}

module.exports = { exchange };
