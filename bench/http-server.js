'use strict';

// One Express 5 app a process: `node http-server.js ours|wechat|handshake|snippet`.

const crypto = require('node:crypto');
const express = require('express');
const wechat = require('wechat');
const { messagePush } = require('..');
const { account } = require('./requests.js');

const { token, appId, encodingAESKey } = account;
const answer = '今天晴，最高气温二十三度，适合出门。';

const apps = {
  ours: (app) =>
    app.use(
      '/wx',
      messagePush({ ...account, tolerance: 0 }, () => answer),
    ),
  wechat: (app) =>
    app.use(
      '/wx',
      wechat({ token, appid: appId, encodingAESKey }, (req, res) => res.reply(answer)),
    ),
  handshake: (app) => app.use('/checkPushMsg', messagePush({ token })),
  snippet: (app) =>
    app.get('/checkPushMsg', (req, res) => {
      const { signature, timestamp, nonce, echostr } = req.query;
      const text = [token, timestamp, nonce].sort().join('');
      if (crypto.createHash('sha1').update(text).digest('hex') === signature) res.send(echostr);
      else res.status(400).json({ status: 400, data: 'check msg error' });
    }),
};

const app = express();
apps[process.argv[2]](app);
process.once('SIGTERM', () => process.exit());
const server = app.listen(0, '127.0.0.1', () => process.send(server.address().port));
