import express from 'express';
import { checkPush, messagePush } from 'wechat-push';
import * as fastify from 'wechat-push/fastify';
import { messagePush as respondTo } from 'wechat-push/fetch';
import * as koa from 'wechat-push/koa';
import { redisStore } from 'wechat-push/redis';
import { messagePush as cloudFunction } from 'wechat-push/serverless';
import { createGateway } from 'wechat-push/testing';
import { check, noRedis } from './check.js';

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
