'use strict';

// A host of cloud functions for this machine: an event for each request, as CloudBase makes it.

const http = require('node:http');
const { main } = require('./function.js');

const server = http.createServer(async (req, res) => {
  const { pathname, searchParams } = new URL(req.url, 'http://localhost');
  const event = {
    httpMethod: req.method,
    path: pathname,
    headers: req.headers,
    queryStringParameters: Object.fromEntries(searchParams),
    body: Buffer.concat(await req.toArray()).toString('base64'),
    isBase64Encoded: true,
  };
  const { statusCode, headers, body } = await main(event);
  res.writeHead(statusCode, headers).end(body);
});

server.listen(process.env.PORT ?? 3000);
