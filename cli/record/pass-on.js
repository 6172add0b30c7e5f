'use strict';

const http = require('node:http');
const https = require('node:https');
const { GrowingBuffer } = require('../../lib/growing-buffer.js');
const { UsageError } = require('../usage-error.js');

/** No push and no reply is longer, in bytes; what is goes through all the same, and is not kept. */
const KEPT = 1024 * 1024;

/** Of one connection only, so that they are not passed on. */
const OWN = new Set([
  'host',
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * What went through: a request, and what came back.
 * @typedef {object} Passed
 * @property {string} method
 * @property {string} url with the query
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {Buffer} body
 * @property {number | null} status null when no whole answer came while somebody waited for it
 * @property {Buffer} answer
 * @property {number} duration in milliseconds
 */

/**
 * A server of this machine that passes every request on as it is, and the answer back.
 * @param {string} target whose path is used, with the query of each request
 * @param {object} options
 * @param {number} options.port 0 for any
 * @param {(passed: Passed) => void} options.took told of each request when it is over
 */
async function passOn(target, { port, took }) {
  const { request } = target.startsWith('https:') ? https : http;
  const server = http.createServer((incoming, outgoing) => {
    const started = performance.now();
    const sent = new GrowingBuffer();
    const answer = new GrowingBuffer();
    let status = /** @type {number | null} */ (null);
    const url = withQuery(target, incoming.url ?? '');
    const { method = '', headers } = incoming;
    const onward = request(url, { method, headers: without(headers), agent: false });

    incoming.on('data', (chunk) => keep(sent, chunk)).pipe(onward);
    onward.once('response', (response) => {
      outgoing.writeHead(response.statusCode ?? 502, without(response.headers));
      response.on('data', (chunk) => keep(answer, chunk)).pipe(outgoing);
      response.once('end', () => (status = response.statusCode ?? null));
      response.once('error', () => outgoing.destroy());
    });
    onward.once('error', () => {
      // WeChat repeats the push, as it would without an app.
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502, { 'Content-Type': 'text/plain' }).end();
    });
    // Who has hung up has hung up on the app, too.
    outgoing.once('close', () => {
      onward.destroy();
      const duration = Math.round(performance.now() - started);
      took({ method, url, headers, body: sent.bytes(), status, answer: answer.bytes(), duration });
    });
  });
  await listening(server, port);
  const at = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${at.port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** @param {import('node:http').Server} server @param {number} port */
function listening(server, port) {
  return new Promise((resolve, reject) => {
    const wrong = (/** @type {any} */ error) =>
      reject(['EADDRINUSE', 'EACCES'].includes(error.code) ? new UsageError('port_taken', { port }) : error);
    server.once('error', wrong).listen(port, '127.0.0.1', () => resolve(server.off('error', wrong)));
  });
}

/** @param {InstanceType<typeof GrowingBuffer>} buffer @param {Buffer} chunk */
function keep(buffer, chunk) {
  if (buffer.length <= KEPT) buffer.add(chunk.subarray(0, KEPT + 1 - buffer.length));
}

/** @param {string} target @param {string} asked */
function withQuery(target, asked) {
  const query = asked.includes('?') ? asked.slice(asked.indexOf('?') + 1) : '';
  if (query === '') return target;
  return `${target}${target.includes('?') ? '&' : '?'}${query}`;
}

/** @param {import('node:http').IncomingHttpHeaders} headers */
function without(headers) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN.has(name)));
}

module.exports = { passOn };
