'use strict';

// What the pages of the package `wechat` promise, kept by wechat-push/compat/wechat on each host.

const connect = require('connect');
const express5 = require('express');
const express4 = require('express4');
const wechat = require('wechat-push/compat/wechat');
const WXBizMsgCrypt = require('wechat-push/compat/wechat-crypto');
const { article, messageOf, say, secureConfig, song, songFields } = require('../support/old-bots.js');
const { closeServers, serve, signedQuery } = require('../support/servers.js');
const { account, post, push } = require('../support/wechat.js');

const { token } = account;
const hosts = { 'Express 4': express4, 'Express 5': express5, Connect: connect };

afterEach(async () => {
  await closeServers();
  wechat.List.clear();
});

/** Timestamps as WeChat has them now. */
const now = () => String(Math.floor(Date.now() / 1000));

/** A message of each type, as the README lists them. */
const samples = {
  text: { Content: 'http' },
  image: { PicUrl: 'http://mmsns.qpic.cn/mmsns/1/0', MediaId: 'media_id' },
  voice: { MediaId: 'media_id', Format: 'amr' },
  video: { MediaId: 'media_id', ThumbMediaId: 'thumb_id' },
  shortvideo: { MediaId: 'media_id', ThumbMediaId: 'thumb_id' },
  location: { Location_X: '30.283950', Location_Y: '120.063139', Scale: '15', Label: '杭州' },
  link: { Title: '公众平台官网链接', Description: '公众平台官网链接', Url: 'http://1024.com/' },
  event: { Event: 'LOCATION', Latitude: '23.137466', Longitude: '113.352425', Precision: '119.385040' },
  hardware: {},
  device_text: { DeviceType: 'gh_d3e07d51b513', DeviceID: 'dev1234abcd', Content: 'aGk=', SessionID: '9394' },
  device_event: { Event: 'bind', DeviceType: 'gh_1', DeviceID: 'dev1', Content: 'aGk=', SessionID: '9' },
};

/** What is given to `res.reply`, and what the user gets. */
const replies = [
  ['a text', 'Hello world!', { MsgType: 'text', Content: 'Hello world!' }],
  [
    'a text with its type',
    { type: 'text', content: 'text object' },
    { MsgType: 'text', Content: 'text object' },
  ],
  ['a number', 5, { MsgType: 'text', Content: '5' }],
  ['the text success', 'success', { MsgType: 'text', Content: 'success' }],
  ['an image', { type: 'image', content: { mediaId: 'm1' } }, { MsgType: 'image', MediaId: 'm1' }],
  ['a voice', { type: 'voice', content: { mediaId: 'm2' } }, { MsgType: 'voice', MediaId: 'm2' }],
  [
    'a video',
    { type: 'video', content: { title: '来段视频吧', description: '女神与高富帅', mediaId: 'm3' } },
    { MsgType: 'video', MediaId: 'm3', Title: '来段视频吧', Description: '女神与高富帅' },
  ],
  ['music with its type', { type: 'music', content: song }, songFields],
  ['music without a type', song, songFields],
  [
    'music with the other names',
    { url: 'http://a/1', hqUrl: 'http://a/2', mediaId: 't' },
    { MsgType: 'music', MusicUrl: 'http://a/1', HQMusicUrl: 'http://a/2', ThumbMediaId: 't' },
  ],
  [
    'articles',
    [article],
    {
      MsgType: 'news',
      ArticleCount: '1',
      Title: '你来我家接我吧',
      Description: '这是女神与高富帅之间的对话',
      PicUrl: 'http://nodeapi.cloudfoundry.com/qrcode.jpg',
      Url: 'http://nodeapi.cloudfoundry.com/',
    },
  ],
  [
    'articles with their type',
    { type: 'news', content: [article, article] },
    { MsgType: 'news', ArticleCount: '2' },
  ],
  ['an article whose picture is picUrl', [{ title: 't', picUrl: 'http://a/p' }], { PicUrl: 'http://a/p' }],
  ['an article whose picture is pic', [{ title: 't', pic: 'http://a/q' }], { PicUrl: 'http://a/q' }],
  [
    'a hardware message',
    { type: 'hardware', HardWare: { MessageView: 'myrank', MessageAction: 'ranklist' } },
    { MsgType: 'hardware', MessageView: 'myrank', MessageAction: 'ranklist' },
  ],
];

describe.each(Object.entries(hosts))('on %s', (name, host) => {
  /** Serves a middleware at /wechat; `before` stands in front of it. */
  const bot = (middleware, ...before) => {
    const app = host();
    for (const one of before) app.use(one);
    return serve(app.use('/wechat', middleware));
  };
  const to = (origin) => (given, options) => say(origin, given, { url: '/wechat', ...options });

  describe('the handshake', () => {
    test('of a Token alone echoes the echostr', async () => {
      const origin = await bot(wechat(token, (req, res) => res.reply('')));
      const response = await fetch(`${origin}/wechat?${signedQuery(token, { echostr: '8712034' }, now())}`);
      expect([response.status, await response.text()]).toEqual([200, '8712034']);
    });

    test('of a config object, also one with a key, echoes it, too', async () => {
      const origin = await bot(wechat(secureConfig, (req, res) => res.reply('')));
      const response = await fetch(`${origin}/wechat?${signedQuery(token, { echostr: 'hi' }, now())}`);
      expect([response.status, await response.text()]).toEqual([200, 'hi']);
    });

    test('that another Token has signed is refused', async () => {
      const origin = await bot(wechat({ token, onReject() {} }, (req, res) => res.reply('')));
      const response = await fetch(`${origin}/wechat?${signedQuery('other', { echostr: 'hi' }, now())}`);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.text()).not.toContain('hi');
    });
  });

  describe('a message', () => {
    test('is in req.weixin, with every value a text', async () => {
      const seen = [];
      const ask = to(await bot(wechat(token, (req, res) => (seen.push(req.weixin), res.reply('ok')))));
      const { sent } = await ask('http');
      expect(seen).toEqual([{ ...sent, CreateTime: String(sent.CreateTime) }]);
    });

    test('is in req.weixin_xml as it came', async () => {
      const seen = [];
      const ask = to(await bot(wechat(token, (req, res) => (seen.push(req.weixin_xml), res.reply('ok')))));
      await ask('raw');
      expect(seen[0]).toMatch(/^<xml>.*<Content><!\[CDATA\[raw\]\]><\/Content>.*<\/xml>$/);
    });

    test('has no blanks around its texts', async () => {
      const ask = to(await bot(wechat(token, (req, res) => res.reply(`[${req.weixin.Content}]`))));
      expect(await ask(' 菜 单\n')).toMatchObject({ Content: '[菜 单]' });
    });

    test('in secure mode is opened, and its reply sealed', async () => {
      const ask = to(await bot(wechat(secureConfig, (req, res) => res.reply(`got ${req.weixin.Content}`))));
      expect(await ask('你好', { encrypted: true })).toMatchObject({ isSealed: true, Content: 'got 你好' });
    });

    test('that a body parser has read as text is received, too', async () => {
      const ask = to(
        await bot(
          wechat(token, (req, res) => res.reply(req.weixin.Content)),
          async (req, res, next) => {
            req.rawBody = Buffer.concat(await req.toArray()).toString();
            next();
          },
        ),
      );
      expect(await ask('read')).toMatchObject({ Content: 'read' });
    });

    test.each(Object.entries(samples))('of type %s gets to its handler of a chain', async (type, fields) => {
      const seen = [];
      const chain = wechat[type]((message, req, res) => {
        seen.push([message.MsgType, message === req.weixin]);
        res.reply('');
      });
      const ask = to(await bot(wechat(token, chain)));
      expect(await ask({ MsgType: type, ...fields })).toMatchObject({ status: 200, MsgType: undefined });
      expect(seen).toEqual([[type, true]]);
    });

    test('of a type without a handler goes to the next middleware', async () => {
      const middleware = wechat(token)
        .text((message, req, res) => res.reply('text'))
        .middlewarify();
      const app = host().use('/wechat', middleware);
      const ask = to(await serve(app.use('/wechat', (req, res) => res.end(`next: ${req.weixin.MsgType}`))));
      expect(await ask('t')).toMatchObject({ Content: 'text' });
      expect(await ask({ MsgType: 'image', ...samples.image })).toMatchObject({ text: 'next: image' });
    });

    test('that one wechat has left is taken up by the next one', async () => {
      const one = wechat(
        token,
        wechat.text((message, req, res) => res.reply('one')),
      );
      const two = wechat(
        token,
        wechat.image((message, req, res) => res.reply('two')),
      );
      const ask = to(await serve(host().use('/wechat', one).use('/wechat', two)));
      expect(await ask({ MsgType: 'image', ...samples.image })).toMatchObject({ Content: 'two' });
    });
  });

  describe('the chained form', () => {
    test('wechat(config).text(…).event(…).middlewarify() is a middleware', async () => {
      const middleware = wechat(token)
        .text((message, req, res) => res.reply(`text ${message.Content}`))
        .event((message, req, res) => res.reply(`event ${message.Event}`))
        .middlewarify();
      const ask = to(await bot(middleware));
      expect(await ask('a')).toMatchObject({ Content: 'text a' });
      expect(await ask({ MsgType: 'event', Event: 'CLICK', EventKey: 'k' })).toMatchObject({
        Content: 'event CLICK',
      });
    });

    test('Event.dispatch hands events to handlers by name, others to next', async () => {
      const events = new wechat.Event();
      events.add('pic_weixin', (message, req, res) => res.reply('pictures'));
      const chain = wechat(token).event(wechat.Event.dispatch(events)).middlewarify();
      const ask = to(
        await serve(
          host()
            .use('/wechat', chain)
            .use((req, res) => res.end('left')),
        ),
      );
      const pictures = { Count: 1, PicList: { item: { PicMd5Sum: '1b5f7c23b5bf75682a53e7b6d163e185' } } };
      expect(
        await ask({ MsgType: 'event', Event: 'pic_weixin', EventKey: 'k', SendPicsInfo: pictures }),
      ).toMatchObject({ Content: 'pictures' });
      expect(await ask({ MsgType: 'event', Event: 'SCAN', EventKey: '1', Ticket: 't' })).toMatchObject({
        text: 'left',
      });
    });
  });

  describe('res.reply', () => {
    test.each(replies)('of %s', async (what, content, fields) => {
      const ask = to(await bot(wechat(token, (req, res) => res.reply(content))));
      const answer = await ask('hi');
      const { FromUserName, ToUserName } = answer.sent;
      expect(answer).toMatchObject({ status: 200, ToUserName: FromUserName, FromUserName: ToUserName });
      for (const [field, value] of Object.entries(fields))
        expect([field, answer[field]]).toEqual([field, value]);
    });

    test("of '' is an answer without a reply", async () => {
      const ask = to(await bot(wechat(token, (req, res) => res.reply(''))));
      expect(await ask('hi')).toMatchObject({ status: 200, MsgType: undefined });
    });

    test.each([
      ['ends the response', (res) => res.end()],
      ['ends it with a text', (res) => res.writeHead(500, { 'content-length': 5 }).end('other')],
      ['calls next', (res, next) => next()],
      ['has headers of its own sent', (res) => (res.setHeader('content-length', 1), res.flushHeaders())],
    ])('is what the user gets where the handler then %s', async (what, then) => {
      for (const session of [true, false]) {
        const middleware = wechat({ token, session }, (req, res, next) => {
          res.setHeader('x-own', 'kept');
          res.reply('first');
          then(res, next);
        });
        const ask = to(await bot(middleware));
        expect(await ask('hi')).toMatchObject({ status: 200, Content: 'first' });
      }
    });

    test('may come later', async () => {
      const ask = to(await bot(wechat(token, (req, res) => setTimeout(() => res.reply('late'), 50))));
      expect(await ask('hi')).toMatchObject({ Content: 'late' });
    });

    test('to a device_text has the text in base64, with the device', async () => {
      const ask = to(await bot(wechat(token, (req, res) => res.reply('这条回复会推到设备里去.'))));
      expect(await ask({ MsgType: 'device_text', ...samples.device_text })).toMatchObject({
        MsgType: 'device_text',
        DeviceID: 'dev1234abcd',
        DeviceType: 'gh_d3e07d51b513',
        SessionID: '9394',
        Content: Buffer.from('这条回复会推到设备里去.').toString('base64'),
      });
    });

    test('to a device_event has its event, too', async () => {
      const ask = to(await bot(wechat(token, (req, res) => res.reply(Buffer.from('hi')))));
      expect(await ask({ MsgType: 'device_event', ...samples.device_event })).toMatchObject({
        MsgType: 'device_event',
        Event: 'bind',
        Content: 'aGk=',
      });
    });

    test.each([
      ['subscribe_status', 1, '1'],
      ['unsubscribe_status', 1, '1'],
      ['subscribe_status', 'no number', '0'],
    ])('to a device_event %s of %j is the status of the device', async (Event, content, status) => {
      const ask = to(await bot(wechat(token, (req, res) => res.reply(content))));
      const event = { MsgType: 'device_event', DeviceType: 'gh_1', DeviceID: 'd', OpType: 2, OpenID: 'o' };
      expect(await ask({ ...event, Event })).toMatchObject({
        MsgType: 'device_status',
        DeviceStatus: status,
      });
    });
  });

  describe('res.transfer2CustomerService', () => {
    test('hands the user over to whoever is free', async () => {
      const ask = to(await bot(wechat(token, (req, res) => res.transfer2CustomerService())));
      expect(await ask('help')).toMatchObject({ MsgType: 'transfer_customer_service', KfAccount: undefined });
    });

    test('or to the account named', async () => {
      const ask = to(await bot(wechat(token, (req, res) => res.transfer2CustomerService('test1@test'))));
      expect(await ask('help')).toMatchObject({
        MsgType: 'transfer_customer_service',
        KfAccount: 'test1@test',
      });
    });
  });

  describe('req.wxsession', () => {
    const calculator = wechat.text((info, req, res) => {
      if (info.Content === '=') {
        const exp = (req.wxsession.text || []).join('');
        req.wxsession.text = '';
        res.reply(exp || 'nothing');
      } else {
        req.wxsession.text = req.wxsession.text || [];
        req.wxsession.text.push(info.Content);
        res.reply(`收到${info.Content}`);
      }
    });

    test('keeps what a user has said from message to message', async () => {
      const ask = to(await bot(wechat(token, calculator)));
      for (const part of ['1', '+', '2']) expect(await ask(part)).toMatchObject({ Content: `收到${part}` });
      expect(await ask('=')).toMatchObject({ Content: '1+2' });
      expect(await ask('=')).toMatchObject({ Content: 'nothing' });
    });

    test('is each user’s own', async () => {
      const ask = to(await bot(wechat(token, calculator)));
      await ask('1', { user: 'oOne' });
      await ask('2', { user: 'oTwo' });
      expect(await ask('=', { user: 'oOne' })).toMatchObject({ Content: '1' });
      expect(await ask('=', { user: 'oTwo' })).toMatchObject({ Content: '2' });
    });

    test('is over after destroy()', async () => {
      const ask = to(
        await bot(
          wechat(token, (req, res) => {
            if (req.weixin.Content !== 'bye') {
              req.wxsession.count = (req.wxsession.count ?? 0) + 1;
              return res.reply(String(req.wxsession.count));
            }
            return req.wxsession.destroy(() => res.reply('bye'));
          }),
        ),
      );
      expect((await ask('a')).Content).toBe('1');
      expect((await ask('b')).Content).toBe('2');
      expect((await ask('bye')).Content).toBe('bye');
      expect((await ask('c')).Content).toBe('1');
    });
  });

  describe('a list', () => {
    const byMessage = (info, req, res) => res.reply(`我今年18岁，${info.FromUserName}`);
    const items = [
      ['回复{a}查看我的性别', (info, req, res) => res.reply('我是个妹纸哟')],
      ['回复{b}查看我的年龄', byMessage],
      ['回复{c}查看我的性取向', '这样的事情怎么好意思告诉你啦- -'],
    ];
    const handler = wechat.text((info, req, res) => {
      if (info.Content === 'list') res.wait('view');
      else if (info.Content === 'stop') res.nowait('stopped');
      else res.reply('hehe');
    });
    let ask;
    beforeEach(async () => {
      wechat.List.add('view', items);
      ask = to(await bot(wechat(token, handler)));
    });

    test('is what res.wait replies with, its keys without braces', async () => {
      expect((await ask('list')).Content).toBe('回复a查看我的性别\n回复b查看我的年龄\n回复c查看我的性取向');
    });

    test('answers by a function or a text, as long as the user does', async () => {
      await ask('list');
      expect((await ask('a')).Content).toBe('我是个妹纸哟');
      expect((await ask('b')).Content).toBe('我今年18岁，oUser_1-2');
      expect((await ask('c')).Content).toBe('这样的事情怎么好意思告诉你啦- -');
      expect((await ask('a')).Content).toBe('我是个妹纸哟');
    });

    test('leaves what is none of its keys to the handler', async () => {
      await ask('list');
      expect((await ask('d')).Content).toBe('hehe');
      expect((await ask('a')).Content).toBe('我是个妹纸哟');
    });

    test('ends with res.nowait, which replies', async () => {
      await ask('list');
      expect((await ask('stop')).Content).toBe('stopped');
      expect((await ask('a')).Content).toBe('hehe');
    });

    test('asks only the user who was asked', async () => {
      await ask('list');
      expect((await ask('a', { user: 'oOther' })).Content).toBe('hehe');
    });

    test('gives its functions (req, res) where the bot has one handler for all', async () => {
      wechat.List.add('simple', [['{x}', (req, res) => res.reply(`x of ${req.weixin.FromUserName}`)]]);
      const simple = (req, res) => (req.weixin.Content === 'list' ? res.wait('simple') : res.reply('else'));
      const askSimple = to(await bot(wechat(token, simple)));
      await askSimple('list');
      expect((await askSimple('x')).Content).toBe('x of oUser_1-2');
    });

    test('may have a head, a delimiter and a foot', async () => {
      wechat.List.add(
        'framed',
        [
          ['{1} one', 'I'],
          ['{2} two', 'II'],
        ],
        '请选择',
        '---',
        '谢谢',
      );
      const framed = to(await bot(wechat(token, (req, res) => res.wait('framed'))));
      expect((await framed('x')).Content).toBe('请选择\n1 one\n---\n2 two\n谢谢');
    });
  });

  describe('an account that a middleware before has named', () => {
    const other = {
      token: 'othertoken',
      encodingAESKey: account.encodingAESKey.replace('P', 'Q'),
      appId: 'wx2',
    };

    test('by req.wechat_token is the one that is checked', async () => {
      const origin = await bot(
        wechat({ token, onReject() {} }, (req, res) => res.reply('ok')),
        (req, res, next) => {
          if (req.url.includes('other')) req.wechat_token = other.token;
          next();
        },
      );
      const ask = to(origin);
      expect(await ask('a', { url: '/wechat/other', by: other })).toMatchObject({
        status: 200,
        Content: 'ok',
      });
      expect((await ask('a', { url: '/wechat/other' })).status).toBe(400);
      expect(await ask('a')).toMatchObject({ Content: 'ok' });
    });

    test('by req.cryptor opens its messages, and seals their replies', async () => {
      const cryptor = new WXBizMsgCrypt(other.token, other.encodingAESKey, other.appId);
      const origin = await bot(
        wechat({ ...secureConfig, onReject() {} }, (req, res) => res.reply('ok')),
        (req, res, next) => {
          if (req.url.includes('other')) req.cryptor = cryptor;
          next();
        },
      );
      const ask = to(origin);
      const answer = await ask('a', { url: '/wechat/other', by: other, encrypted: true });
      expect(answer).toMatchObject({ isSealed: true, Content: 'ok' });
      expect(await ask('a', { encrypted: true })).toMatchObject({ isSealed: true, Content: 'ok' });
    });
  });
});

describe('on node:http', () => {
  test('without a framework a message is answered, and one without a handler gets 404', async () => {
    const middleware = wechat(
      token,
      wechat.text((message, req, res) => res.reply('ok')),
    );
    const origin = await serve((req, res) => middleware(req, res));
    expect(await say(origin, 'a')).toMatchObject({ Content: 'ok' });
    expect(
      (await post(origin, push({ message: messageOf({ MsgType: 'image', ...samples.image }) }))).status,
    ).toBe(404);
  });
});
