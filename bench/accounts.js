'use strict';

const crypto = require('node:crypto');
const { createEndpoint, createReceiver } = require('..');
const { createGateway } = require('../testing.js');
const { asyncMedians, cycle } = require('./measure.js');
const { memoryUsed } = require('./memory.js');
const { account } = require('./requests.js');

const MANY = 10_000;
/** As many as the option `accounts` takes. */
const LISTED = 50;

/** A request among many accounts, beside the same of one: whole, with its handler and delivery. */
async function lookUp() {
  const many = Array.from({ length: MANY }, newAccount);
  const table = new Map(many.map((one) => [one.appId, one]));
  const ofOne = cycle(Array.from({ length: MANY }, () => pushTo(account)));
  const ofMany = cycle(many.map(pushTo));
  const ofListed = cycle(Array.from({ length: MANY }, (_, i) => pushTo(many[i % LISTED])));
  const handledBy = (options, next) => {
    const endpoint = createEndpoint(options, () => 'hi');
    return async () => mustBe200(await endpoint.handle(next()));
  };
  const ns = await asyncMedians({
    one: handledBy(account, ofOne),
    alone: handledBy({ account: () => account }, ofOne),
    found: handledBy({ account: (request) => table.get(appIdIn(request)) }, ofMany),
    fresh: handledBy({ account: async (request) => ({ ...table.get(appIdIn(request)) }) }, ofMany),
    listed: handledBy({ accounts: many.slice(0, LISTED) }, ofListed),
  });
  return {
    title: `a secure XML push among ${MANY.toLocaleString('en')} accounts: createEndpoint, request to answer`,
    rows: [
      ['one account', ns.one],
      ['account: () => the same', ns.alone],
      ['account: one of 10,000', ns.found, 'must 1.1×'],
      ['account: one of 10,000, a promise of a copy', ns.fresh],
      [`accounts: one of ${LISTED}`, ns.listed],
    ],
  };
}

/** What is held for each account that has been used. */
async function memory() {
  const lines = [];
  for (const [name, make] of Object.entries({
    'createReceiver, one key': (accounts) => accounts.map((one) => createReceiver(one)),
    'createReceiver, two Tokens and two keys': (accounts) =>
      accounts.map((one, i) => createReceiver(rotating(one, accounts[(i + 1) % MANY]))),
    'account: one of 10,000': async (accounts, requests) => {
      const table = new Map(accounts.map((one) => [one.appId, one]));
      const endpoint = createEndpoint({ account: (request) => table.get(appIdIn(request)), onReject() {} });
      for (const request of requests) await endpoint.handle(request);
      return endpoint;
    },
  })) {
    // The first time takes what is then used again.
    const bytes = [];
    for (let i = 0; i < 3; i++) {
      const accounts = Array.from({ length: MANY }, newAccount);
      const requests = accounts.map(({ appId }) => ({ method: 'GET', url: `/wx/${appId}?${FORGED}` }));
      bytes.push((await memoryUsed(() => make(accounts, requests))) / MANY);
    }
    lines.push(`${name}: ${(Math.min(...bytes) / 1000).toFixed(1)} kB an account`);
  }
  return {
    title: `memory, native and JavaScript, of ${MANY.toLocaleString('en')} accounts (must 3 kB)`,
    lines,
  };
}

/** What may be a handshake of WeChat's, as far as can be seen without an account. */
const FORGED = `signature=${'0'.repeat(40)}&timestamp=1714036504&nonce=1&echostr=1`;

function newAccount() {
  const random = (length) => crypto.randomBytes(length).toString('hex').slice(0, length);
  return { token: random(32), encodingAESKey: random(43), appId: `wx${random(16)}` };
}

function rotating(one, other) {
  return {
    ...one,
    token: [one.token, other.token],
    encodingAESKey: [one.encodingAESKey, other.encodingAESKey],
  };
}

function pushTo(one) {
  const push = createGateway(one).request({ MsgType: 'text', Content: '你好' }, { url: `/wx/${one.appId}` });
  return { ...push, body: Buffer.from(push.body) };
}

function appIdIn({ url }) {
  return url.slice(4, url.indexOf('?'));
}

function mustBe200({ status }) {
  if (status !== 200) throw new Error(`a push was answered with ${status}`);
}

module.exports = { groups: [lookUp, memory] };
