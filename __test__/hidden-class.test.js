'use strict';

const v8 = require('node:v8');
const { messagePush } = require('..');
const { closeServers, hosts, serve } = require('./support/servers.js');
const { account } = require('./support/wechat.js');

v8.setFlagsFromString('--allow-natives-syntax');
const haveSameClass = new Function('one', 'other', 'return %HaveSameMap(one, other)');

afterEach(closeServers);

test.each(Object.entries(hosts))('on %s, requests have one hidden class, and responses', async (_, host) => {
  const seen = [];
  const middleware = messagePush(account);
  const origin = await serve(
    host((req, res, next) => {
      const before = [req.res, res.req];
      middleware(req, res, next);
      seen.push({ req, res, before, after: [req.res, res.req] });
    }, '/wx'),
  );
  // The first ones are answered by code that V8 has not seen yet.
  for (let i = 0; i < 4; i++) await fetch(`${origin}/wx?signature=0`);
  const [, , one, other] = seen;
  expect(haveSameClass(one.req, other.req)).toBe(true);
  expect(haveSameClass(one.res, other.res)).toBe(true);
  expect(one.after).toEqual(one.before);
});

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
