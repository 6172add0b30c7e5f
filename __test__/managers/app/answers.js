'use strict';

const { once } = require('node:events');
const http = require('node:http');

const account = {
  token: 'AAAAA',
  appId: 'wx0123456789abcdef',
  encodingAESKey: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ',
};

/** Whether a server with these two answers the handshake, and a sealed message by a sealed reply; throws otherwise. */
module.exports = async function answers({ messagePush }, { createGateway }) {
  const server = http
    .createServer(messagePush(account, ({ Content }) => `${Content}!`))
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}/`;
  // Where a platform is emulated everything takes its time.
  const gateway = createGateway({ ...account, timeout: 60_000 });
  const handshake = await gateway.handshake(url);
  const push = await gateway.push(url, { MsgType: 'text', Content: '你好' });
  server.close();
  server.closeAllConnections();
  if (!handshake.ok) throw new Error(`the handshake failed: ${JSON.stringify(handshake)}`);
  if (push.reply?.Content !== '你好!') throw new Error(`the push failed: ${JSON.stringify(push)}`);
  return true;
};
