'use strict';

const { isAnyArrayBuffer, isMap, isNativeError, isPromise, isSet } = require('node:util/types');
const { wellFormed } = require('./json.js');

/**
 * What a handler returned, made ready for the core once: a text, or an object as JSON; or no reply. With a `rule` it is
 * a value of JavaScript that the core cannot be given, and the rule says why.
 * @typedef {{ text: string, isJson: boolean, isNone: boolean, rule?: string }} HandlerValue
 */

/** So long may a reply be that a store keeps as long as the id of its push. */
const LASTING_BYTES = 512;

/** @type {HandlerValue} */
const NO_REPLY = { text: '', isJson: false, isNone: true };

/** Ends the reading of a value that holds a promise. */
const PROMISE = Symbol('a promise');

/**
 * What a handler returned. What is no object, such as the number that `list.push(…)` returns, is no reply. Never throws.
 * @param {unknown} value
 * @returns {HandlerValue}
 */
function handlerValueOf(value) {
  if (typeof value === 'string') return textValue(value);
  if (typeof value === 'function') return against('function_reply');
  if (typeof value !== 'object' || value === null) return NO_REPLY;
  try {
    const rule = ruleAgainst(value);
    return rule ? against(rule) : handlerValueOfRecord(JSON.stringify(value, replacer) ?? '{}');
  } catch (error) {
    return against(error === PROMISE ? 'promise_in_reply' : 'unreadable_reply');
  }
}

/** @param {object} value */
function ruleAgainst(value) {
  if (Array.isArray(value)) return 'array_reply';
  if (isNativeError(value) || value instanceof Error) return 'error_reply';
  if (ArrayBuffer.isView(value) || isAnyArrayBuffer(value)) return 'bytes_reply';
  if (Object.prototype.toString.call(value) === '[object Response]') return 'response_reply';
  return isMap(value) || isSet(value) ? 'collection_reply' : undefined;
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function replacer(name, value) {
  if (typeof value === 'bigint') return String(value);
  if (isPromise(value)) throw PROMISE;
  return wellFormed(name, value);
}

/** @param {string} rule @returns {HandlerValue} */
function against(rule) {
  return { ...NO_REPLY, rule };
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

/**
 * A reply as plain data, as carriers get it.
 * @param {HandlerValue} value
 * @returns {string | object}
 */
function plainValueOf({ text, isJson }) {
  return isJson ? JSON.parse(text) : text;
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

module.exports = { NO_REPLY, handlerValueOf, handlerValueOfRecord, plainValueOf, recordOf };
