'use strict';

// Whatever accounts stand beside one another, none gets a push of another.

const fc = require('fast-check');
const { createEndpoint } = require('../..');
const { KeptReceivers } = require('../../lib/endpoint/kept-receivers.js');
const { runs } = require('../support/runs.js');
const {
  account: { encodingAESKey },
  openReply,
  push,
  textMessage,
} = require('../support/wechat.js');

const keys = [encodingAESKey, 'k'.repeat(43), 'K'.repeat(43)];
const modes = ['plain', 'compat', 'secure'];

/** Few Tokens, keys and AppIDs, so that accounts share them. */
const anAccount = fc.record(
  {
    token: fc.constantFrom('token1', 'token2', 'token3'),
    encodingAESKey: fc.constantFrom(...keys),
    appId: fc.constantFrom('wx1', 'wx2'),
    mode: fc.constantFrom(...modes),
  },
  { requiredKeys: ['token', 'encodingAESKey', 'appId', 'mode'] },
);

/** What a sender who has the secrets of one account can push; encrypted or not. */
const aPush = (accounts) =>
  fc.record({ by: fc.constantFrom(...accounts), to: fc.nat(accounts.length - 1), encrypted: fc.boolean() });

let lastId = 0;
const sentBy = (by, encrypted, path = '/') => ({
  method: 'POST',
  ...push({ account: by, encrypted, url: path, message: { ...textMessage, MsgId: `${++lastId}` } }),
});

/** By the rules of the modes alone: whether an account takes such a push. */
function takes(account, by, encrypted) {
  if (account.token !== by.token) return false;
  if (!encrypted) return account.mode !== 'secure';
  return (
    account.mode !== 'plain' && account.encodingAESKey === by.encodingAESKey && account.appId === by.appId
  );
}

/** Whether a push can be for both. */
function areConfused(one, other) {
  if (one.token !== other.token) return false;
  if (one.mode !== 'secure' || other.mode !== 'secure') return true;
  return one.encodingAESKey === other.encodingAESKey && one.appId === other.appId;
}

const named = (accounts) => accounts.map((one, i) => ({ ...one, name: `account ${i}` }));
const silent = { onReject() {} };

test('a list: a push gets to the one account that takes it, or to none', async () => {
  const worlds = fc
    .array(anAccount, { minLength: 1, maxLength: 6 })
    .chain((accounts) => fc.tuple(fc.constant(accounts), fc.array(aPush(accounts), { maxLength: 6 })));
  let served = 0;
  await fc.assert(
    fc.asyncProperty(worlds, async ([accounts, pushes]) => {
      const confused = accounts.some((one, i) =>
        accounts.slice(i + 1).some((other) => areConfused(one, other)),
      );
      const make = () =>
        createEndpoint({ ...silent, accounts: named(accounts) }, (_, context) => context.account.name);
      if (confused) return void expect(make).toThrow('cannot be told apart');
      const endpoint = make();
      for (const { by, encrypted } of pushes) {
        const takers = accounts.filter((one) => takes(one, by, encrypted));
        expect(takers.length).toBeLessThanOrEqual(1);
        const { status, body } = await endpoint.handle(sentBy(by, encrypted));
        expect(status).toBe(takers.length === 1 ? 200 : 400);
        if (status !== 200) continue;
        served += 1;
        const text = encrypted ? openReply(body, by) : body;
        expect(text).toContain(`account ${accounts.indexOf(takers[0])}`);
      }
    }),
    { numRuns: runs(300) },
  );
  expect(served).toBeGreaterThan(50);
});

test('a function: a push gets to the account of its URL, or to none', async () => {
  const worlds = fc
    .array(anAccount, { minLength: 1, maxLength: 6 })
    .chain((accounts) => fc.tuple(fc.constant(accounts), fc.array(aPush(accounts), { maxLength: 6 })));
  await fc.assert(
    fc.asyncProperty(worlds, fc.boolean(), async ([accounts, pushes], isPromise) => {
      const found = named(accounts);
      const account = ({ url }) => {
        const one = found[url.slice(1, url.indexOf('?'))];
        return isPromise ? Promise.resolve({ ...one }) : one;
      };
      const endpoint = createEndpoint({ ...silent, account }, (_, context) => context.account.name);
      for (const { by, to, encrypted } of pushes) {
        const { status, body } = await endpoint.handle(sentBy(by, encrypted, `/${to}`));
        expect(status).toBe(takes(accounts[to], by, encrypted) ? 200 : 400);
        if (status === 200) expect(encrypted ? openReply(body, by) : body).toContain(`account ${to}`);
      }
    }),
    { numRuns: runs(300) },
  );
});

test('kept receivers: equal options have one, others never, whichever object they come in', () => {
  const texts = fc.oneof(fc.constantFrom('a', 'b', 'a,1', '1:a', '[', ']', ''), fc.string({ maxLength: 4 }));
  const options = fc.record(
    {
      token: fc.oneof(texts, fc.array(texts, { maxLength: 3 })),
      encodingAESKey: fc.oneof(texts, fc.array(texts, { maxLength: 3 })),
      appId: texts,
      mode: texts,
      name: texts,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(options, { maxLength: 20 }), fc.infiniteStream(fc.nat()), (all, numbers) => {
      const made = [];
      const kept = new KeptReceivers((values) => {
        made.push(values);
        return { values };
      });
      const reused = {};
      for (const one of all) {
        // As a copy, as itself, and as an object that was another account before.
        const ways = [{ ...one }, one, Object.assign(clear(reused), one)];
        const [number] = numbers.take(1);
        const receivers = [ways[number % 3], ...ways].map((way) => kept.of(way));
        expect(new Set(receivers).size).toBe(1);
        expect(given(receivers[0].values)).toEqual(given(one));
      }
      const different = new Set(all.map((one) => JSON.stringify(given(one))));
      expect(made).toHaveLength(different.size);
    }),
  );
});

function clear(object) {
  for (const name of Object.keys(object)) delete object[name];
  return object;
}

/** Those that are there, in one order. */
function given(options) {
  return Object.fromEntries(
    Object.entries(options)
      .filter(([, value]) => value !== undefined)
      .toSorted(),
  );
}
