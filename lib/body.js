'use strict';

const { isUint8Array } = require('node:util/types');
const { GrowingBuffer } = require('./growing-buffer.js');

/** WeChat gives up after five seconds, so nobody waits for a slower body. */
const TIMEOUT = 5000;

/** What every sender may have us hold: more than any push that WeChat documents. */
const FREE = 16 * 1024;
/** What all larger bodies may have us hold together, while nobody knows yet who sent them. */
const SHARED = 8 * 1024 * 1024;

/** What the larger bodies hold now. */
let held = 0;

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
 * @returns {Body | Promise<Body>}
 */
function readStream(stream, limit) {
  if (Number(stream.headers['content-length']) > limit) return { reason: 'body_too_large' };
  return new Promise((resolve) => {
    const received = new GrowingBuffer();
    let share = 0;
    const timer = setTimeout(end, TIMEOUT, { reason: 'body_timeout' });
    stream.on('data', add).on('end', complete).on('error', abort).on('close', abort);
    // Somebody may have paused it.
    stream.resume();

    /** @param {Uint8Array | string} data text where somebody has set an encoding */
    function add(data) {
      const chunk = typeof data === 'string' ? Buffer.from(data, stream.readableEncoding) : data;
      if (received.length + chunk.length > limit) return refuse('body_too_large');
      if (!hasRoom(received.capacityWith(chunk.length))) return refuse('overloaded');
      received.add(chunk);
    }

    /** @param {number} capacity */
    function hasRoom(capacity) {
      if (capacity <= FREE) return true;
      held += capacity - share;
      share = capacity;
      // One alone is judged by its limit only.
      return held <= SHARED || held === share;
    }

    function complete() {
      end({ body: received.bytes() });
    }

    function abort() {
      end({ reason: 'body_aborted' });
    }

    /** @param {string} reason */
    function refuse(reason) {
      stream.pause();
      end({ reason });
    }

    /** @param {Body} body */
    function end(body) {
      clearTimeout(timer);
      stream.off('data', add).off('end', complete).off('error', abort).off('close', abort);
      // What is left of it may still fail, and an error that nobody listens to ends the process.
      if (!stream.readableEnded) stream.on('error', ignore);
      held -= share;
      resolve(body);
    }
  });
}

/** Stands outside, as it would keep alive what it stands beside. */
function ignore() {}

function isBytes(body) {
  return typeof body === 'string' || isUint8Array(body);
}

function isFilled(body) {
  return typeof body === 'object' && body !== null && Object.keys(body).length > 0;
}

module.exports = { readBody };
