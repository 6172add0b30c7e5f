'use strict';

// WeChat can call a cloud function with a push as its event, without HTTP: the function returns the answer.

const { directEventRefused } = require('../errors.js');
const { routeOf } = require('../message-user.js');
const { vouchingHeaders } = require('../trusts.js');

/** Who called, as `getWXContext()` tells it; a chain of them with commas. */
const SOURCE = 'TCB_SOURCE';

/** Those of them who are not WeChat: an app on somebody's telephone, or on the internet. */
const CLIENTS = new Set(['wx_client', 'wx_http', 'wx_crawler']);

/** Whether an event is a push. @param {any} event */
function isPush(event) {
  const route = typeof event === 'object' ? routeOf(event) : '';
  return typeof route === 'string' && route !== '';
}

/**
 * The request that it stands for, and what makes the function's result of a response.
 * @param {any} event
 * @param {any} context the function's second argument
 */
function readDirectEvent(event, context) {
  const [vouching] = vouchingHeaders;
  const headers = isCalledByClient(context) ? {} : { [vouching]: sourceOf(context) || SOURCE };
  const request = { method: 'POST', url: '/', headers, body: event, request: event };
  return { request, answer: resultOf };
}

/** Anybody who has the mini program can call its functions, with whatever event. @param {any} context */
function isCalledByClient(context) {
  return sourceOf(context)
    .split(',')
    .some((one) => CLIENTS.has(one.trim()));
}

/** Where the host tells it: in the context, in either form or both, else in the environment. @param {any} context */
function sourceOf(context) {
  const { environment, environ } = Object(context);
  const told = [Object(parsed(environment))[SOURCE], valueIn(environ)].filter((one) => one !== undefined);
  return told.length > 0 ? told.join() : (process.env[SOURCE] ?? '');
}

/** @param {unknown} environment an object, or its JSON */
function parsed(environment) {
  if (typeof environment !== 'string') return environment;
  try {
    return JSON.parse(environment);
  } catch {
    return undefined;
  }
}

/** @param {unknown} environ `NAME=value;NAME=value` */
function valueIn(environ) {
  if (typeof environ !== 'string') return undefined;
  const found = environ.split(';').find((pair) => pair.startsWith(`${SOURCE}=`));
  return found?.slice(SOURCE.length + 1);
}

/**
 * A function that fails is called again.
 * @param {import('../..').EndpointResponse} response
 */
function resultOf({ status, body, error }) {
  if (status !== 200) throw error ?? directEventRefused(status);
  return body.startsWith('{') ? JSON.parse(body) : body;
}

module.exports = { isPush, readDirectEvent };
