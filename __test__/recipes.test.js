'use strict';

// Each recipe of docs/recipes*.md does what stands above it.

const channels = require('node:diagnostics_channel');
const fs = require('node:fs');
const path = require('node:path');
const express = require('express');
const { createClient } = require('redis');
const { messagePush } = require('..');
const { createGateway } = require('../testing.js');
const { hosts, serveCloudFunction } = require('./support/cloud-hosts.js');
const nginx = require('./support/nginx.js');
const { describeWithOwnRedis } = require('./support/redis.js');
const { ownRedis } = require('./support/redis-server.js');
const { closeServers, serve } = require('./support/servers.js');
const { createWorld, snippets } = require('./support/snippets.js');
const { account } = require('./support/wechat.js');

jest.setTimeout(40_000);

const PAGES = ['docs/recipes.md', 'docs/recipes.zh-CN.md'];
const RECIPES = ['accounts', 'sessions', 'menus', 'token', 'nginx', 'cloud'];

const open = [];
afterEach(async () => {
  for (const end of open.splice(0).toReversed()) await end();
  await closeServers();
});

test.each(PAGES)('%s has a block for each', (page) => {
  expect(codesOf(page)).toHaveLength(RECIPES.length);
});

describe.each(PAGES)('%s', (page) => {
  const chinese = page.includes('zh-CN');

  /** A recipe in a world of its own. */
  function recipe(name, given) {
    const world = createWorld(given);
    open.push(() => world.end());
    return { world, code: codesOf(page)[RECIPES.indexOf(name)] };
  }

  test('several accounts by path', async () => {
    const { world, code } = recipe('accounts');
    const origin = await world.serve(code);
    const other = { token: 'TheOtherToken', appId: 'wx1111111111111111', mode: 'plain' };
    for (const [one, number] of [
      [account, 1],
      [other, 2],
    ]) {
      const url = `${origin}/wechat/${one.appId}`;
      expect(await createGateway(one).handshake(url)).toMatchObject({ ok: true });
      const { reply } = await createGateway(one).push(url, { MsgType: 'text', Content: 'hi' });
      expect(reply.Content).toBe(chinese ? `门店 ${number}：你好` : `shop ${number}: hello`);
    }
    const stranger = await createGateway(other).handshake(`${origin}/wechat/${account.appId}`);
    expect(stranger).toMatchObject({ ok: false, status: 400 });
    expect(await createGateway(account).handshake(`${origin}/wechat/wx2`)).toMatchObject({ ok: false });
  });

  test('sessions: what one user was asked is not asked of another', async () => {
    const { world, code } = recipe('sessions');
    const url = `${await world.serve(code)}/checkPushMsg`;
    const say = async (FromUserName, Content) =>
      (await createGateway(account).push(url, { MsgType: 'text', FromUserName, Content })).reply.Content;
    const [unasked, menu] = [await say('oOne', 'a'), await say('oOne', 'Menu')];
    expect(menu).toMatch(/^a.*\nb/);
    expect(await say('oTwo', 'a')).toBe(unasked);
    const again = await say('oOne', 'c');
    expect([unasked, menu]).not.toContain(again);
    const answer = await say('oOne', ' B ');
    expect(answer).toMatch(/9/);
    expect(await say('oOne', 'b')).toBe(unasked);
  });

  test('menus: made by a call, answered by their keys', async () => {
    const { world, code } = recipe('menus');
    const url = `${await world.serve(code)}/checkPushMsg`;
    const menu = world.sent.find((call) => call.url.endsWith('/cgi-bin/menu/create'));
    expect(menu).toMatchObject({ method: 'POST', token: 'T1' });
    const keys = menu.body.button.flatMap(({ key }) => key ?? []);
    const click = async (Event, EventKey) =>
      (await createGateway(account).push(url, { Event, EventKey })).reply;
    for (const key of keys) expect((await click('CLICK', key)).Content).toMatch(/order|订单/);
    expect((await click('CLICK', 'GONE')).Content).toMatch(/GONE$/);
    expect(await click('VIEW', 'https://example.com/')).toBeNull();
    expect(world.said.at(-1).at(-1)).toBe('https://example.com/');
  });

  test('the Token: the old one and the new one are taken, and no third', async () => {
    const key = 'TheNextKeyIsForThePageOnlyMakeYourOwn123456';
    const { world, code } = recipe('token', {
      environment: {
        WECHAT_PUSH_TOKEN: `TheNextToken,${account.token}`,
        WECHAT_PUSH_ENCODING_AES_KEY: `${key},${account.encodingAESKey}`,
      },
    });
    const url = `${await world.serve(code)}/checkPushMsg`;
    const next = { ...account, token: 'TheNextToken', encodingAESKey: key };
    for (const one of [account, next, { ...account, token: 'TheNextToken' }]) {
      expect(await createGateway(one).handshake(url)).toMatchObject({ ok: true });
      const { reply } = await createGateway(one).push(url, { MsgType: 'text', Content: 'hi' });
      expect(reply.Content).toMatch(/hi$/);
    }
    const third = createGateway({ ...account, token: 'AThirdToken' });
    expect(await third.handshake(url)).toMatchObject({ ok: false, status: 400 });
  });

  (nginx.installed ? describe : describe.skip)('behind nginx', () => {
    const block = fs
      .readFileSync(path.join(__dirname, '..', page), 'utf8')
      .match(/^```nginx\n(.*?)^```$/ms)[1];

    async function behind(origin, change = (text) => text) {
      const proxy = await nginx.startNginx(change(block), origin);
      open.push(proxy.stop);
      return proxy.origin;
    }

    test('the recipe is found, and answers', async () => {
      const { world, code } = recipe('nginx');
      const url = `${await behind(await world.serve(code))}/wx/checkPushMsg`;
      for (const format of ['xml', 'json']) {
        const gateway = createGateway({ ...account, format });
        expect(await gateway.handshake(url)).toMatchObject({ ok: true });
        const { reply } = await gateway.push(url, { MsgType: 'text', Content: '你好' });
        expect(reply.Content).toMatch(/你好$/);
      }
      const forged = createGateway({ ...account, token: 'another' });
      expect(await forged.handshake(url)).toMatchObject({ ok: false, status: 400 });
      const large = await fetch(url, { method: 'POST', body: 'x'.repeat(2 * 1024 * 1024) });
      expect(large.status).toBe(413);
    });

    test('with a path behind proxy_pass the middleware stands elsewhere', async () => {
      const origin = await serve(
        express().use(
          '/checkPushMsg',
          messagePush(account, () => 'hi'),
        ),
      );
      const cut = (text) => text.replace('http://127.0.0.1:3000;', 'http://127.0.0.1:3000/;');
      const url = `${await behind(origin, cut)}/wx/checkPushMsg`;
      expect(await createGateway(account).handshake(url)).toMatchObject({ ok: true });
      expect((await createGateway(account).push(url, { MsgType: 'text', Content: 'x' })).reply.Content).toBe(
        'hi',
      );
    });

    test('an answer that takes longer than one delivery goes with the next', async () => {
      let runs = 0;
      const slow = async () => {
        runs++;
        await new Promise((resolve) => setTimeout(resolve, 7000));
        return 'at last';
      };
      const origin = await serve(
        express().use('/wx/checkPushMsg', messagePush({ ...account, replyWindow: 15_000 }, slow)),
      );
      const url = `${await behind(origin)}/wx/checkPushMsg`;
      const result = await createGateway(account).push(url, { MsgType: 'text', Content: 'x' });
      expect([result.reply?.Content, result.attempts.length, runs]).toEqual(['at last', 2, 1]);
    });
  });

  describeWithOwnRedis('in a cloud function', () => {
    test('a retry that comes to another instance is not handled again', async () => {
      const redis = await ownRedis();
      open.push(() => redis.stop());
      const instance = async () => {
        const clients = [];
        const made = (options) => {
          clients.push(createClient(options));
          return clients[0];
        };
        const { world, code } = recipe('cloud', {
          modules: { redis: { createClient: made }, 'wechat-push/serverless': require('../serverless.js') },
          environment: { REDIS_URL: redis.url },
        });
        open.push(() => clients.forEach((client) => client.destroy()));
        return world.run(code);
      };
      for (const [name, host] of Object.entries(hosts)) {
        const [one, two] = [await instance(), await instance()];
        const entry = /Tencent/.test(name) ? 'main_handler' : /Cloud/.test(name) ? 'main' : 'handler';
        let calls = 0;
        const origin = await serveCloudFunction(host, (...args) => [one, two][calls++ % 2][entry](...args));
        const url = `${origin}/wx`;
        const gateway = createGateway(account);
        expect([name, await gateway.handshake(url)]).toEqual([name, expect.objectContaining({ ok: true })]);
        const message = {
          MsgType: 'text',
          FromUserName: `o${name}`,
          Content: 'hi',
          MsgId: '1',
          CreateTime: now(),
        };
        const handled = handledFromNow();
        const { reply } = await gateway.push(url, message);
        expect(reply.Content).toMatch(/hi$/);
        const again = await gateway.push(url, message);
        expect([again.reply.Content, calls, handled]).toEqual([reply.Content, 3, [true, false]]);
      }
    });
  });
});

/** Of each delivery from now on, whether the handler ran for it. */
function handledFromNow() {
  const handled = [];
  const listen = ({ hasRun }) => handled.push(hasRun);
  channels.subscribe('wechat-push:handled', listen);
  open.push(() => channels.unsubscribe('wechat-push:handled', listen));
  return handled;
}

/** The JavaScript of a page, in order. */
function codesOf(page) {
  return snippets().flatMap((one) => (one.page === page ? [one.code] : []));
}

function now() {
  return Math.floor(Date.now() / 1000);
}
