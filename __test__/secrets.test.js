'use strict';

const { fork } = require('node:child_process');
const { once } = require('node:events');
const path = require('node:path');

test('Token and EncodingAESKey are in no string of the heap once the options are parsed', async () => {
  const child = fork(path.join(__dirname, 'support/secrets-server.js'), { execArgv: ['--expose-gc'] });
  const [found] = await once(child, 'message');
  expect(found).toEqual({ answered: true, control: true, token: false, key: false });
}, 60_000);
