'use strict';

// How each host of cloud functions writes one HTTP request as an event, and how it wants the answer.

const { STATUS_CODES } = require('node:http');
const { isUint8Array } = require('node:util/types');
const { unknownEvent } = require('../errors.js');
const { vouchingHeaders } = require('../trusts.js');
const { isPush, readDirectEvent } = require('./direct-event.js');

/**
 * The first whose `marks` are all there is the event's. Places are paths into the event. Of `query` the first place
 * that holds something counts: a text is as it was sent; an object has decoded values, unless `isEncoded`.
 * @typedef {object} Host
 * @property {string} name
 * @property {string} source where the shape is documented
 * @property {string[]} marks
 * @property {string} method
 * @property {string} path
 * @property {string[]} query
 * @property {boolean} [isEncoded]
 * @property {(answer: Answer) => object} [more] what else its answer has
 *
 * @typedef {{ statusCode: number, headers: Record<string, string>, body: string, isBase64Encoded: boolean }} Answer
 */

/** @type {Host[]} */
const HOSTS = [
  {
    name: 'AWS API Gateway HTTP API (2.0), Lambda function URL',
    source:
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html',
    marks: ['requestContext.http.method', 'rawQueryString'],
    method: 'requestContext.http.method',
    path: 'rawPath',
    query: ['rawQueryString'],
  },
  {
    name: 'Aliyun Function Compute 3 HTTP trigger',
    source: 'https://help.aliyun.com/zh/functioncompute/fc-3-0/user-guide/http-trigger-invoking-function',
    marks: ['requestContext.http.method'],
    method: 'requestContext.http.method',
    path: 'rawPath',
    query: ['queryParameters'],
  },
  {
    name: 'AWS Application Load Balancer',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html',
    marks: ['requestContext.elb', 'httpMethod'],
    method: 'httpMethod',
    path: 'path',
    query: ['multiValueQueryStringParameters', 'queryStringParameters'],
    isEncoded: true,
    more: ({ statusCode, headers }) => ({
      statusDescription: `${statusCode} ${STATUS_CODES[statusCode]}`,
      // It reads only these where it was told to send several values of a header.
      multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    }),
  },
  {
    name: 'AWS API Gateway REST API (1.0)',
    source:
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html',
    marks: ['httpMethod', 'multiValueHeaders'],
    method: 'httpMethod',
    path: 'path',
    query: ['multiValueQueryStringParameters', 'queryStringParameters'],
  },
  {
    name: 'Tencent Cloud SCF API gateway trigger, SCF function URL',
    source: 'https://cloud.tencent.com/document/product/583/12513',
    marks: ['httpMethod', 'queryString'],
    method: 'httpMethod',
    path: 'path',
    // The other has only the parameters that the gateway declares.
    query: ['queryString', 'queryStringParameters'],
  },
  {
    name: 'CloudBase HTTP access, uniCloud URL',
    source: 'https://docs.cloudbase.net/service/access-cloud-function',
    marks: ['httpMethod'],
    method: 'httpMethod',
    path: 'path',
    query: ['queryStringParameters'],
    // uniCloud on Aliyun takes the answer for data without it: https://uniapp.dcloud.net.cn/uniCloud/http.html
    more: () => ({ mpserverlessComposedResponse: true }),
  },
];

const NAMES = HOSTS.map(({ name }) => name);

/**
 * The request that an event stands for, and what makes the host's answer of a response.
 * @param {unknown} given the event, as an object or as its JSON
 * @param {unknown} context the function's second argument
 */
function readEvent(given, context) {
  const event = parsed(given);
  const host = HOSTS.find(({ marks }) => marks.every((place) => at(event, place) !== undefined));
  if (!host && isPush(event)) return readDirectEvent(event, context);
  if (!host) throw unknownEvent(event, NAMES);
  const request = {
    method: textAt(event, host.method, '').toUpperCase(),
    url: `${textAt(event, host.path, '/')}?${queryOf(event, host)}`,
    headers: withoutVouching(event.headers ?? event.multiValueHeaders ?? {}),
    body: bodyOf(event),
    request: event,
  };
  return { request, answer: (response) => answerOf(response, host) };
}

/** What vouches for a push inside of the cloud anybody can send who finds the function's URL. @param {object} headers */
function withoutVouching(headers) {
  const isKept = (/** @type {[string, unknown]} */ [name]) => !vouchingHeaders.includes(name.toLowerCase());
  return Object.fromEntries(Object.entries(headers).filter(isKept));
}

/** Aliyun gives bytes. @param {any} given */
function parsed(given) {
  if (typeof given !== 'string' && !isUint8Array(given)) return given;
  try {
    return JSON.parse(Buffer.from(given).toString());
  } catch {
    return given;
  }
}

/** What is at a place such as `requestContext.http.method`. @param {any} event @param {string} place */
function at(event, place) {
  return place.split('.').reduce((within, name) => within?.[name], event);
}

/** @param {any} event @param {string} place @param {string} otherwise */
function textAt(event, place, otherwise) {
  const found = at(event, place);
  return typeof found === 'string' ? found : otherwise;
}

/** @param {any} event @param {Host} host */
function queryOf(event, { query, isEncoded }) {
  const found =
    query.map((place) => at(event, place)).find((one) => one && Object.keys(one).length > 0) ?? '';
  if (typeof found === 'string') return found.replace(/^\?/, '');
  const pairs = Object.entries(found).flatMap(([name, value]) => valuesOf(value).map((one) => [name, one]));
  return isEncoded ? pairs.map((pair) => pair.join('=')).join('&') : new URLSearchParams(pairs).toString();
}

/**
 * Hosts join the values of a repeated parameter by commas, which none of WeChat's has: it has to be refused as repeated.
 * @param {unknown} value
 */
function valuesOf(value) {
  return [value].flat().flatMap((one) => (typeof one === 'string' ? one.split(',') : [JSON.stringify(one)]));
}

/** @param {any} event */
function bodyOf({ body, isBase64Encoded }) {
  if (typeof body !== 'string') return body ?? '';
  return isBase64Encoded === true || isBase64Encoded === 'true' ? Buffer.from(body, 'base64') : body;
}

/**
 * @param {import('../..').EndpointResponse} response
 * @param {Host} host
 */
function answerOf({ status, headers: given, body }, { more }) {
  // The connection is the host's own.
  const { Connection: _, ...headers } = given;
  const answer = { statusCode: status, headers, body, isBase64Encoded: false };
  return { ...answer, ...more?.(answer) };
}

module.exports = { readEvent };
