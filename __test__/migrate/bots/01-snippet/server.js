'use strict';

const express = require('express');
const crypto = require('crypto');

const token = process.env.WX_TOKEN;
const app = express();

// 验证消息的确来自微信服务器
function checkSignature(query) {
  const { signature, timestamp, nonce } = query;
  // 1. 将 token、timestamp、nonce 按字典序排序
  const list = [token, timestamp, nonce];
  list.sort();
  // 2. 拼接成一个字符串，做 sha1
  const hash = crypto.createHash('sha1');
  hash.update(list.join(''));
  const result = hash.digest('hex');
  // 3. 与 signature 比较
  if (result === signature) {
    return true;
  } else {
    return false;
  }
}

app.get('/wx', (req, res) => {
  res.send(checkSignature(req.query) ? req.query.echostr : 'error');
});

app.listen(3000);
