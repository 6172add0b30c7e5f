'use strict';

const { fork } = require('node:child_process');
const { once } = require('node:events');
const path = require('node:path');

test('whatever a callback throws or returns, the process lives and answers the next push', async () => {
  const file = path.join(__dirname, 'support/throwing-server.js');
  const child = fork(file, { silent: true, execArgv: ['--unhandled-rejections=strict'] });
  const told = [];
  let printed = '';
  child.on('message', (message) => told.push(message));
  child.stderr.on('data', (text) => (printed += text));
  const [code] = await once(child, 'exit');
  const { at } = told.findLast((message) => message.at);
  expect({ code, at, printed: code === 0 ? '' : printed.slice(-2000) }).toEqual({ code: 0, at, printed: '' });
  expect(told.at(-1).count).toBeGreaterThan(300);
  expect(told.at(-1).undelivered).toBeGreaterThan(20);
}, 120_000);
