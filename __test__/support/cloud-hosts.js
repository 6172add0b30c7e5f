'use strict';

// The hosts of cloud functions: each makes an event of an HTTP request as its documentation says, calls the function,
// and answers with what that returned.

const { isUtf8 } = require('node:buffer');
const { serve } = require('./servers.js');

/** What a host does. `event` is given the request; `answer` may check what the host would refuse. */
const hosts = {
  'AWS HTTP API, function URL': {
    event: ({ method, path, query, headers, body }) => ({
      version: '2.0',
      routeKey: '$default',
      rawPath: path,
      rawQueryString: query,
      headers,
      queryStringParameters: joined(query),
      requestContext: { http: { method, path, protocol: 'HTTP/1.1' }, stage: '$default' },
      ...inBase64(body),
    }),
  },
  'AWS REST API': {
    isLossy: true,
    event: ({ method, path, query, headers, body }) => ({
      resource: '/{proxy+}',
      path,
      httpMethod: method,
      headers,
      multiValueHeaders: lists(Object.entries(headers)),
      queryStringParameters: orNull(Object.fromEntries(new URLSearchParams(query))),
      multiValueQueryStringParameters: orNull(lists(new URLSearchParams(query))),
      requestContext: { httpMethod: method, stage: 'prod' },
      ...(body.length === 0 ? { body: null, isBase64Encoded: false } : asText(body)),
    }),
    // It answers with 502 otherwise.
    fields: ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'],
  },
  'AWS load balancer': {
    event: ({ method, path, query, headers, body }) => ({
      requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:…' } },
      httpMethod: method,
      path,
      multiValueQueryStringParameters: lists(pairs(query)),
      multiValueHeaders: lists(Object.entries(headers)),
      ...inBase64(body),
    }),
    headersOf: ({ multiValueHeaders }) => multiValueHeaders,
    fields: ['statusCode', 'statusDescription', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'],
  },
  'Tencent SCF': {
    isLossy: true,
    event: ({ method, path, query, headers, body }) => ({
      requestContext: { serviceId: 'service-1', path: '/wx', httpMethod: method, stage: 'release' },
      headers,
      ...asText(body),
      pathParameters: {},
      queryStringParameters: {},
      headerParameters: {},
      stageVariables: { stage: 'release' },
      path,
      queryString: lists(new URLSearchParams(query)),
      httpMethod: method,
    }),
  },
  CloudBase: {
    isLossy: true,
    event: ({ method, path, query, headers, body }) => ({
      path,
      httpMethod: method,
      headers,
      queryStringParameters: joined(query),
      requestContext: { requestId: '1', envId: 'env-1' },
      ...asText(body),
    }),
  },
  uniCloud: {
    isLossy: true,
    event: ({ method, path, query, headers, body }) => ({
      path: path.replace(/^\/wx/, ''),
      httpMethod: method,
      headers,
      ...(query && { queryStringParameters: joined(query) }),
      ...inBase64(body),
    }),
    // On Aliyun it takes the answer for data otherwise.
    needs: { mpserverlessComposedResponse: true },
  },
  'Aliyun FC 3': {
    isLossy: true,
    event: ({ method, path, query, headers, body }) =>
      Buffer.from(
        JSON.stringify({
          version: 'v1',
          rawPath: path,
          headers,
          queryParameters: joined(query),
          requestContext: { accountId: '1', http: { method, path, protocol: 'HTTP/1.1' } },
          ...inBase64(body),
        }),
      ),
  },
};

/** Serves a cloud function as a host does; resolves to the origin. */
function serveCloudFunction({ event, headersOf = ({ headers }) => headers, fields, needs }, call) {
  return serve(async (req, res) => {
    const [path, query = ''] = req.url.split(/\?(.*)/s);
    const body = Buffer.concat(await req.toArray());
    const answer = await call(event({ method: req.method, path, query, headers: req.headers, body }), {});
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
    expect(answer).toMatchObject({ ...needs, isBase64Encoded: false });
    if (fields) expect(fields).toEqual(expect.arrayContaining(Object.keys(answer)));
    for (const [name, value] of Object.entries(headersOf(answer))) res.setHeader(name, value);
    res.statusCode = answer.statusCode;
    res.end(answer.body);
  });
}

/** Decoded, the values of a repeated parameter joined by commas. */
function joined(query) {
  const all = Object.entries(lists(new URLSearchParams(query)));
  return Object.fromEntries(all.map(([name, values]) => [name, values.join(',')]));
}

/** As they were sent. */
function pairs(query) {
  return query
    .split('&')
    .filter(Boolean)
    .map((pair) => pair.split(/=(.*)/s).slice(0, 2));
}

function lists(entries) {
  const all = {};
  for (const [name, value = ''] of entries) (all[name] ??= []).push(value);
  return all;
}

function orNull(object) {
  return Object.keys(object).length > 0 ? object : null;
}

function asText(bytes) {
  return isUtf8(bytes) ? { body: bytes.toString(), isBase64Encoded: false } : inBase64(bytes);
}

function inBase64(bytes) {
  return { body: bytes.toString('base64'), isBase64Encoded: true };
}

module.exports = { hosts, serveCloudFunction };
