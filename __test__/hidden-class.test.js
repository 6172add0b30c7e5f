'use strict';

const v8 = require('node:v8');
const { messagePush } = require('..');
const { closeServers, hosts, serve } = require('./support/servers.js');
const { account } = require('./support/wechat.js');

v8.setFlagsFromString('--allow-natives-syntax');
const haveSameClass = new Function('one', 'other', 'return %HaveSameMap(one, other)');

afterEach(closeServers);

/** How many hidden classes some objects have. */
function classesOf(objects) {
  const firsts = [];
  for (const one of objects) {
    if (!firsts.some((first) => haveSameClass(first, one))) firsts.push(one);
  }
  return firsts.length;
}

const COUNT = 40;
/** What V8 remembers of classes goes with a garbage collection, or when something else takes its place. */
const TRIES = 10;

/** The requests that a host gets, and the responses, after our middleware. */
async function requestsOn(host) {
  const seen = [];
  const middleware = messagePush({ ...account, onReject() {} });
  const origin = await serve(
    host((req, res, next) => {
      const before = [req.res, res.req];
      middleware(req, res, next);
      seen.push({ req, res, isLinked: req.res === before[0] && res.req === before[1] });
    }, '/wx'),
  );
  for (let i = 0; i < COUNT; i++) await fetch(`${origin}/wx?signature=0`);
  expect(seen).toHaveLength(COUNT);
  expect(seen.every(({ isLinked }) => isLinked)).toBe(true);
  return seen;
}

test.each(Object.entries(hosts))(
  'on %s, requests share hidden classes, and so do responses',
  async (_, host) => {
    let fewest = Infinity;
    for (let i = 0; i < TRIES && fewest >= COUNT / 2; i++) {
      const seen = await requestsOn(host);
      const classes = ['req', 'res'].map((name) => classesOf(seen.map(({ [name]: one }) => one)));
      fewest = Math.min(fewest, Math.max(...classes));
    }
    // Without our help each has its own, every time.
    expect(fewest).toBeLessThan(COUNT / 2);
  },
);

test('a request that is bound to its response for good is left as it is', async () => {
  const middleware = messagePush(account);
  const origin = await serve(
    hosts['Express 5']((req, res, next) => {
      Object.defineProperty(req, 'res', { value: res, configurable: false, writable: false });
      middleware(req, res, next);
    }),
  );
  expect((await fetch(`${origin}/?signature=0`)).status).toBe(400);
});
