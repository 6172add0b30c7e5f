'use strict';

// One access token for many processes: real ones, with a real Redis.

const { fork } = require('node:child_process');
const { once } = require('node:events');
const path = require('node:path');
const { createApiServer } = require('../testing.js');
const { describeWithRedis, ownPrefix, someRedis, until } = require('./support/redis.js');

describeWithRedis('three processes', () => {
  let redis;
  let server;
  let children;

  beforeAll(async () => {
    redis = await someRedis();
  });
  afterAll(() => redis.stop());

  beforeEach(async () => {
    server = await createApiServer();
    const prefix = ownPrefix();
    children = await Promise.all(
      ['redis', 'ioredis', 'redis'].map((name) => start({ redis: redis.url, prefix, name })),
    );
  }, 30_000);
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    await server.close();
  });

  async function start(options) {
    const child = fork(path.join(__dirname, 'support', 'token-process.js'), [JSON.stringify(options)], {
      env: { ...process.env, WECHAT_PUSH_API_URL: server.url },
    });
    await once(child, 'message');
    return child;
  }

  /** What came of it in each process. */
  async function all(act, times) {
    const told = children.map((child) => once(child, 'message'));
    for (const child of children) child.send({ act, times });
    return (await Promise.all(told)).flatMap(([{ results }]) => results);
  }

  const asks = () => server.calls.filter(({ path: called }) => called.endsWith('stable_token'));
  const forced = () => asks().filter(({ body }) => body.force_refresh);

  test('get a token by one call', async () => {
    const tokens = await all('get', 20);
    expect(tokens).toHaveLength(60);
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toMatch(/^wx1-/);
    expect(asks()).toHaveLength(1);
  });

  test.each(['expireTokens', 'replaceTokens'])('replace it by one call: %s', async (end) => {
    await all('get', 1);
    server[end]();
    expect(new Set(await all('call', 10))).toEqual(new Set(['called']));
    expect(asks()).toHaveLength(2);
    expect(forced()).toEqual([]);
  });

  test('force it once, whatever each of them is told', async () => {
    await all('get', 1);
    server.answer('cgi-bin/getcallbackip', { errcode: 40001 }, { times: 30 });
    const results = await all('call', 10);
    expect(forced()).toHaveLength(1);
    expect(results.filter((result) => result !== 'called').every((text) => text.includes('40001'))).toBe(
      true,
    );
    expect(new Set(await all('call', 10))).toEqual(new Set(['called']));
  });

  test('go on when the one that gets it is killed', async () => {
    server.answer('cgi-bin/stable_token', 'hang');
    const [first] = children;
    first.send({ act: 'get', times: 1 });
    await until(() => server.calls.some(({ answer }) => answer === 'hang'));
    first.kill('SIGKILL');
    children = children.slice(1);
    const tokens = await all('get', 5);
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toMatch(/^wx1-/);
    expect(asks()).toHaveLength(2);
  }, 40_000);
});
