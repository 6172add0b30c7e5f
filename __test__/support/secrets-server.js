'use strict';

// Makes an endpoint of secrets that nothing else holds, has it refuse and explain, and looks for them in the heap.

const v8 = require('node:v8');
const { createEndpoint } = require('../..');

// Written backwards here, so that the text of this file does not hold them.
const backwards = { token: 'x7QnekoTeuqinu', key: 'yeKeuqinu'.padStart(43, 'k'), control: '3WlortnoCeuqinu' };
const secret = (name) => [...backwards[name]].toReversed().join('');

async function main() {
  const endpoint = make();
  const control = { kept: secret('control') };
  const { status } = await endpoint.handle({ method: 'GET', url: '/?signature=1&timestamp=1&nonce=1' });
  globalThis.gc();
  const heap = await snapshot();
  const has = (name) => heap.includes(secret(name));
  process.send({
    answered: status === 400,
    control: has('control') && Boolean(control.kept),
    token: has('token'),
    key: has('key'),
  });
  process.disconnect();
}

function make() {
  const onReject = (rejection) => rejection.hints();
  const options = { token: secret('token'), encodingAESKey: secret('key'), appId: 'wx1', onReject };
  return createEndpoint(options, () => 'hi');
}

/** The strings of the heap, as the tools of V8 see them. */
async function snapshot() {
  const chunks = [];
  for await (const chunk of v8.getHeapSnapshot()) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}

main();
