'use strict';

// One Express 5 app a process: `node http-server.js ours|undelivered|fixed|wechat|handshake|snippet`.

const crypto = require('node:crypto');
const express = require('express');
const getRawBody = require('raw-body');
const wechat = require('wechat');
const { createReceiver, memoryStore, messagePush } = require('..');
const { shareHiddenClasses } = require('../lib/adapters/hidden-class.js');
const { readBody } = require('../lib/endpoint/body.js');
const { account } = require('./requests.js');

const { token, appId, encodingAESKey } = account;
const answer = '今天晴，最高气温二十三度，适合出门。';

const apps = {
  ours: (app) =>
    app.use(
      '/wx',
      // The load repeats its pushes, and has to be forgotten before it does, or no handler would run.
      messagePush({ ...account, tolerance: 0, store: memoryStore({ max: 100 }) }, () => answer),
    ),
  undelivered(app) {
    const receiver = createReceiver({ ...account, tolerance: 0 });
    const respond = ({ method, url }, res, read) => {
      const outcome = receiver.receive({ method, url, ...read });
      const { status, headers, body } = receiver.respond(outcome, answer);
      for (const name of Object.keys(headers)) res.setHeader(name, headers[name]);
      res.statusCode = status;
      res.end(body);
    };
    app.use('/wx', (req, res, next) => {
      shareHiddenClasses(req, res);
      readBody({ body: req, headers: req.headers }, 1024 * 1024).then(
        (read) => respond(req, res, read),
        next,
      );
    });
  },
  fixed(app) {
    const body = 'x'.repeat(570);
    app.use('/wx', (req, res) => {
      shareHiddenClasses(req, res);
      getRawBody(req, { limit: 1024 * 1024 }, () => {
        res.setHeader('Content-Type', 'application/xml; charset=utf-8');
        res.end(body);
      });
    });
  },
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
