'use strict';

// Signing, opening and sealing by themselves, with arguments that may be anything.

const { isUint8Array } = require('node:util/types');
const engine = require('../engine/index.js');
const { envelopeRefused, wrongOption } = require('../errors.js');
const wire = require('../wire.js');

/** How many random bytes stand before every message. */
const RANDOM = 16;

/**
 * `msg_signature`.
 * @param {unknown} token
 * @param {unknown} timestamp
 * @param {unknown} nonce
 * @param {unknown} encrypt
 */
function signatureOf(token, timestamp, nonce, encrypt) {
  return engine.sign(
    textOf('token', token, 1),
    textOf('timestamp', timestamp),
    textOf('nonce', nonce),
    textOf('encrypt', encrypt),
  );
}

/**
 * @param {unknown} encodingAESKey
 * @param {unknown} encrypt
 * @returns {{ message: string, id: string, random: Buffer }}
 */
function opened(encodingAESKey, encrypt) {
  const read = wire.readEnvelope(
    engine.openEnvelope(keyOf(encodingAESKey), textOf('encrypt', encrypt).trim()),
  );
  if ('error' in read) throw wrongOption('encodingAESKey', read.error);
  if ('reason' in read) throw envelopeRefused(read);
  const { message, id, random } = read;
  return { message, id, random: Buffer.from(random, 'hex') };
}

/**
 * @param {unknown} encodingAESKey
 * @param {unknown} message
 * @param {unknown} id
 * @param {unknown} [random]
 */
function sealed(encodingAESKey, message, id, random) {
  if (random !== undefined && !(isUint8Array(random) && random.length === RANDOM))
    throw wrongOption('random', `must be ${RANDOM} bytes, or left out`);
  const texts = /** @type {const} */ ([keyOf(encodingAESKey), textOf('message', message), textOf('id', id)]);
  const read = wire.readSealed(engine.sealEnvelope(...texts, random));
  if (typeof read === 'string') return read;
  throw wrongOption('encodingAESKey', read.error);
}

/** Throws what is wrong with a key. @param {unknown} encodingAESKey */
function checkKey(encodingAESKey) {
  sealed(encodingAESKey, '', '');
}

/** @param {unknown} encodingAESKey */
function keyOf(encodingAESKey) {
  if (typeof encodingAESKey === 'string') return encodingAESKey;
  throw wrongOption('encodingAESKey', "must be the EncodingAESKey from WeChat's console, 43 characters");
}

/**
 * A text; a number counts as its digits.
 * @param {string} name
 * @param {unknown} given
 * @param {number} [least] in characters
 */
function textOf(name, given, least = 0) {
  const text = Number.isFinite(given) ? String(given) : given;
  if (typeof text === 'string' && text.length >= least) return text;
  throw wrongOption(name, least > 0 ? 'must be a non-empty string' : 'must be a string');
}

module.exports = { checkKey, opened, sealed, signatureOf, textOf };
