'use strict';

// The example of a third-party platform, as its own process: a replay of the full-network release test (全网发布检测)
// over sockets, with WeChat's API played by the test.

const { spawn } = require('node:child_process');
const { once } = require('node:events');
const http = require('node:http');
const path = require('node:path');
const { until } = require('./support/redis.js');
const { closeServers, serve, signedQuery } = require('./support/servers.js');
const { account: component, openReply, post, push, textMessage } = require('./support/wechat.js');

const OFFICIAL = { appId: 'wx570bc396a51b8ff8', name: 'gh_3c884a361561' };
const MINI_PROGRAM = { appId: 'wxd101a85aa106f53e', name: 'gh_8dad206e9538' };
const USER = 'oTester';

let example;
let api;

beforeEach(async () => {
  api = await fakeApi();
  example = await start();
});

afterEach(async () => {
  example.child.kill();
  await once(example.child, 'exit');
  await closeServers();
});

test('both URLs pass the check', async () => {
  for (const url of ['/wechat/events', `/wechat/${OFFICIAL.appId}/messages`]) {
    const response = await fetch(
      `${example.origin}${url}?${signedQuery(component.token, { echostr: '4375120948345356249' })}`,
    );
    expect([response.status, await response.text()]).toEqual([200, '4375120948345356249']);
  }
});

test('tickets and authorisations are answered with success', async () => {
  expect(await ticket('ticket@@@1')).toMatchObject({ status: 200, text: 'success' });
  for (const InfoType of ['authorized', 'updateauthorized', 'unauthorized']) {
    expect(await info({ InfoType, AuthorizerAppid: OFFICIAL.appId })).toMatchObject({
      status: 200,
      text: 'success',
    });
  }
  expect(example.said()).toContain(`authorised by ${OFFICIAL.appId}`);
});

describe.each([
  ['the official account', OFFICIAL],
  ['the mini program', MINI_PROGRAM],
])('%s of the test', (_, tested) => {
  // In either spelling that events have.
  test.each(['LOCATION', 'subscribe', 'CLICK', 'VIEW', 'brand_new_event'])(
    'the event %s is answered with its name and from_callback',
    async (Event) => {
      const reply = await sealedReply(tested, { MsgType: 'event', Event, EventKey: 'K' });
      expect(reply).toContain(`<Content><![CDATA[${Event}from_callback]]></Content>`);
      expect(reply).toContain('<MsgType><![CDATA[text]]></MsgType>');
      expect(reply).toContain(`<ToUserName><![CDATA[${USER}]]></ToUserName>`);
      expect(reply).toContain(`<FromUserName><![CDATA[${tested.name}]]></FromUserName>`);
    },
  );

  test('the text of the test is answered with _callback', async () => {
    const message = { MsgType: 'text', Content: 'TESTCOMPONENT_MSG_TYPE_TEXT', MsgId: '1' };
    expect(await sealedReply(tested, message)).toContain(
      '<Content><![CDATA[TESTCOMPONENT_MSG_TYPE_TEXT_callback]]></Content>',
    );
  });

  test('an authorisation code: nothing at once, then a customer-service message with it', async () => {
    await ticket('ticket@@@2');
    api.hold();
    const Content = 'QUERY_AUTH_CODE:queryauthcode@@@0123456789abcdef';
    const asked = messageTo(tested, { MsgType: 'text', Content, MsgId: '2' });
    expect(await post(example.origin, asked)).toMatchObject({ status: 200, text: 'success' });
    expect(api.sent).toEqual([]);
    api.release();
    await until(() => api.sent.length > 0, 4000);
    expect(api.calls).toEqual([
      '/cgi-bin/component/api_component_token',
      '/cgi-bin/component/api_query_auth',
      '/cgi-bin/message/custom/send',
    ]);
    expect(api.sent).toEqual([
      { touser: USER, msgtype: 'text', text: { content: 'queryauthcode@@@0123456789abcdef_from_api' } },
    ]);
    // WeChat's retry of the same push sends it no second time.
    await post(example.origin, asked);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(api.sent).toHaveLength(1);
  });
});

test('an older ticket that comes late is not the one that is used', async () => {
  await ticket('ticket@@@new');
  await ticket('ticket@@@old', 600);
  await post(
    example.origin,
    messageTo(OFFICIAL, { MsgType: 'text', Content: 'QUERY_AUTH_CODE:c', MsgId: '3' }),
  );
  await until(() => api.sent.length > 0, 4000);
  expect(api.tickets).toEqual(['ticket@@@new']);
});

test("an authorizer's own messages go to the app, which knows the account by the URL", async () => {
  const own = { appId: 'wxfedcba9876543210', name: 'gh_own' };
  const message = { MsgType: 'text', Content: 'TESTCOMPONENT_MSG_TYPE_TEXT', MsgId: '4' };
  expect(await sealedReply(own, message)).toContain(
    'wxfedcba9876543210 heard: TESTCOMPONENT_MSG_TYPE_TEXT]]>',
  );
});

test('what was sealed for the authorizer, or in plaintext, is refused', async () => {
  const other = push({
    account: { ...component, appId: OFFICIAL.appId },
    encrypted: true,
    url: `/wechat/${OFFICIAL.appId}/messages`,
  });
  expect(await post(example.origin, other)).toMatchObject({ status: 400 });
  const open = push({ account: component, url: `/wechat/${OFFICIAL.appId}/messages` });
  expect(await post(example.origin, open)).toMatchObject({ status: 400 });
});

/** The example, listening. */
async function start() {
  const child = spawn(process.execPath, [path.join(__dirname, '../examples/third-party/server.js')], {
    env: {
      ...process.env,
      PORT: '0',
      WECHAT_API: api.origin,
      WECHAT_PUSH_TOKEN: component.token,
      WECHAT_PUSH_APP_ID: component.appId,
      WECHAT_PUSH_ENCODING_AES_KEY: component.encodingAESKey,
      WECHAT_COMPONENT_SECRET: 'the-secret',
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  await until(() => /listening on (\S+)\/wechat/.test(said), 10_000);
  return { child, origin: said.match(/listening on (\S+)\/wechat/)[1], said: () => said };
}

/** WeChat's API, as far as it takes part. It answers nothing while it is held. */
async function fakeApi() {
  const played = { calls: [], sent: [], tickets: [] };
  let held = Promise.resolve();
  const answers = {
    '/cgi-bin/component/api_component_token': (_, body) => {
      if (body.component_appsecret !== 'the-secret' || body.component_appid !== component.appId)
        return { errcode: 40125, errmsg: 'invalid appsecret' };
      if (!body.component_verify_ticket) return { errcode: 61006, errmsg: 'component ticket is expired' };
      played.tickets.push(body.component_verify_ticket);
      return { component_access_token: 'COMPONENT', expires_in: 7200 };
    },
    '/cgi-bin/component/api_query_auth': (query, body) => {
      if (query.get('component_access_token') !== 'COMPONENT') return { errcode: 40001, errmsg: 'no' };
      return { authorization_info: { authorizer_access_token: `TOKEN-${body.authorization_code}` } };
    },
    '/cgi-bin/message/custom/send': (query, body) => {
      const code = body.text.content.replace('_from_api', '');
      if (query.get('access_token') !== `TOKEN-${code}`) return { errcode: 40001, errmsg: 'no' };
      played.sent.push(body);
      return { errcode: 0, errmsg: 'ok' };
    },
  };
  const origin = await serve(async (req, res) => {
    const { pathname, searchParams } = new URL(req.url, 'http://api');
    const body = JSON.parse(Buffer.concat(await req.toArray()));
    await held;
    played.calls.push(pathname);
    res.end(
      JSON.stringify(
        answers[pathname]?.(searchParams, body) ?? { errcode: 404, errmsg: http.STATUS_CODES[404] },
      ),
    );
  });
  return Object.assign(played, {
    origin,
    hold() {
      held = new Promise((resolve) => (played.release = resolve));
    },
    release() {},
  });
}

/** A push to the URL of an authorizer. */
function messageTo({ appId, name }, fields) {
  const message = { ...textMessage, ToUserName: name, FromUserName: USER, ...fields };
  if (fields.MsgType === 'event') {
    delete message.Content;
    delete message.MsgId;
  }
  return push({ account: component, message, encrypted: true, url: `/wechat/${appId}/messages` });
}

/** The reply to it, once it is opened with the platform's key and names the platform. */
async function sealedReply(tested, fields) {
  const { status, text } = await post(example.origin, messageTo(tested, fields));
  expect(status).toBe(200);
  return openReply(text, component);
}

function info(fields) {
  const message = { AppId: component.appId, CreateTime: Math.floor(Date.now() / 1000), ...fields };
  const beside = { AppId: component.appId };
  return post(
    example.origin,
    push({ account: component, message, encrypted: true, beside, url: '/wechat/events' }),
  );
}

function ticket(ComponentVerifyTicket, age = 0) {
  const CreateTime = Math.floor(Date.now() / 1000) - age;
  return info({ CreateTime, InfoType: 'component_verify_ticket', ComponentVerifyTicket });
}
