const express = require('express');
const { checkPush, messagePush } = require('wechat-push');
const { createGateway } = require('wechat-push/testing');
const { check } = require('./check.js');

const token = 'AAAAA';
const app = express();

app.use('/whole', messagePush({ token }));
app.get('/snippet', (req, res) => {
  if (checkPush(req.query, token)) res.send(req.query.echostr);
  else res.status(400).json({ status: 400, data: 'check msg error' });
});

check(app, createGateway);
