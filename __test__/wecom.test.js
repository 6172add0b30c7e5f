'use strict';

// Applications of WeCom (企业微信) over sockets: what it sends, made with node:crypto alone, at every host.

const { createEndpoint, createReceiver, memoryStore, messagePush, reply, route } = require('..');
const { createGateway } = require('../testing.js');
const { closeServers, hosts, serve } = require('./support/servers.js');
const { account: wechatAccount, post, push: wechatPush } = require('./support/wechat.js');
const { application, CORP, handshakeUrl, pushOf, readReply, SUITE, xmlOf } = require('./support/wecom.js');

afterEach(closeServers);

const common = { ToUserName: CORP, FromUserName: 'zhangsan', CreateTime: 1714036504 };
const text = {
  ...common,
  MsgType: 'text',
  Content: '你好 😀',
  MsgId: '4561255354251345929',
  AgentID: 1000002,
};
const event = (Event, more = {}) => ({ ...common, MsgType: 'event', Event, ...more });
const info = (InfoType, more = {}) => ({ SuiteId: SUITE, InfoType, TimeStamp: 1403610513, ...more });
const ticket = info('suite_ticket', { SuiteTicket: 'ticket-1' });

describe.each(Object.entries(hosts))('%s', (_, host) => {
  test('answers the check of the URL with the plaintext', async () => {
    const origin = await serve(host(messagePush(application, () => {})));
    for (const echo of ['1616140317555161061', '0.123456789', 'ping']) {
      const answer = await fetch(origin + handshakeUrl(echo, { nonce: 'VHh7ymSeb0jc4lSb' }));
      expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
        200,
        'text/plain; charset=utf-8',
        echo,
      ]);
    }
  });

  test('hands over a message and seals the reply for who sent it', async () => {
    const received = [];
    const handler = (message, { receiveId, encrypted, format }) => {
      received.push({ message, receiveId, encrypted, format });
      return `${message.Content}!`;
    };
    const origin = await serve(host(messagePush({ ...application, receiveId: [SUITE, CORP] }, handler)));
    const answer = await post(origin, pushOf(xmlOf(text)));
    expect(received).toEqual([{ message: text, receiveId: CORP, encrypted: true, format: 'xml' }]);
    const { text: sent, receiveId } = readReply(answer.text);
    expect(receiveId).toBe(CORP);
    expect(sent).toMatch(
      /^<xml><ToUserName><!\[CDATA\[zhangsan\]\]><\/ToUserName><FromUserName><!\[CDATA\[ww0123456789abcdef\]\]>/,
    );
    expect(sent).toContain('<Content><![CDATA[你好 😀!]]></Content>');
  });
});

test.each([['json'], ['lower-case json']])('a push in %s is answered in its spelling', async (form) => {
  const origin = await serve(hosts['node:http'](messagePush(application, () => 'hi')));
  const answer = await post(origin, pushOf(JSON.stringify(text), { form }));
  expect(JSON.parse(readReply(answer.text, form).text)).toMatchObject({
    ToUserName: 'zhangsan',
    FromUserName: CORP,
    MsgType: 'text',
    Content: 'hi',
  });
});

test('the instruction callback of a suite is answered with success, and handled once', async () => {
  const handler = jest.fn(() => 'no reply');
  const origin = await serve(
    hosts['node:http'](messagePush({ ...application, receiveId: SUITE, onUndelivered() {} }, handler)),
  );
  const sent = pushOf(xmlOf(ticket), { receiveId: SUITE, to: SUITE, agentId: '' });
  const again = pushOf(xmlOf(ticket), { receiveId: SUITE, to: SUITE, agentId: '' });
  for (const request of [sent, sent, again]) {
    expect(await post(origin, request)).toMatchObject({ status: 200, text: 'success' });
  }
  expect(handler.mock.calls.map(([message]) => message)).toEqual([ticket]);
  const next = xmlOf({ ...ticket, SuiteTicket: 'ticket-2' });
  await post(origin, pushOf(next, { receiveId: SUITE, to: SUITE, agentId: '' }));
  expect(handler).toHaveBeenCalledTimes(2);
});

test('events without MsgId and FromUserName are told apart by their plaintext', async () => {
  const handler = jest.fn();
  const origin = await serve(hosts['node:http'](messagePush(application, handler)));
  const waiting = (Token) => {
    const { FromUserName: _, ...fields } = event('kf_msg_or_event', { Token, OpenKfId: 'wk1' });
    return pushOf(xmlOf(fields));
  };
  for (const token of ['one', 'one', 'two']) await post(origin, waiting(token));
  expect(handler.mock.calls.map(([{ Token }]) => Token)).toEqual(['one', 'two']);
});

test('applications of one company share a store and see nothing of each other', async () => {
  const store = memoryStore();
  const handled = [];
  const other = { ...application, token: 'wecomToken2' };
  const endpoints = [application, other].map((of) =>
    createEndpoint({ ...of, store }, () => handled.push(of.token) && undefined),
  );
  const same = xmlOf(event('change_contact', { ChangeType: 'delete_user', UserID: 'lisi' }));
  await endpoints[0].handle(pushOf(same));
  await endpoints[1].handle(pushOf(same, { of: other }));
  await endpoints[0].handle(pushOf(same));
  expect(handled).toEqual(['wecomToken1', 'wecomToken2']);
});

describe('what changed is the second level of a route', () => {
  const createUser = event('change_contact', { ChangeType: 'create_user', UserID: 'lisi' });
  const deleteUser = event('change_contact', { ChangeType: 'delete_user', UserID: 'lisi' });
  const key = (keys, message) => {
    const handlers = Object.fromEntries(keys.map((one) => [one, () => one]));
    return route(handlers)(message, {});
  };

  test.each([
    [createUser, 'event.change_contact.create_user'],
    [deleteUser, 'event.change_contact'],
    [event('change_external_contact', { ChangeType: 'create_user' }), 'event'],
    [info('change_contact', { ChangeType: 'create_user' }), 'info.change_contact.create_user'],
    [info('change_contact', { ChangeType: 'delete_user' }), 'info'],
    [event('change_contact', { ChangeType: { odd: true } }), 'event.change_contact'],
    [event('change_contact', { ChangeType: '' }), 'event.change_contact'],
    [text, 'default'],
  ])('%j', (message, expected) => {
    const keys = [
      'event.change_contact.create_user',
      'event.change_contact',
      'event',
      'info.change_contact.create_user',
      'info',
      'default',
    ];
    expect(key(keys, message)).toBe(expected);
  });
});

test('a click on a card is answered with its update', async () => {
  const card = {
    CardType: 'text_notice',
    MainTitle: { Title: '已处理' },
    HorizontalContentList: [
      { KeyName: '处理人', Value: '张三' },
      { KeyName: '时间', Value: '今天' },
    ],
  };
  const handler = route({ 'event.template_card_event': () => reply.updateTemplateCard(card) });
  const origin = await serve(hosts['node:http'](messagePush(application, handler)));
  const clicked = event('template_card_event', {
    EventKey: 'done',
    TaskId: '1',
    CardType: 'button_interaction',
    ResponseCode: 'r',
    AgentID: 1000002,
  });
  const { text: sent } = readReply((await post(origin, pushOf(xmlOf(clicked)))).text);
  expect(sent).toContain(
    '<HorizontalContentList><KeyName><![CDATA[处理人]]></KeyName><Value><![CDATA[张三]]></Value></HorizontalContentList>' +
      '<HorizontalContentList><KeyName><![CDATA[时间]]></KeyName>',
  );
});

describe('what is for another platform, or for nobody here, is refused', () => {
  /** The reason, and the hint that stands first. */
  async function refusal(options, request) {
    const onReject = jest.fn();
    const origin = await serve(hosts['node:http'](messagePush({ ...options, onReject }, () => {})));
    const { method = 'GET', url, body } = request;
    const answer = await fetch(origin + url, { method, body });
    expect([answer.status, await answer.json()]).toEqual([400, { status: 400, data: 'check msg error' }]);
    const [{ reason, hints }] = onReject.mock.calls[0];
    return [reason, hints()[0], hints('zh')[0]];
  }
  const comesFromWeChat = [
    expect.stringContaining('This comes from WeChat'),
    expect.stringContaining('来自微信'),
  ];
  const comesFromWeCom = [
    expect.stringContaining('This comes from WeCom'),
    expect.stringContaining('企业微信'),
  ];
  const sealed = (message, by) => ({
    method: 'POST',
    ...wechatPush({ message, account: by, encrypted: true }),
  });

  test('the handshake of WeChat', async () => {
    const { url } = createGateway(wechatAccount).handshakeRequest();
    expect(await refusal(application, { url })).toEqual(['missing_parameter', ...comesFromWeChat]);
  });

  test('a push of WeChat, also with the same Token and key', async () => {
    const by = { ...application, appId: 'wx0123456789abcdef' };
    expect(await refusal(application, sealed(undefined, by))).toEqual([
      'receiveid_mismatch',
      ...comesFromWeChat,
    ]);
    expect(await refusal(application, { method: 'POST', ...wechatPush() })).toEqual([
      'plaintext_refused',
      ...comesFromWeChat,
    ]);
  });

  test('a push of WeCom at an account of WeChat', async () => {
    const { platform: _, receiveId: __, ...shared } = application;
    const account = { ...shared, appId: 'wx0123456789abcdef' };
    expect(await refusal(account, pushOf(xmlOf(text)))).toEqual(['appid_mismatch', ...comesFromWeCom]);
    expect(await refusal({ token: application.token }, pushOf(xmlOf(text)))).toEqual([
      'missing_parameter',
      ...comesFromWeCom,
    ]);
    expect(await refusal(account, { url: handshakeUrl('1') })).toEqual([
      'missing_parameter',
      ...comesFromWeCom,
    ]);
  });

  test('another company, and nobody', async () => {
    const got = (receiveId) => refusal(application, pushOf(xmlOf(text), { receiveId }));
    expect(await got('ww_other')).toEqual([
      'receiveid_mismatch',
      expect.stringContaining('with the CorpID “ww_other”, and `receiveId` is "ww0123456789abcdef"'),
      expect.stringContaining('CorpID 为“ww_other”的企业'),
    ]);
    expect(await got('')).toEqual([
      'receiveid_mismatch',
      expect.stringContaining("receiveId: ''"),
      expect.any(String),
    ]);
  });

  test.each([
    [
      'an echostr that somebody changed',
      { url: handshakeUrl('1').replace('echostr=', 'echostr=A') },
      'msg_signature_mismatch',
    ],
    [
      'a check without an echostr',
      { url: handshakeUrl('1').replace('echostr', 'x') },
      'msg_signature_mismatch',
    ],
    ['a push in the place of an echostr', { url: handshakeUrl(xmlOf(text)) }, 'replayed'],
    ['two echostr', { url: `${handshakeUrl('1')}&echostr=1` }, 'repeated_parameter'],
    [
      'no msg_signature',
      { ...pushOf(xmlOf(text)), url: '/?timestamp=1714036504&nonce=1' },
      'stale_timestamp',
    ],
    [
      'a signature of another Token',
      pushOf(xmlOf(text), { of: { ...application, token: 'another' } }),
      'msg_signature_mismatch',
    ],
    [
      'a key of another',
      pushOf(xmlOf(text), { of: { ...application, encodingAESKey: 'z'.repeat(43) } }),
      'decryption_failed',
    ],
    ['an empty body', { ...pushOf(xmlOf(text)), body: '' }, 'empty_body'],
    ['a DOCTYPE inside', pushOf(`<!DOCTYPE xml>${xmlOf(text)}`), 'doctype_refused'],
    ['an old push', pushOf(xmlOf(text), { timestamp: '1714036504' }), 'stale_timestamp'],
  ])('%s', async (_, request, reason) => {
    expect((await refusal(application, request))[0]).toBe(reason);
  });
});

describe('options', () => {
  const thrownBy = (options) => {
    try {
      createReceiver(options);
    } catch (error) {
      return error;
    }
    throw new Error('nothing was thrown');
  };

  test.each([
    ['an AppID', { appId: 'wx0123456789abcdef' }, 'appId', 'of WeCom give receiveId'],
    ['a mode', { mode: 'compat' }, 'mode', 'every push to this platform is encrypted'],
    ['no key', { encodingAESKey: undefined }, 'encodingAESKey', 'every push to this platform is encrypted'],
    ['no receiver in an array', { receiveId: [] }, 'receiveId', "'' included"],
    ['a receiver that is no string', { receiveId: 7 }, 'receiveId', "'' included"],
    ['an array with one that is none', { receiveId: [CORP, undefined] }, 'receiveId', "'' included"],
    ['another platform', { platform: undefined }, 'receiveId', "platform: 'wecom'"],
  ])('%s', (_, change, option, said) => {
    const error = thrownBy({ ...application, ...change });
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ code: 'ERR_WECHAT_PUSH_OPTIONS', option });
    expect(error.message).toContain(said);
    expect(error.message).not.toContain(application.token);
  });

  test('without receiveId anybody is taken, which is warned of once, by name', () => {
    const { receiveId: _, ...options } = application;
    const emitWarning = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const receiver = createReceiver(options);
    createReceiver(options);
    expect(emitWarning.mock.calls).toEqual([
      [expect.stringContaining('receiveId is not given'), { code: 'WECHAT_PUSH_OPTIONS' }],
    ]);
    emitWarning.mockRestore();
    for (const receiveId of [CORP, SUITE, '']) {
      expect(receiver.receive(pushOf(xmlOf(text), { receiveId }))).toMatchObject({
        type: 'message',
        receiveId,
      });
    }
  });

  test('an account of WeChat has no receiveId', () => {
    const receiver = createReceiver(wechatAccount);
    const outcome = receiver.receive({ method: 'POST', ...wechatPush({ encrypted: true }) });
    expect(outcome).toMatchObject({ type: 'message' });
    expect(outcome.receiveId).toBeUndefined();
  });
});

test('the gateway speaks WeCom to it', async () => {
  const origin = await serve(hosts['node:http'](messagePush(application, ({ Content }) => Content)));
  for (const format of ['xml', 'json']) {
    const gateway = createGateway({ ...application, format });
    expect(await gateway.handshake(origin)).toMatchObject({ ok: true, error: null });
    const sent = { MsgType: 'text', Content: `hi ${format}` };
    expect(await gateway.push(origin, sent)).toMatchObject({
      delivered: true,
      reply: { Content: `hi ${format}` },
    });
  }
});
