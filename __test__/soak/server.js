'use strict';

// The child process that is asked over HTTP; started by ./run.js.

const { once } = require('node:events');
const http = require('node:http');
const { memoryStore, messagePush } = require('../..');
const { modes } = require('../support/wechat.js');
const { handlesBeyond, handlesNow, measureDelay, settledRss } = require('./figures.js');

/** Few, so that the stores are full after warm-up. */
const REMEMBERED = 500;

/** Otherwise each reason is printed. */
const onReject = () => {};
const middlewares = Object.fromEntries(
  Object.entries(modes).map(([mode, options]) => [
    mode,
    messagePush({ ...options, onReject, store: memoryStore({ max: REMEMBERED }) }, handle),
  ]),
);
const server = http.createServer((req, res) => middlewares[req.url.split(/[/?]/, 2)[1]](req, res));
const delay = measureDelay();

process.on('message', async ({ what }) => {
  if (what === 'listen') {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    process.send({ port: server.address().port });
  } else if (what === 'look') {
    process.send({ rss: await settledRss() });
  } else {
    const p99 = delay();
    server.close();
    const left = await handlesBeyond(before);
    process.send({ delay: p99, left }, () => process.disconnect());
  }
});

const before = handlesNow();

/** Does what the message says. */
async function handle({ Content }) {
  if (Content === 'throw') throw new Error('as told');
  if (Content === 'wait') await new Promise((resolve) => setTimeout(resolve, 5));
  return Content;
}
