'use strict';

// A server in a process of its own, which tells how much memory its buffers hold.

const http = require('node:http');
const { messagePush } = require('../..');
const { account } = require('./wechat.js');

const wechatPush = messagePush({ ...account, onReject() {} }, (message) => message.Content);
const server = http
  .createServer((req, res) => wechatPush(req, res))
  .listen(0, '127.0.0.1', () => {
    process.send({ port: server.address().port });
  });

process.on('message', () => {
  globalThis.gc();
  const { external, arrayBuffers, heapUsed } = process.memoryUsage();
  process.send({ bytes: Math.max(external, arrayBuffers) + heapUsed });
});
