'use strict';

const http = require('node:http');
const { messagePush } = require('wechat-push');
const { account, reply } = require('./account.js');

http.createServer(messagePush(account, reply)).listen(process.env.PORT, '127.0.0.1');
