'use strict';

const native = require('./native.js');
const { tokensOf, wrongOption } = require('./options.js');

const TEXT = { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' };
const JSON_TEXT = { 'Content-Type': 'application/json; charset=utf-8', 'X-Content-Type-Options': 'nosniff' };

/** Documented in index.d.ts. @type {typeof import('..').createReceiver} */
function createReceiver(account) {
  const { receive, receiveGet } = nativeAccount(account);

  return {
    receive({ method, url }) {
      const target = typeof url === 'string' ? url : '';
      const answer = method === 'GET' ? receiveGet(target) : receive(String(method), target);
      if (answer.charCodeAt(0) === 72 /* H */) return { type: 'handshake', echostr: answer.slice(1) };
      return { type: 'rejected', ...JSON.parse(answer.slice(1)) };
    },

    respond(outcome) {
      if (outcome.type === 'handshake') return { status: 200, headers: TEXT, body: outcome.echostr };
      return refusal(outcome.status);
    },
  };
}

/** @param {any} account the options, or the token alone */
function nativeAccount(account) {
  const options = typeof account === 'object' && !Array.isArray(account) ? account : { token: account };
  const made = native.account(tokensOf(options?.token));
  if ('option' in made) throw wrongOption(made.option, made.message);
  return made;
}

/** The sender learns the status only: the original snippet's body, in words that fit the status. */
const REFUSALS = {
  400: 'check msg error',
  405: 'method not allowed',
  413: 'body too large',
  501: 'receiving messages is not implemented yet',
};

/** @param {number} status */
function refusal(status) {
  const headers = status === 405 ? { ...JSON_TEXT, Allow: 'GET, POST' } : JSON_TEXT;
  return { status, headers, body: JSON.stringify({ status, data: REFUSALS[status] }) };
}

module.exports = { createReceiver };
