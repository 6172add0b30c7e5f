'use strict';

const { createHash } = require('node:crypto');
const http = require('node:http');
const connect = require('connect');
const express5 = require('express');
const express4 = require('express4');

/** Each host as a function: middleware and mount path → request listener. */
const hosts = {
  'Express 4': (middleware, path) => (path ? express4().use(path, middleware) : express4().use(middleware)),
  'Express 5': (middleware, path) => (path ? express5().use(path, middleware) : express5().use(middleware)),
  'Express 4 router': (middleware, path = '/') => express4().use(express4.Router().all(path, middleware)),
  'Express 5 router': (middleware, path = '/') => express5().use(express5.Router().all(path, middleware)),
  Connect: (middleware, path) => (path ? connect().use(path, middleware) : connect().use(middleware)),
  'node:http': (middleware) => (req, res) => middleware(req, res),
};

/** What ends each server. */
const open = new Set();

/** Serves on a free port of the loopback interface; resolves to the origin. */
async function serve(listener) {
  const server = http.createServer(listener).listen(0, '127.0.0.1');
  closeLater(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${server.address().port}`;
}

/** For `afterEach`: ends every server with its connections. */
async function closeServers() {
  for (const close of open) await close();
  open.clear();
}

/** Has `closeServers` call it, too. @param {() => unknown} close */
function closeLater(close) {
  open.add(close);
}

/** A query signed as WeChat's server does. */
function signedQuery(token, more = {}, timestamp = '1714036504', nonce = '1514711492') {
  const signature = createHash('sha1').update([token, timestamp, nonce].sort().join('')).digest('hex');
  return new URLSearchParams({ signature, timestamp, nonce, ...more }).toString();
}

module.exports = { closeLater, closeServers, hosts, serve, signedQuery };
