'use strict';

// One of several processes of a bot that was written for `wechat`, which share a Redis; started by ./processes.js.

const express = require('express');
const wechat = require('../../compat/wechat.js');
const { redisStore } = require('../../redis.js');
const { clients } = require('./redis-clients.js');
const { secureConfig } = require('./old-bots.js');

const { url, prefix, isForgetful } = JSON.parse(process.argv[2]);

main();

async function main() {
  const store = redisStore(await clients.ioredis(url), { prefix });
  // Another version of the bot, whose list is not there yet.
  if (!isForgetful)
    wechat.List.add('view', [['回复{a}', (info, req, res) => res.reply(`a of ${process.pid}`)]]);

  const middleware = wechat({ ...secureConfig, store })
    .text((info, req, res) => {
      if (info.Content === 'list') return res.wait('view');
      if (info.Content === 'stop') return res.nowait('stopped');
      req.wxsession.said = [...(req.wxsession.said ?? []), info.Content];
      return res.reply(`${process.pid} ${req.wxsession.said.join('+')}`);
    })
    .middlewarify();
  const server = express()
    .use(middleware)
    .listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
  process.once('disconnect', () => process.exit());
}
