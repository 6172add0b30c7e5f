'use strict';

const ejs = require('ejs');
const { createReceiver } = require('..');
const { medians } = require('./measure.js');
const { account, cryptor, push } = require('./requests.js');

const receiver = createReceiver({ ...account, tolerance: 0 });

/** The templates that Node libraries use for passive replies, in our own words. */
const inner = ejs.compile(
  '<xml><ToUserName><![CDATA[<%- to %>]]></ToUserName><FromUserName><![CDATA[<%- from %>]]></FromUserName>' +
    '<CreateTime><%= time %></CreateTime><MsgType><![CDATA[text]]></MsgType>' +
    '<Content><![CDATA[<%- content %>]]></Content></xml>',
);
const outer = ejs.compile(
  '<xml><Encrypt><![CDATA[<%- encrypt %>]]></Encrypt><MsgSignature><![CDATA[<%- signature %>]]></MsgSignature>' +
    '<TimeStamp><%- time %></TimeStamp><Nonce><![CDATA[<%- nonce %>]]></Nonce></xml>',
);

function sealing() {
  const outcome = receiver.receive(push(1, 'xml', true, '你好'));
  const content = '今天晴，最高气温二十三度，适合出门。';
  const { ToUserName: from, FromUserName: to } = outcome.message;
  const ns = medians({
    'receiver.respond(outcome, text)': () => receiver.respond(outcome, content).body,
    'wechat-crypto + ejs': () => {
      const time = Math.floor(Date.now() / 1000);
      const nonce = String(Math.floor(Math.random() * 1e9));
      const encrypt = cryptor.encrypt(inner({ to, from, time, content }));
      const signature = cryptor.getSignature(time, nonce, encrypt);
      return outer({ encrypt, signature, time, nonce });
    },
  });
  return {
    title: 'sealing a text reply',
    rows: Object.entries(ns).map(([name, of], i) => [name, of, i ? 'must 4×' : undefined]),
  };
}

module.exports = { groups: [sealing] };
