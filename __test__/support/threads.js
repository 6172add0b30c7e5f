'use strict';

// A process in which many threads load the addon and end, some in the middle of a call; started by
// properties/threads.test.js. Prints what came of it as JSON.

const { once } = require('node:events');
const path = require('node:path');
const { Worker } = require('node:worker_threads');
const { createReceiver } = require('../..');
const { account, push, textMessage } = require('./wechat.js');

const AT_ONCE = 6;
const count = Number(process.argv[2]);

/** Works until it is stopped; of three threads one ends by itself, at the end of its work. */
const thread = `
  const { parentPort, workerData: { root, turn } } = require('node:worker_threads');
  const { checkPush, createReceiver } = require(root);
  const { createGateway } = require(root + '/testing.js');
  const { account, textMessage } = require(root + '/__test__/support/wechat.js');
  const gateway = createGateway(account);
  const long = { ...textMessage, Content: '好'.repeat(turn % 2 ? 10 : 200_000) };
  for (let i = 0; turn % 3 || i < 5; i++) {
    const receiver = createReceiver(account);
    const outcome = receiver.receive(gateway.request(long));
    const { body } = receiver.respond(outcome, 'hi');
    if (gateway.read(body).Content !== 'hi' || outcome.raw.length < 10) throw new Error('a wrong answer');
    checkPush({}, 'token' + i);
    if (i === 0) parentPort.postMessage('at work');
  }`;

async function main() {
  let terminated = 0;
  let ended = 0;

  async function start(turn) {
    const workerData = { root: path.join(__dirname, '../..'), turn };
    const worker = new Worker(thread, { eval: true, workerData });
    const exit = once(worker, 'exit');
    // One in five is stopped while it still loads.
    if (turn % 5) await once(worker, 'message');
    if (turn % 3 === 0 && turn % 5) {
      const [code] = await exit;
      if (code === 0) ended += 1;
    } else {
      await new Promise((resolve) => setTimeout(resolve, turn % 7));
      await worker.terminate();
      terminated += 1;
    }
  }

  for (let turn = 1; turn <= count; turn += AT_ONCE) {
    const turns = Array.from({ length: Math.min(AT_ONCE, count - turn + 1) }, (_, i) => turn + i);
    await Promise.all(turns.map(start));
  }
  const { message } = createReceiver(account).receive({ method: 'POST', ...push({ encrypted: true }) });
  process.stdout.write(JSON.stringify({ terminated, ended, answers: message.MsgId === textMessage.MsgId }));
}

main();
