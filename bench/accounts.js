'use strict';

const { execFileSync } = require('node:child_process');
const path = require('node:path');
const { createEndpoint, memoryStore } = require('..');
const { MANY, appIdIn, newAccount, pushTo } = require('./many-accounts.js');
const { asyncMedians, cycle } = require('./measure.js');

/** As many as the option `accounts` takes. */
const LISTED = 50;

/** So few deliveries are remembered that each push is new when its turn comes again, and runs its handler. */
const REMEMBERED = 1000;

/** A request among many accounts, beside the same of one: whole, with its handler and delivery. */
async function lookUp() {
  const many = Array.from({ length: MANY }, newAccount);
  const [one] = many;
  const table = new Map(many.map((each) => [each.appId, each]));
  const account = (request) => table.get(appIdIn(request));
  const lookedUpInVain = (request) => account(request) && one;
  const pushesOf = (count) => Array.from({ length: MANY }, (_, i) => pushTo(many[i % count]));
  const toAll = pushesOf(MANY);
  const handledBy = (options, pushes) => {
    // Each form counts for itself, or the turns of one push would come too near.
    const next = cycle(pushes);
    let handled = 0;
    const handler = () => {
      handled += 1;
      return 'hi';
    };
    const endpoint = createEndpoint({ ...options, store: memoryStore({ max: REMEMBERED }) }, handler);
    return async () => {
      const before = handled;
      mustBe200(await endpoint.handle(next()));
      if (handled === before) throw new Error('a push was answered without its handler');
    };
  };
  const ns = await asyncMedians({
    one: handledBy(one, pushesOf(1)),
    alone: handledBy({ account: () => one }, pushesOf(1)),
    inVain: handledBy({ account: lookedUpInVain }, pushesAt(many, one)),
    found: handledBy({ account }, toAll),
    copied: handledBy({ account: async (request) => ({ ...account(request) }) }, toAll),
    listed: handledBy({ accounts: many.slice(0, LISTED) }, pushesOf(LISTED)),
  });
  return {
    title: 'secure XML push with a text reply, createEndpoint, by accounts',
    rows: [
      ['the options of one account', ns.one],
      ['account: the same for each', ns.alone],
      ["account: the same, after the owner's look-up of any of 10,000", ns.inVain],
      ['account: any of 10,000', ns.found, 'must 1.1×'],
      ['account: any of 10,000, a promise of a copy', ns.copied],
      [`accounts: any of ${LISTED}`, ns.listed],
    ],
  };
}

/** Pushes for one account at the URLs of many. */
function pushesAt(many, one) {
  return many.map(({ appId }) => pushTo(one, appId));
}

/** What is held for each account that has been used. */
function memory() {
  const bytes = (kind) => {
    const file = path.join(__dirname, 'account-memory.js');
    return Number(execFileSync(process.execPath, ['--expose-gc', file, kind], { encoding: 'utf8' }));
  };
  const kinds = {
    createReceiver: 'receiver',
    'createReceiver, two Tokens and two keys': 'rotating',
    'account: any of 10,000': 'found',
  };
  return {
    title: 'memory of an account, native and JavaScript (must 3 kB)',
    lines: Object.entries(kinds).map(([name, kind]) => `${name}: ${(bytes(kind) / 1000).toFixed(1)} kB`),
  };
}

function mustBe200({ status }) {
  if (status !== 200) throw new Error(`a push was answered with ${status}`);
}

module.exports = { groups: [lookUp, memory] };
