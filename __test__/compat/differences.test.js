'use strict';

// Each row of the table of differences is true, of each package that it names.

const express = require('express');
const Koa = require('koa');
const wechat = require('wechat-push/compat/wechat');
const coWechat = require('wechat-push/compat/co-wechat');
const wecomCrypto = require('wechat-push/compat/wecom-crypto');
const WXBizMsgCrypt = require('wechat-push/compat/wechat-crypto');
const { differences, modules } = require('../../lib/compat/differences.json');
const { createReceiver, memoryStore } = require('../../index.js');
const { createGateway } = require('../../testing.js');
const { messageOf, say, secureConfig } = require('../support/old-bots.js');
const { closeServers, serve, signedQuery } = require('../support/servers.js');
const { account, post, push, seal, sign } = require('../support/wechat.js');

const { token, encodingAESKey, appId } = account;
const quiet = { onReject() {} };
const plain = { token, ...quiet };
const secure = { ...secureConfig, ...quiet };

/** Whatever was warned of so far. Most is said once in a process. */
const warned = [];
beforeAll(() => jest.spyOn(process, 'emitWarning').mockImplementation((text) => warned.push(text)));
afterEach(closeServers);

/** Each package's module: makes a middleware of a function that gives the reply, and serves it. */
const packages = {
  wechat: {
    make: (config, answer) => wechat(config, async (req, res) => res.reply(await answer(req.weixin))),
    serve: (config, answer) => serve(express().use(packages.wechat.make(config, answer))),
  },
  'co-wechat': {
    make: (config, answer) => coWechat(config).middleware(async (message) => answer(message)),
    serve(config, answer) {
      const app = new Koa().on('error', () => {});
      return serve(app.use(packages['co-wechat'].make(config, answer)).callback());
    },
  },
  'wechat-crypto': {
    open: (encrypt, key = encodingAESKey) => new WXBizMsgCrypt(token, key, appId).decrypt(encrypt),
    sign: (...parts) => new WXBizMsgCrypt(token, encodingAESKey, appId).getSignature(...parts),
  },
  '@wecom/crypto': {
    open: (encrypt, key = encodingAESKey) => wecomCrypto.decrypt(key, encrypt),
    sign: (...parts) => wecomCrypto.getSignature(token, ...parts),
  },
};

/** A bot that has one Express handler. */
const expressBot = (config, handler) => serve(express().use(wechat(config, handler)));
const echo = ({ Content }) => Content;
const seconds = () => Math.floor(Date.now() / 1000);
const options = (fields) => expect.objectContaining({ code: 'ERR_WECHAT_PUSH_OPTIONS', ...fields });

const tests = {
  async signature_always({ make, serve: start }) {
    const origin = await start({ ...plain, checkSignature: false }, echo);
    coWechat(plain, true).middleware(async () => '');
    const { body } = push({ message: messageOf('hi') });
    expect((await post(origin, { url: '/', body })).status).toBe(400);
    expect((await post(origin, { url: `/?${signedQuery('other')}`, body })).status).toBe(400);
    expect(await say(origin, 'hi')).toMatchObject({ Content: 'hi' });
    expect(() => make({ ...plain, checkSignature: true }, echo)).not.toThrow();
    for (const what of ['checkSignature: false', 'isDebug'])
      expect(warned).toContainEqual(
        expect.stringContaining(`${what} changes nothing: signatures are always checked`),
      );
  },

  async mode_by_configuration({ serve: start }) {
    const withKey = await start(secure, echo);
    expect((await say(withKey, 'hi')).status).toBe(400);
    expect(await say(withKey, 'hi', { encrypted: true })).toMatchObject({ isSealed: true, Content: 'hi' });
    const withoutKey = await start(plain, echo);
    expect((await say(withoutKey, 'hi', { encrypted: true })).status).toBe(400);
    // Parameters of an encrypted push, whose body is none.
    const aes = { encrypt_type: 'aes', msg_signature: 'x' };
    const url = `/?${signedQuery(token, aes, String(seconds()))}`;
    expect((await post(withoutKey, { url, body: push({ message: messageOf('a') }).body })).status).toBe(200);
    expect((await post(withKey, { url, body: push({ message: messageOf('a') }).body })).status).toBe(400);
    const both = await start({ ...secure, mode: 'compat' }, echo);
    expect(await say(both, 'hi')).toMatchObject({ isSealed: false, Content: 'hi' });
    expect(await say(both, 'hi', { encrypted: true })).toMatchObject({ isSealed: true, Content: 'hi' });
  },

  async appid_checked({ make, serve: start }) {
    const reasons = [];
    const origin = await start({ ...secureConfig, onReject: ({ reason }) => reasons.push(reason) }, echo);
    const by = { ...account, appId: 'wx-of-somebody-else' };
    expect((await say(origin, 'hi', { by, encrypted: true })).status).toBe(400);
    expect(reasons).toEqual(['appid_mismatch']);
    expect(() => make({ token, encodingAESKey }, echo)).toThrow(options({ option: 'appid' }));
  },

  async token_required({ make }) {
    for (const config of [undefined, null, '', { token: undefined }, { token: '' }, { appid: appId }, 5])
      expect(() => make(config, echo)).toThrow(options({ option: 'token' }));
  },

  async options_checked({ make }) {
    expect(() => make({ token, encodingAesKey: encodingAESKey }, echo)).toThrow(
      /did you mean encodingAESKey/,
    );
    expect(() =>
      make({ token, store: memoryStore(), replyWindow: 15000, mode: 'plain' }, echo),
    ).not.toThrow();
    for (const given of [undefined, null, 'handler', {}]) {
      expect(() => wechat(plain, given)).toThrow(options({ option: 'handler' }));
      expect(() => wechat(plain).text(given)).toThrow(options({ option: 'text(handler)' }));
      expect(() => coWechat(plain).middleware(given)).toThrow(options({ option: 'middleware(handler)' }));
    }
  },

  async age_checked({ serve: start }) {
    const reasons = [];
    const origin = await start({ token, onReject: ({ reason }) => reasons.push(reason) }, echo);
    const old = push({ message: messageOf('hi'), timestamp: String(seconds() - 301) });
    expect((await post(origin, old)).status).toBe(400);
    const sent = push({ message: messageOf('hi') });
    expect((await post(origin, sent)).status).toBe(200);
    expect((await post(origin, { ...sent, body: push({ message: messageOf('forged') }).body })).status).toBe(
      400,
    );
    expect(reasons).toEqual(['stale_timestamp', 'replayed']);
  },

  async handled_once({ serve: start }) {
    let runs = 0;
    const origin = await start(plain, async () => {
      runs += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return `run ${runs}`;
    });
    const message = messageOf('hi');
    const answers = await Promise.all([say(origin, '', { message }), say(origin, '', { message })]);
    answers.push(await say(origin, '', { message }));
    expect(answers.map(({ Content }) => Content)).toEqual(['run 1', 'run 1', 'run 1']);
  },

  async slow_replies({ serve: start }) {
    const undelivered = [];
    let release;
    const late = new Promise((resolve) => (release = resolve));
    const config = {
      ...plain,
      onUndelivered: (value, message, context, reason) => undelivered.push({ value, reason }),
    };
    const origin = await start(config, ({ Content }) => (Content === 'never' ? new Promise(() => {}) : late));
    const slowly = (text) =>
      post(origin, { ...push({ message: messageOf(text) }), signal: AbortSignal.timeout(6000) });
    const answers = await Promise.all([slowly('never'), slowly('late')]);
    for (const { status, text } of answers) expect([status, text]).toEqual([200, 'success']);
    expect(undelivered).toEqual([]);
    release('too late');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(undelivered).toEqual([{ value: { MsgType: 'text', Content: 'too late' }, reason: 'late' }]);
  },

  async seconds({ serve: start }) {
    const { CreateTime } = await say(await start(plain, echo), 'hi');
    expect(Math.abs(CreateTime - seconds())).toBeLessThan(5);
    const sealed = await post(await start(secure, echo), push({ message: messageOf('hi'), encrypted: true }));
    expect(Math.abs(/<TimeStamp>(\d+)/.exec(sealed.text)[1] - seconds())).toBeLessThan(5);
  },

  async text_stays_text({ serve: start }) {
    const injected = ']]></Content><MsgType>news</MsgType><Content><![CDATA[';
    const message = { ...messageOf('x'), Content: '' };
    const origin = await start(plain, () => `you said ${injected}`);
    const gateway = createGateway({ token });
    const { reply } = await gateway.push(`${origin}/`, message);
    expect(reply).toMatchObject({ MsgType: 'text', Content: `you said ${injected}` });
  },

  async no_reply({ serve: start }) {
    for (const nothing of ['', undefined, null])
      expect((await say(await start(plain, () => nothing), 'hi')).text).toBe('success');
  },

  async replies_judged({ serve: start }) {
    const undelivered = [];
    const config = { ...plain, onUndelivered: (value) => undelivered.push(value) };
    const bad = [
      { type: 'image' },
      { type: 'text' },
      [],
      { type: 'unheard-of', content: 1 },
      new Error('x'),
      new Map(),
    ];
    for (const one of bad) expect((await say(await start(config, () => one), 'hi')).text).toBe('success');
    expect(undelivered).toEqual([]);
    const { Content } = await say(await start(config, () => '长'.repeat(1000)), 'hi');
    expect(Buffer.byteLength(Content)).toBeLessThanOrEqual(2047);
    expect(Content + undelivered[0].Content).toBe('长'.repeat(1000));
  },

  async music_thumb({ serve: start }) {
    const song = { title: 't', musicUrl: 'http://a' };
    expect((await say(await start(plain, () => song), 'hi')).text).toBe('success');
    const whole = { ...song, thumbMediaId: 'm' };
    expect(await say(await start(plain, () => whole), 'hi')).toMatchObject({
      MsgType: 'music',
      ThumbMediaId: 'm',
    });
  },

  async device_offline({ serve: start }) {
    const origin = await start(plain, () => 0);
    const event = { MsgType: 'device_event', DeviceType: 'gh_1', DeviceID: 'd', OpType: 2, OpenID: 'o' };
    const asked = await say(origin, { ...event, Event: 'subscribe_status' });
    expect(asked).toMatchObject({ MsgType: 'device_status', DeviceStatus: '0' });
    expect((await say(origin, { ...event, Event: 'bind' })).text).toBe('success');
  },

  async refusals({ serve: start }) {
    const reasons = [];
    const origin = await start({ token, onReject: ({ reason }) => reasons.push(reason) }, echo);
    const refused = await post(origin, {
      url: `/?${signedQuery('other', {}, String(seconds()))}`,
      body: '<xml/>',
    });
    expect([refused.status, refused.text]).toEqual([400, '{"status":400,"data":"check msg error"}']);
    expect((await fetch(`${origin}/`, { method: 'PUT' })).status).toBe(405);
    expect(reasons).toEqual(['signature_mismatch', 'method_not_allowed']);
  },

  async bad_bodies({ serve: start }) {
    const origin = await start({ ...plain, bodyLimit: 10_000 }, echo);
    const bodies = [
      '',
      ' ',
      'no xml',
      '<a/>',
      '<!DOCTYPE x><xml/>',
      '<a>'.repeat(3000),
      `<xml>${'x'.repeat(20_000)}</xml>`,
    ];
    const answers = [];
    for (const raw of bodies) answers.push((await post(origin, push({ raw }))).status);
    expect(answers).toEqual([400, 400, 400, 400, 400, 400, 413]);
    expect(await say(origin, 'still there')).toMatchObject({ Content: 'still there' });
  },

  async own_verification() {
    const forge = (req, res, next) => {
      req.weixin = { MsgType: 'text', Content: 'forged' };
      next();
    };
    const seen = [];
    const app = express().use(forge);
    app.use(
      wechat(
        plain,
        wechat.image(() => {}),
      ),
    );
    app.use(wechat(plain, (req, res) => (seen.push(req.weixin.Content), res.reply('ok'))));
    const origin = await serve(app);
    expect((await post(origin, { url: '/', body: '<xml/>' })).status).toBe(400);
    expect(seen).toEqual([]);
    await say(origin, 'real');
    expect(seen).toEqual(['real']);
  },

  async lists_are_arrays({ serve: start }) {
    const seen = [];
    const origin = await start(plain, (message) => void seen.push(message));
    const one = { PicMd5Sum: '1b5f7c23b5bf75682a53e7b6d163e185' };
    const event = { MsgType: 'event', Event: 'pic_weixin', EventKey: 'k' };
    for (const item of [[one], [one, one]])
      await say(origin, {
        ...event,
        EventKey: `k${item.length}`,
        SendPicsInfo: { Count: item.length, PicList: { item } },
      });
    expect(seen.map(({ SendPicsInfo }) => SendPicsInfo.PicList.item)).toEqual([[one], [one, one]]);
    expect(seen[0]).toMatchObject({
      CreateTime: expect.stringMatching(/^\d{10}$/),
      SendPicsInfo: { Count: '1' },
    });
    const json = push({ message: messageOf('in JSON'), format: 'json' });
    await post(origin, json);
    expect(seen[2]).toMatchObject({ Content: 'in JSON', CreateTime: expect.any(String) });
  },

  async session_store() {
    const kept = [];
    const store = memoryStore();
    const config = { ...plain, store, session: { ttl: 60_000 } };
    const bot = async (handler) => expressBot(config, handler);
    const first = await bot((req, res) => {
      Object.assign(req.wxsession, { name: 'Ada', gone: 1, times: [1] });
      res.reply('ok');
    });
    const second = await bot((req, res) => {
      kept.push(structuredClone({ ...req.wxsession }), req.wxsession.cookie);
      delete req.wxsession.gone;
      req.wxsession.times.push(2);
      res.end('answered by itself');
    });
    await say(first, 'hi');
    await say(second, 'hi');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await say(second, 'hi again');
    expect(kept).toEqual([
      { name: 'Ada', gone: 1, times: [1] },
      undefined,
      { name: 'Ada', times: [1, 2] },
      undefined,
    ]);
    await mergesByName(bot);
    await isLimited(bot);
  },

  async lists() {
    wechat.List.clear();
    wechat.List.add('view', [['{a}', 'A']]);
    const origin = await expressBot(plain, (req, res) =>
      req.weixin.Content.startsWith('list ') ? res.wait(req.weixin.Content.slice(5)) : res.reply('else'),
    );
    expect((await say(origin, 'list view')).Content).toBe('a');
    for (const key of ['constructor', '__proto__', 'toString'])
      expect((await say(origin, key)).Content).toBe('else');
    expect((await say(origin, 'list nothing')).status).toBe(500);
    wechat.List.clear();
    wechat.List.add('other', [['{z}', 'Z']]);
    expect((await say(origin, 'a')).Content).toBe('else');
    const told = [];
    const asked = await expressBot(plain, (req, res) =>
      res.wait('nothing', (error) => told.push(error.name)),
    );
    expect((await say(asked, 'hi')).status).toBe(500);
    expect(told).toEqual(['UndefinedListError']);
  },

  async reply_once() {
    const after = [];
    const origin = await expressBot(plain, (req, res) => {
      res.reply('first');
      res.reply('second');
      res.transfer2CustomerService();
      after.push('went on');
    });
    expect(await say(origin, 'hi')).toMatchObject({ Content: 'first' });
    expect(after).toEqual(['went on']);
    expect(warned.filter((text) => text.includes('res.reply() again'))).toHaveLength(1);
    const itself = await expressBot({ ...plain, session: false }, (req, res) => {
      res.end('by itself');
      setTimeout(() => (res.reply('after that'), after.push('again')), 20);
    });
    expect(await say(itself, 'hi')).toMatchObject({ text: 'by itself' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(after).toEqual(['went on', 'again']);
  },

  async handler_errors() {
    const errors = [];
    const fails = {
      thrown() {
        throw new Error('thrown');
      },
      async rejected() {
        throw new Error('rejected');
      },
      nothing: () => Promise.reject(),
      passed: (req, res, next) => next(new Error('passed')),
    };
    let runs = 0;
    const app = express().use(
      wechat(plain, (req, res, next) => {
        runs += 1;
        return fails[req.weixin.Content](req, res, next);
      }),
    );
    // Express knows an error handler by its four parameters.
    app.use((error, req, res, _next) => {
      errors.push(error.message);
      res.status(500).end();
    });
    const origin = await serve(app);
    for (const how of Object.keys(fails)) expect((await say(origin, how)).status).toBe(500);
    expect(errors).toEqual(['thrown', 'rejected', expect.stringContaining('undefined'), 'passed']);
    const message = messageOf('thrown');
    await say(origin, '', { message });
    await say(origin, '', { message });
    expect(runs).toBe(6);
    const late = await expressBot(plain, async (req, res) => {
      res.reply('sent');
      throw new Error('after the reply');
    });
    expect(await say(late, 'hi')).toMatchObject({ Content: 'sent' });
  },

  async wecom_platform({ make, serve: start }) {
    const wecom = { token, encodingAESKey, platform: 'wecom', receiveId: 'ww1' };
    const origin = await start({ ...wecom, ...quiet }, () => 'from WeCom');
    const gateway = createGateway(wecom);
    expect(await gateway.handshake(`${origin}/`)).toMatchObject({ ok: true });
    const { reply } = await gateway.push(`${origin}/`, { MsgType: 'text', Content: 'hi' });
    expect(reply).toMatchObject({ MsgType: 'text', Content: 'from WeCom' });
    expect(() => make({ ...wecom, receiveId: 5 }, echo)).toThrow(options({ option: 'receiveId' }));
  },

  async left_out() {
    for (const name of ['toXML', 'reply', 'reply2CustomerService']) expect(wechat[name]).toBeUndefined();
    const receiver = createReceiver({ token });
    const { url, body } = push({ message: messageOf('hi') });
    const outcome = receiver.receive({ method: 'POST', url, body });
    expect(receiver.respond(outcome, 'hello').body).toContain('<Content><![CDATA[hello]]></Content>');
  },

  async opened_xml({ make }) {
    const seen = [];
    const app = new Koa().use((ctx, next) => {
      seen.push(ctx);
      return make(secure, echo)(ctx, next);
    });
    await say(await serve(app.callback()), 'hi', { encrypted: true });
    expect(seen[0].weixin_xml).toContain('<Content><![CDATA[hi]]></Content>');
  },

  async no_generators({ make }) {
    const generator = function* () {
      yield 'hi';
    };
    expect(() => coWechat(plain).middleware(generator)).toThrow(
      options({ option: 'middleware(handler)', message: expect.stringContaining('async (message, ctx)') }),
    );
    expect(() => make(plain, echo)).not.toThrow();
    expect(() =>
      coWechat(plain).middleware(async function* () {
        yield 'hi';
      }),
    ).not.toThrow();
  },

  async padding_checked({ open }) {
    const opens = seal('<xml/>', account);
    for (const text of [opens.replace(/.{20}/, '$&\n'), opens.replace(/=*$/, '.'), `${opens}-_`])
      expect(() => open(text)).toThrow(expect.objectContaining({ reason: 'invalid_base64' }));
    const whole = Buffer.from(seal('<xml/>', account), 'base64');
    const cut = whole.subarray(0, -16).toString('base64');
    for (const encrypt of [
      cut,
      seal('<xml/>', { ...account, encodingAESKey: encodingAESKey.replace('P', 'Q') }),
    ])
      expect(() => open(encrypt)).toThrow(expect.objectContaining({ code: 'ERR_WECHAT_PUSH_ENVELOPE' }));
  },

  async arguments_checked({ open, sign: signed }) {
    expect(() => open('x', 'short')).toThrow(options({ option: 'encodingAESKey' }));
    expect(() => open('x', `${encodingAESKey.slice(1)}+`)).toThrow(options({ option: 'encodingAESKey' }));
    expect(() => signed(undefined, '1', 'x')).toThrow(options({ option: 'timestamp' }));
    expect(() => signed('1', '2', Buffer.from('x'))).toThrow(options({ option: 'encrypt' }));
    expect(signed(1, 2, 'x')).toBe(sign(token, '1', '2', 'x'));
  },

  async secrets_hidden() {
    const cryptor = new WXBizMsgCrypt(token, encodingAESKey, appId);
    expect({ ...cryptor }).toEqual({ id: appId });
  },

  async receiver_is_yours({ open }) {
    expect(open(seal('<xml/>', { encodingAESKey, appId: 'anybody' }))).toMatchObject({ id: 'anybody' });
  },

  async js_api() {
    const given = { ticket: 't', nonceStr: 'n', timestamp: 1 };
    const whole = wecomCrypto.getJsApiSignature({ ...given, url: 'https://a/b#c' });
    expect(whole).toEqual(wecomCrypto.getJsApiSignature({ ...given, url: 'https://a/b' }));
    const { nonceStr } = wecomCrypto.getJsApiSignature({ url: 'u', ticket: 't' });
    expect(nonceStr).toMatch(/^[0-9a-f]{16}$/);
  },
};

/** What two messages of one user set at once. */
async function mergesByName(bot) {
  let both;
  const arrived = new Promise((resolve) => (both = resolve));
  let waiting = 0;
  const setting = await bot(async (req, res) => {
    if (++waiting === 2) both();
    await arrived;
    req.wxsession[req.weixin.Content] = true;
    res.reply('ok');
  });
  await Promise.all(['one', 'two'].map((text) => say(setting, text, { user: 'oBoth' })));
  const kept = [];
  const reading = await bot(
    (req, res) => (kept.push({ ...req.wxsession }), (req.wxsession = null), res.reply('')),
  );
  await say(reading, 'x', { user: 'oBoth' });
  await say(reading, 'y', { user: 'oBoth' });
  expect(kept).toEqual([{ one: true, two: true }, {}]);
}

/** What is no JSON, or too much, fails the push before it is answered. */
async function isLimited(bot) {
  for (const value of ['x'.repeat(70_000), 1n]) {
    const origin = await bot((req, res) => {
      req.wxsession.much = value;
      res.reply('ok');
    });
    expect((await say(origin, 'x', { user: 'oMuch' })).status).toBe(500);
  }
}

const rows = differences.flatMap(({ id, packages: names }) => names.map((name) => [id, name]));

test.each(rows)(
  '%s, of %s',
  async (id, name) => {
    await tests[id](packages[name]);
  },
  15_000,
);

test('every row has its test, and every test its row', () => {
  expect(Object.keys(tests).toSorted()).toEqual(differences.map(({ id }) => id).toSorted());
});

test('every package has its module, and every text both languages', () => {
  const named = new Set(differences.flatMap(({ packages: names }) => names));
  expect(modules.map((one) => one.package).toSorted()).toEqual([...named].toSorted());
  for (const { module } of modules) expect(() => require(module)).not.toThrow();
  for (const { what, why } of differences)
    for (const text of [what.en, what.zh, why.en, why.zh]) expect(text).toMatch(/[.。]$/);
});
