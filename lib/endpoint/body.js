'use strict';

const { isAnyArrayBuffer, isUint8Array } = require('node:util/types');
const { systemClock } = require('../clock.js');
const { BODY_WITHIN } = require('../deadlines.js');
const { GrowingBuffer } = require('../growing-buffer.js');
const { headerOf } = require('../headers.js');

/** In bytes. Bodies up to this size, as most pushes have, are always kept. */
const FREE = 16 * 1024;
/** In bytes. All larger bodies together may take so much memory before their signatures are checked. */
const SHARED = 8 * 1024 * 1024;

/** How much of it is taken, and by which of them, the oldest first. */
let held = 0;
/** @type {Set<Received>} */
const large = new Set();

/**
 * The body of a request, whoever read it before: bytes, text, or the object of a body parser; or why there is none.
 * Never waits for bytes that will not come.
 * @param {import('../..').EndpointRequest} request
 * @param {number} limit in bytes
 * @param {Clock} [clock]
 * @returns {Body | Promise<Body>}
 *
 * @typedef {{ body: Uint8Array | string | object } | { reason: string }} Body
 * @typedef {Pick<typeof systemClock, 'setTimeout' | 'clearTimeout'>} Clock
 */
function readBody({ body, headers }, limit, clock = systemClock) {
  if (isBytes(body)) return { body };
  if (isNodeStream(body)) return readNodeStream(body, headers, limit, clock);
  if (typeof body === 'object' && body !== null) {
    if (isBinary(body)) return { body: /** @type {Uint8Array} */ (bytesOf(body)) };
    const iterable = /** @type {any} */ (body);
    if (typeof iterable[Symbol.asyncIterator] === 'function' || typeof iterable.getReader === 'function')
      return readIterable(iterable, headers, limit, clock);
    if (Object.keys(body).length > 0) return { body };
  }
  // A body of a kind that nobody reads here is not taken for an empty one.
  return nothingOf(headers, body !== undefined && body !== null && !isPlain(body));
}

/**
 * What a Node request offers as its body, whoever read it before.
 * @param {any} req
 * @param {any} [parsed]
 * @param {any} [raw]
 */
function bodyOfNode(req, parsed = req.body, raw = req.rawBody) {
  if (isBytes(raw)) return raw;
  if (isBytes(parsed)) return parsed;
  // Express 4's parsers set an empty object for types that they do not read.
  if (req.readable && !req.readableDidRead) return req;
  return typeof parsed === 'object' && parsed !== null && Object.keys(parsed).length > 0 ? parsed : req;
}

/**
 * @param {any} stream
 * @param {any} headers
 * @param {number} limit
 * @param {Clock} clock
 * @returns {Body | Promise<Body>}
 */
function readNodeStream(stream, headers, limit, clock) {
  if (!stream.readable || stream.readableDidRead) {
    return stream.destroyed && !(stream.complete ?? stream.readableEnded)
      ? { reason: 'body_aborted' }
      : nothingOf(headers, true);
  }
  if (announced(headers) > limit) return { reason: 'body_too_large' };
  return new Promise((resolve) => {
    const received = new Received(limit, stop);
    const timer = clock.setTimeout(() => end({ reason: 'body_timeout' }), BODY_WITHIN);
    stream.on('data', add).on('end', complete).on('error', abort).on('close', abort);
    // Other middleware may have paused it.
    stream.resume();

    /** @param {unknown} chunk */
    function add(chunk) {
      received.add(chunk, stream.readableEncoding);
    }

    /** @param {string} reason */
    function stop(reason) {
      stream.pause();
      end({ reason });
    }

    function complete() {
      // A stream of HTTP/2 that the sender has cancelled ends as if that were all.
      end(stream.aborted ? { reason: 'body_aborted' } : received.whole(headers));
    }

    function abort() {
      end({ reason: 'body_aborted' });
    }

    /** @param {Body} body */
    function end(body) {
      clock.clearTimeout(timer);
      stream.off('data', add).off('end', complete).off('error', abort).off('close', abort);
      // The rest of the stream may still fail, and an error without a listener would end the process.
      if (!stream.readableEnded) stream.on('error', ignore);
      received.release();
      resolve(body);
    }
  });
}

/**
 * @param {any} iterable a stream of the web, or anything that gives chunks
 * @param {any} headers
 * @param {number} limit
 * @param {Clock} clock
 * @returns {Promise<Body>}
 */
async function readIterable(iterable, headers, limit, clock) {
  if (announced(headers) > limit) return { reason: 'body_too_large' };
  const { Readable } = require('node:stream');
  if (iterable.locked || Readable.isDisturbed(iterable)) return { reason: 'body_consumed' };
  let chunks, timer, received;
  /** @type {Promise<string>} */
  const stopped = new Promise((stop) => {
    received = new Received(limit, stop);
    timer = clock.setTimeout(() => stop('body_timeout'), BODY_WITHIN);
  });
  try {
    chunks = iterable[Symbol.asyncIterator]?.() ?? chunksOf(iterable.getReader());
    for (;;) {
      const next = await Promise.race([stopped, chunks.next()]);
      if (typeof next === 'string') return { reason: next };
      // Whoever reads a source again that he has drained gets its end.
      if (next.done) return received.isEmpty ? nothingOf(headers) : received.whole(headers);
      if (!received.add(next.value)) return { reason: await stopped };
    }
  } catch {
    return { reason: 'body_aborted' };
  } finally {
    clock.clearTimeout(timer);
    received.release();
    giveBack(chunks);
  }
}

/** For streams of the web that cannot be iterated. @param {any} reader */
function chunksOf(reader) {
  return { next: () => reader.read(), return: () => reader.cancel() };
}

/** Not waited for: a source that stalls may never end. @param {any} chunks */
async function giveBack(chunks) {
  try {
    await chunks?.return?.();
  } catch {
    // What is left of it is of no use to anybody.
  }
}

/**
 * The bytes of a chunk, or undefined where it has none.
 * @param {any} chunk
 * @param {BufferEncoding} [encoding] of text
 */
function bytesOf(chunk, encoding) {
  if (isUint8Array(chunk)) return chunk;
  if (typeof chunk === 'string') return Buffer.from(chunk, encoding);
  if (isAnyArrayBuffer(chunk)) return Buffer.from(chunk);
  if (ArrayBuffer.isView(chunk)) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

/** The part of a body that has arrived. */
class Received {
  #bytes = new GrowingBuffer();
  #limit;
  #stop;
  #share = 0;

  /**
   * @param {number} limit
   * @param {(reason: string) => void} stop is called once no more of it can be kept
   */
  constructor(limit, stop) {
    this.#limit = limit;
    this.#stop = stop;
  }

  /**
   * Keeps a chunk; whether it could.
   * @param {unknown} chunk
   * @param {BufferEncoding} [encoding] of text
   */
  add(chunk, encoding) {
    const bytes = bytesOf(chunk, encoding);
    if (!bytes) return this.#refuse('body_aborted');
    if (this.#bytes.length + bytes.length > this.#limit) return this.#refuse('body_too_large');
    if (!this.#hasRoom(this.#bytes.capacityWith(bytes.length))) return false;
    this.#bytes.add(bytes);
    return true;
  }

  get isEmpty() {
    return this.#bytes.length === 0;
  }

  /**
   * The whole body, or `body_aborted` when the sender announced more.
   * @param {any} headers
   * @returns {Body}
   */
  whole(headers) {
    return this.#bytes.length < announced(headers)
      ? { reason: 'body_aborted' }
      : { body: this.#bytes.bytes() };
  }

  /** Gives its part of the shared memory back: a body that is complete is checked at once. */
  release() {
    held -= this.#share;
    this.#share = 0;
    large.delete(this);
  }

  /** @param {string} reason */
  #refuse(reason) {
    this.#stop(reason);
    return false;
  }

  /**
   * Makes room, if need be by giving up the oldest: a body of WeChat's is complete within milliseconds, one that
   * only takes up room is not.
   * @param {number} capacity
   */
  #hasRoom(capacity) {
    if (capacity <= FREE) return true;
    held += capacity - this.#share;
    this.#share = capacity;
    large.add(this);
    for (const oldest of large) {
      if (held <= SHARED || large.size === 1) break;
      oldest.release();
      oldest.#stop('overloaded');
    }
    return large.has(this);
  }
}

/**
 * The body when nothing is left to read: empty, or one that something else has read.
 * @param {any} headers
 * @param {boolean} [wasRead] whether it is known that something was there to be read
 * @returns {Body}
 */
function nothingOf(headers, wasRead = false) {
  const length = headerOf(headers, 'content-length');
  const isEmpty =
    length === undefined ? !wasRead && !headerOf(headers, 'transfer-encoding') : Number(length) === 0;
  return isEmpty ? { body: '' } : { reason: 'body_consumed' };
}

/** The `Content-Length`, or 0 without one. @param {any} headers */
function announced(headers) {
  return Number(headerOf(headers, 'content-length') ?? 0);
}

/** Not a closure, which would keep the body in memory. */
function ignore() {}

/**
 * @param {unknown} body
 * @returns {body is Uint8Array | string}
 */
function isBytes(body) {
  return typeof body === 'string' || isUint8Array(body);
}

/**
 * @param {object} body
 * @returns {body is ArrayBuffer | ArrayBufferView}
 */
function isBinary(body) {
  return isAnyArrayBuffer(body) || ArrayBuffer.isView(body);
}

/** Whether it is an object as a body parser makes it. @param {any} body */
function isPlain(body) {
  const prototype = typeof body === 'object' ? Object.getPrototypeOf(body) : undefined;
  return prototype === null || prototype === Object.prototype;
}

/** Node's streams are read by their events, which is faster than iterating. @param {any} body */
function isNodeStream(body) {
  return typeof body?.on === 'function' && typeof body.resume === 'function';
}

module.exports = { bodyOfNode, readBody };
