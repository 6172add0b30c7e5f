'use strict';

const { Readable } = require('node:stream');
const { serve } = require('./servers.js');

/** Serves a function of the web, `(Request) → Promise<Response>`, over `node:http`; resolves to the origin. */
function serveWeb(respond) {
  return serve(async (req, res) => {
    const response = await respond(requestOf(req, res));
    res.statusCode = response.status;
    res.setHeaders(response.headers);
    res.end(Buffer.from(await response.arrayBuffer()));
  });
}

/** The `Request` of a request of Node; its signal fires when the sender leaves. */
function requestOf(req, res) {
  const aborter = new AbortController();
  res.once('close', () => res.writableFinished || aborter.abort());
  const body = req.method === 'GET' || req.method === 'HEAD' ? undefined : Readable.toWeb(req);
  const { method, headers } = req;
  const url = `http://${headers.host}${req.url}`;
  return new Request(url, { method, headers, body, duplex: 'half', signal: aborter.signal });
}

module.exports = { serveWeb };
