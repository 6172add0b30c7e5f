'use strict';

// What accounts take, in a process of its own: `node --expose-gc account-memory.js receiver|rotating|found`.

const { createEndpoint, createReceiver } = require('..');
const { MANY, appIdIn, newAccount, withBoth } = require('./many-accounts.js');

/** The first take more than the last, for which there is room already. */
const ROUNDS = 5;

/** What may be a handshake of WeChat's, as far as can be seen without an account. */
const FORGED = `signature=${'0'.repeat(40)}&timestamp=1714036504&nonce=1&echostr=1`;

const makes = {
  receiver: (accounts) => accounts.map((one) => createReceiver(one)),
  rotating: (accounts) => accounts.map((one, i) => createReceiver(withBoth(one, accounts[(i + 1) % MANY]))),
  async found(accounts) {
    const table = new Map(accounts.map((one) => [one.appId, one]));
    const endpoint = createEndpoint({ account: (request) => table.get(appIdIn(request)), onReject() {} });
    for (const { appId } of accounts) await endpoint.handle({ method: 'GET', url: `/wx/${appId}?${FORGED}` });
    return endpoint;
  },
};

measure(makes[process.argv[2]]);

async function measure(make) {
  const held = [];
  let bytes = 0;
  for (let i = 0; i < ROUNDS; i++) {
    const accounts = Array.from({ length: MANY }, newAccount);
    const before = await used();
    held.push(accounts, await make(accounts));
    bytes += (await used()) - before;
  }
  if (held.length === 0) throw new Error('nothing was held');
  console.log(bytes / MANY / ROUNDS);
}

/** The bytes of the process, Rust's included; but for the pages that V8 keeps empty. */
async function used() {
  for (let i = 0; i < 3; i++) {
    globalThis.gc();
    await new Promise(setImmediate);
  }
  const { rss, heapTotal, heapUsed } = process.memoryUsage();
  return rss - heapTotal + heapUsed;
}
