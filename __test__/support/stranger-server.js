'use strict';

// A server in a process of its own, which tells how much memory its buffers hold.

const http = require('node:http');
const { messagePush } = require('../..');
const { account } = require('./wechat.js');

const answer = ({ Content }) => (Content.length > 2000 ? 'too long to be a reply' : Content);
const secure = messagePush({ ...account, onReject() {} }, answer);
const plain = messagePush({ token: account.token, onReject() {} }, answer);
const server = http
  .createServer((req, res) => (req.url.startsWith('/plain') ? plain : secure)(req, res))
  .listen(0, '127.0.0.1', () => {
    process.send({ port: server.address().port });
  });

process.on('message', () => {
  globalThis.gc();
  const { external, arrayBuffers, heapUsed } = process.memoryUsage();
  process.send({ bytes: Math.max(external, arrayBuffers) + heapUsed });
});
