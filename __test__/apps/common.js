const express = require('express');
const { checkPush, messagePush } = require('wechat-push');
const { redisStore } = require('wechat-push/redis');
const { createGateway } = require('wechat-push/testing');
const { check, noRedis } = require('./check.js');

const token = 'AAAAA';
const app = express();

app.use('/whole', messagePush({ token, store: redisStore(noRedis) }));
app.get('/snippet', (req, res) => {
  if (checkPush(req.query, token)) res.send(req.query.echostr);
  else res.status(400).json({ status: 400, data: 'check msg error' });
});

check(app, createGateway);
