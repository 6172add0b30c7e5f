'use strict';

// Two accounts of different owners share a store. Each signs what it likes with its own Token, and gets nothing of
// the other's.

const { memoryStore, messagePush } = require('..');
const { redisStore } = require('../redis.js');
const { createGateway } = require('../testing.js');
const { clients, disconnect } = require('./support/redis-clients.js');
const { describeWithOwnRedis, ownRedis } = require('./support/redis.js');
const { closeServers, serve } = require('./support/servers.js');
const { account } = require('./support/wechat.js');

afterEach(closeServers);

const key = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const tenants = [
  ['in secure mode', account, { token: 'hostile1', appId: 'wxhostile', encodingAESKey: key }],
  ['in plain mode', { token: 'honest12' }, { token: 'hostile1' }],
  [
    'with an AppID in plain mode',
    { token: 'honest12', appId: 'wx1', mode: 'plain' },
    { token: 'hostile1', appId: 'wx2', mode: 'plain' },
  ],
  [
    'with one Token and two AppIDs',
    { token: 'same1234', appId: 'wx1', mode: 'plain' },
    { token: 'same1234', appId: 'wx2', mode: 'plain' },
  ],
];

describe('in memory', () => shared(() => memoryStore()));

describeWithOwnRedis('in Redis', () => {
  let server;
  let client;
  beforeAll(async () => {
    server = await ownRedis();
    client = await clients.ioredis(server.url);
  });
  afterAll(async () => {
    disconnect(client);
    await server.stop();
  });
  beforeEach(() => client.flushall());

  shared(() => redisStore(client));

  test.each(tenants)('every key begins with the end of what its owner configured, %s', async (_, honest) => {
    const url = await serve(messagePush({ ...honest, store: redisStore(client) }, () => 'hi'));
    await createGateway(honest).push(url, { MsgType: 'text', Content: 'hi' });
    const keys = await client.keys('*');
    expect(keys.length).toBeGreaterThan(0);
    const identity = honest.appId?.slice(-6) ?? '[\\w-]{6}';
    for (const name of keys) {
      expect(name).toMatch(new RegExp(`^wechat-push:${identity}:[\\w-]{22}(:reply)?$`));
      expect(name).not.toContain(honest.token);
    }
  });
});

/** @param {() => import('..').PushStore} make */
function shared(make) {
  test.each(tenants)('the same message to both is handled by each, %s', async (_, honest, hostile) => {
    const store = make();
    const secret = jest.fn(() => 'for the honest one');
    const other = jest.fn(() => 'for the hostile one');
    const urls = [
      await serve(messagePush({ ...honest, store }, secret)),
      await serve(messagePush({ ...hostile, store }, other)),
    ];
    const first = await createGateway(honest).push(urls[0], { MsgType: 'text', Content: 'hi' });
    expect(first.reply.Content).toBe('for the honest one');
    const second = await createGateway(hostile).push(urls[1], first.message);
    expect(second.reply.Content).toBe('for the hostile one');
    expect((await createGateway(honest).push(urls[0], first.message)).reply.Content).toBe(
      'for the honest one',
    );
    expect([secret.mock.calls.length, other.mock.calls.length]).toEqual([1, 1]);
  });

  test('the Token that signed counts, while it is being changed', async () => {
    const store = make();
    const handler = jest.fn(() => 'once');
    const url = await serve(messagePush({ token: ['current1', 'previous'], store }, handler));
    const { message } = await createGateway('previous').push(url, { MsgType: 'text', Content: 'hi' });
    await createGateway('previous').push(url, message);
    expect(handler).toHaveBeenCalledTimes(1);
  });
}
