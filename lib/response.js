'use strict';

// What a response looks like: status, headers, body.

const { wrongReply } = require('./errors.js');

const TEXT = { 'Content-Type': 'text/plain; charset=utf-8' };
const XML = { 'Content-Type': 'application/xml; charset=utf-8' };
const JSON_TEXT = { 'Content-Type': 'application/json; charset=utf-8' };
/** The echostr is the sender's text, in which a browser must not find HTML. */
const ECHO = { ...TEXT, 'X-Content-Type-Options': 'nosniff' };
const REPLY_HEADERS = { none: TEXT, xml: XML, json: JSON_TEXT };

/** The sender learns the status only; the body of a 400 is that of the original snippet. */
const REFUSALS = {
  400: 'check msg error',
  405: 'method not allowed',
  408: 'body timeout',
  413: 'body too large',
  503: 'overloaded',
};

/**
 * The response that carries a reply.
 * @param {'none' | 'xml' | 'json'} format
 * @param {string} body
 */
function replied(format, body) {
  return { status: 200, headers: REPLY_HEADERS[format], body };
}

/**
 * The response to an outcome that brings no message.
 * @param {any} outcome
 */
function withoutMessage({ type, echostr, status }) {
  if (type === 'handshake' && typeof echostr === 'string')
    return { status: 200, headers: ECHO, body: echostr };
  if (type === 'rejected' && typeof REFUSALS[status] === 'string') return refusal(status);
  throw wrongOutcome();
}

/** @param {number} status */
function refusal(status) {
  const body = JSON.stringify({ status, data: REFUSALS[status] });
  if (status === 405) return { status, headers: { ...JSON_TEXT, Allow: 'GET, POST' }, body };
  // The rest of the body is still on its way and nobody will read it.
  if (status === 408 || status === 413 || status === 503)
    return { status, headers: { ...JSON_TEXT, Connection: 'close' }, body };
  return { status, headers: JSON_TEXT, body };
}

function wrongOutcome() {
  return wrongReply('respond() takes what receive() returned, of the same receiver');
}

module.exports = { replied, withoutMessage, wrongOutcome };
