'use strict';

const { wrongReply } = require('./errors.js');
const { wellFormed } = require('./json.js');
const { thrownMessage } = require('./thrown.js');

/**
 * What a handler returned, made ready for the core once: a text, or an object as JSON; or no reply.
 * @typedef {{ text: string, isJson: boolean, isNone: boolean }} HandlerValue
 */

/** So long may a reply be that a store keeps as long as the id of its push. */
const LASTING_BYTES = 512;

/** @type {HandlerValue} */
const NO_REPLY = { text: '', isJson: false, isNone: true };

/**
 * What a handler returned. What is no object, such as the number that `list.push(…)` returns, is no reply.
 * @param {unknown} value
 */
function handlerValueOf(value) {
  if (typeof value === 'string') return textValue(value);
  if (typeof value !== 'object' || value === null) return NO_REPLY;
  try {
    return handlerValueOfRecord(JSON.stringify(value, wellFormed) ?? '');
  } catch (error) {
    throw wrongReply(thrownMessage(error));
  }
}

/**
 * A reply as a store keeps it: JSON, or nothing for none; and whether that lasts as long as the id.
 * @param {HandlerValue} value
 */
function recordOf({ text, isJson, isNone }) {
  if (isNone) return { record: '', lasts: true };
  if (isJson) return { record: text, lasts: isShortData(text) };
  return { record: JSON.stringify(text.toWellFormed()), lasts: false };
}

/** Data that a late retry is answered with once more; a passive reply is of no use by then. @param {string} json */
function isShortData(json) {
  return Buffer.byteLength(json) <= LASTING_BYTES && !json.includes('"MsgType":');
}

/**
 * The reply that a store kept.
 * @param {string} record
 * @returns {HandlerValue}
 */
function handlerValueOfRecord(record) {
  if (record[0] === '"') return textValue(JSON.parse(record));
  // What is no object or array, as `toJSON` may make, is no reply either.
  return record[0] === '{' || record[0] === '[' ? { text: record, isJson: true, isNone: false } : NO_REPLY;
}

/**
 * @param {string} text
 * @returns {HandlerValue}
 */
function textValue(text) {
  if (text === '' || text === 'success') return NO_REPLY;
  return { text, isJson: false, isNone: false };
}

module.exports = { NO_REPLY, handlerValueOf, handlerValueOfRecord, recordOf };
