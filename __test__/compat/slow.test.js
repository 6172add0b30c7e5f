'use strict';

// A reply that is too late for WeChat, with a carrier and a store that other processes have, too.

const express = require('express');
const Koa = require('koa');
const wechat = require('wechat-push/compat/wechat');
const coWechat = require('wechat-push/compat/co-wechat');
const { memoryStore } = require('../../index.js');
const { messageOf, secureConfig } = require('../support/old-bots.js');
const { until } = require('../support/redis.js');
const { closeServers, serve } = require('../support/servers.js');
const { post, push } = require('../support/wechat.js');

afterEach(closeServers);

/** One that is not known to be memory, and tells the keys of what is recorded. */
function sharedStore(keys) {
  const store = memoryStore();
  const records = {
    get: (key) => store.records.get(key),
    set: (key, ...given) => (keys.push(key), store.records.set(key, ...given)),
    claimDue: (...given) => store.records.claimDue(...given),
  };
  const { begin, peek, finish, release, claimUnsent } = store;
  return { begin, peek, finish, release, claimUnsent, records };
}

const bots = {
  // Only the request leads to its handler, so no other process could go on with it.
  wechat: [
    (config, answer) => express().use(wechat(config, async (req, res) => res.reply(await answer()))),
    false,
  ],
  'co-wechat': [(config, answer) => new Koa().use(coWechat(config).middleware(answer)).callback(), true],
};

test.each(Object.entries(bots))(
  'of %s goes to the carrier, once',
  async (name, [make, isKept]) => {
    const keys = [];
    const carried = [];
    const carrier = { name: 'test', carry: ({ value, user }) => void carried.push([user, value.Content]) };
    let release;
    const late = new Promise((resolve) => (release = resolve));
    const config = { ...secureConfig, store: sharedStore(keys), carriers: [carrier] };
    const origin = await serve(make(config, () => late));
    const sent = push({ message: messageOf('slow'), encrypted: true });
    const answer = await post(origin, { ...sent, signal: AbortSignal.timeout(6000) });
    expect([answer.status, answer.text]).toEqual([200, 'success']);
    expect(keys.some((key) => key.includes(':push:'))).toBe(isKept);
    release('at last');
    await until(() => carried.length > 0, 3000);
    expect(carried).toEqual([['oUser_1-2', 'at last']]);
  },
  15_000,
);

test('a reply whose session is never saved fails the push, although the handler ends the response', async () => {
  const store = sharedStore([]);
  const records = { ...store.records, set: () => new Promise(() => {}) };
  const app = express().use(
    wechat({ ...secureConfig, store: { ...store, records } }, (req, res) => {
      req.wxsession.asked = true;
      res.reply('ok');
      res.end();
    }),
  );
  app.use((error, req, res, _next) => res.status(500).end());
  const sent = push({ message: messageOf('hi'), encrypted: true });
  const { status } = await post(await serve(app), { ...sent, signal: AbortSignal.timeout(6000) });
  expect(status).toBe(500);
}, 15_000);
