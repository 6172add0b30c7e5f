'use strict';

const { isUint8Array } = require('node:util/types');
const getRawBody = require('raw-body');

/** WeChat gives up after five seconds, so nobody waits for a slower body. */
const TIMEOUT = 5000;

/**
 * The body of a request, whoever read it before: bytes, text, or the object of a body parser.
 * Never waits for bytes that will not come.
 * @param {any} req
 * @param {number} limit in bytes
 * @returns {Body | Promise<Body>}
 *
 * @typedef {{ body: Uint8Array | string | object } | { reason: string }} Body
 */
function readBody(req, limit) {
  if (isBytes(req.rawBody)) return { body: req.rawBody };
  if (isBytes(req.body)) return { body: req.body };
  // Express 4's parsers set an empty object for types that they do not read.
  if (req.readable && !req.readableDidRead) return readStream(req, limit);
  if (isFilled(req.body)) return { body: req.body };
  if (req.destroyed && !req.complete) return { reason: 'body_aborted' };
  return Number(req.headers['content-length']) === 0 ? { body: '' } : { reason: 'body_consumed' };
}

/**
 * @param {any} stream
 * @param {number} limit
 * @returns {Promise<Body>}
 */
function readStream(stream, limit) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, TIMEOUT, { reason: 'body_timeout' });
    getRawBody(stream, { limit }, (/** @type {any} */ error, body) => {
      clearTimeout(timer);
      resolve(error ? { reason: REASONS[error.type] ?? 'body_aborted' } : { body });
    });
    // Somebody may have paused it.
    stream.resume();
  });
}

/** By the type of raw-body's errors; a stream that was given an encoding holds no bytes any more. */
const REASONS = { 'entity.too.large': 'body_too_large', 'stream.encoding.set': 'body_consumed' };

function isBytes(body) {
  return typeof body === 'string' || isUint8Array(body);
}

function isFilled(body) {
  return typeof body === 'object' && body !== null && Object.keys(body).length > 0;
}

module.exports = { readBody };
