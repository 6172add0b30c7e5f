'use strict';

// What an app does with the package, in one file: it checks a query, and answers a push that is encrypted.

const { checkPush, createReceiver } = require('wechat-push');
const { createGateway } = require('wechat-push/testing');

const account = {
  token: 'AAAAA',
  encodingAESKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  appId: 'wx0123456789abcdef',
};
const query = {
  signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696',
  timestamp: '1714036504',
  nonce: '1514711492',
};
const message = {
  ToUserName: 'gh_0123456789ab',
  FromUserName: 'oUser',
  CreateTime: 1714036504,
  MsgType: 'text',
  Content: '你好',
  MsgId: '1',
};

function answers() {
  const [gateway, receiver] = [createGateway(account), createReceiver(account)];
  const outcome = receiver.receive(gateway.request(message));
  const { body } = receiver.respond(outcome, `${outcome.message.Content}！`);
  return `${checkPush(query, account.token)} ${gateway.read(body).Content}`;
}

module.exports = { answers };
