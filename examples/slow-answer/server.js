'use strict';

// Answers that take 9 and 13 seconds, as a language model's may, by the passive reply alone: WeChat hangs
// up after five seconds and delivers again, and the reply goes to whichever delivery is open when it is
// ready. Run it with `node examples/slow-answer/server.js`; it asks itself both questions at once.

const http = require('node:http');
const { setTimeout: sleep } = require('node:timers/promises');
const { messagePush, route } = require('wechat-push');
const { createGateway } = require('wechat-push/testing');

const account = {
  token: 'mytoken',
  appId: 'wx0123456789abcdef',
  encodingAESKey: 'ThisKeyIsForTheDemoOnlyPleaseMakeYourOwn123',
};
const questions = { '为什么天是蓝的？': 9000, '为什么海是咸的？': 13_000 };
const runs = new Map();

const push = messagePush({ ...account, replyWindow: 15_000 }, route({ text: think }));

main();

async function think(message, { id, signal }) {
  runs.set(id, (runs.get(id) ?? 0) + 1);
  // Give the signal to fetch, too: a model need not go on when nobody can get its answer any more.
  await sleep(questions[message.Content], undefined, { signal });
  return `想好了：${message.Content}`;
}

async function main() {
  const server = http.createServer((req, res) => push(req, res)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${server.address().port}/`;
  const gateway = createGateway(account);
  console.log('asking two questions with replyWindow: 15000 …');
  const asked = Object.keys(questions).map((Content) => gateway.push(url, { MsgType: 'text', Content }));
  for (const result of await Promise.all(asked)) print(result);
  server.close();
}

function print({ message, attempts, reply }) {
  console.log(`\n${message.Content} (the handler takes ${questions[message.Content] / 1000} s)`);
  for (const [i, { timedOut, duration }] of attempts.entries()) {
    const after = `after ${(duration / 1000).toFixed(1)} s`;
    console.log(`  delivery ${i + 1}: ${timedOut ? `WeChat hangs up ${after}` : `answered ${after}`}`);
  }
  console.log(`  the user sees: ${reply?.Content}`);
  console.log(`  the handler ran: ${[...runs].find(([id]) => id.startsWith(message.MsgId))[1]} time(s)`);
}
