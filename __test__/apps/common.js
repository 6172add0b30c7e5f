const express = require('express');
const { checkPush, messagePush } = require('wechat-push');
const fastify = require('wechat-push/fastify');
const { messagePush: respondTo } = require('wechat-push/fetch');
const koa = require('wechat-push/koa');
const { redisStore } = require('wechat-push/redis');
const { messagePush: cloudFunction } = require('wechat-push/serverless');
const { createGateway } = require('wechat-push/testing');
const { check, noRedis } = require('./check.js');

const token = 'AAAAA';
const app = express();

app.use('/whole', messagePush({ token, store: redisStore(noRedis) }));
app.get('/snippet', (req, res) => {
  if (checkPush(req.query, token)) res.send(req.query.echostr);
  else res.status(400).json({ status: 400, data: 'check msg error' });
});

for (const make of [koa.messagePush, fastify.messagePush, respondTo, cloudFunction])
  make({ token, store: redisStore(noRedis) }, () => 'hello');

check(app, createGateway);
