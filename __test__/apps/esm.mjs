import express from 'express';
import { checkPush, messagePush } from 'wechat-push';
import { redisStore } from 'wechat-push/redis';
import { createGateway } from 'wechat-push/testing';
import { check, noRedis } from './check.js';

const token = 'AAAAA';
const app = express();

app.use('/whole', messagePush({ token, store: redisStore(noRedis) }));
app.get('/snippet', (req, res) => {
  if (checkPush(req.query, token)) res.send(req.query.echostr);
  else res.status(400).json({ status: 400, data: 'check msg error' });
});

check(app, createGateway);
