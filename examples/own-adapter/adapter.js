'use strict';

// An adapter for a framework that wechat-push does not know, here the streams of node:http2: it hands the
// request to an endpoint and writes down the answer. Everything else is decided in there.

const { createEndpoint } = require('wechat-push');

function messagePush(options, handler) {
  const endpoint = createEndpoint(options, handler);
  return async function wechatPush(stream, headers) {
    const { ':method': method, ':path': url } = headers;
    const onClose = (listener) => (stream.closed ? listener() : stream.once('close', listener));
    const request = { method, url, headers, body: stream, request: stream, onClose };
    const { status, headers: answer, body, error } = await endpoint.handle(request);
    if (error) console.error(error);
    if (stream.destroyed) return;
    // HTTP/2 has no such header.
    const { Connection: _, ...rest } = answer;
    stream.respond({ ':status': status, ...rest });
    stream.end(body);
  };
}

module.exports = { messagePush };
