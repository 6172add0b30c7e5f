const express = require('express');
const wechat = require('wechat');
const onText = require('./lib/text');

const config = {
  token: process.env.WX_TOKEN,
  appid: process.env.WX_APPID,
  encodingAESKey: process.env.WX_AES_KEY,
};

wechat.List.add('view', [
  ['reply {a} for the orders', (info, req, res) => res.nowait('no orders')],
  ['reply {b} for the address', (info, req, res) => res.reply('Shenzhen')],
]);

const app = express();
app.use(
  '/wechat',
  wechat(config)
    .text(onText)
    .image((message, req, res) => res.reply({ type: 'image', content: { mediaId: message.MediaId } }))
    .event((message, req, res) => res.reply(message.Event === 'subscribe' ? 'Welcome!' : ''))
    .middlewarify(),
);
app.listen(3000);
