'use strict';

// The command against servers of each platform over sockets, and of another platform than it was told.

const fc = require('fast-check');
const { createReceiver, explainPush, messagePush } = require('..');
const consoles = require('../cli/consoles.json');
const { platforms } = require('../lib/platforms.js');
const { readRows } = require('../scripts/messages/table.js');
const { createGateway } = require('../testing.js');
const support = require('./support/cli.js');
const { signedQuery } = require('./support/servers.js');
const OF_PLATFORMS = require('./support/platform-findings.js');
const { account, push } = require('./support/wechat.js');
const { application, CORP, handshakeUrl, pushOf, SUITE, xmlOf } = require('./support/wecom.js');
const { bot, pushOf: pushOfBot } = require('./support/wecom-bot.js');

const { ACCOUNT, TOKEN, app, cli, closeAll, file, lenient, removeFiles } = support;

const WECOM = [
  '--platform=wecom',
  `--token=${application.token}`,
  `--encoding-aes-key=${application.encodingAESKey}`,
];
const COMPANY = [...WECOM, `--receive-id=${CORP}`];
const COMPONENT = ['--platform=third-party', ...ACCOUNT];
const CLOUD = ['--trust=cloudrun'];

const provoked = new Set();

/** What a command found, by check. */
async function found(command, url, ...more) {
  const { stdout, stderr, status } = await cli([command, url, '--json', ...more]);
  expect(stderr).toBe('');
  const { ok, checks, ...rest } = JSON.parse(stdout);
  expect(status).toBe(ok ? 0 : 1);
  for (const row of checks) provoked.add(row.finding);
  return { ok, checks, ...rest, ...Object.fromEntries(checks.map((row) => [row.check, row])) };
}

/** A server that keeps what it got. */
async function keeping(options, reply = (message) => message.Content) {
  const got = [];
  const handler = (message, context) => {
    got.push({ message, context });
    return reply(message);
  };
  const url = await app(messagePush({ onReject() {}, onUndelivered() {}, ...options }, handler));
  return { url, got };
}

const verdicts = ({ checks }) => checks.map(({ check, verdict }) => [check, verdict]);
const ALL_PASS = [
  ['address', 'note'],
  ['handshake', 'pass'],
  ['forged_handshake', 'pass'],
  ['message', 'pass'],
  ['forged_message', 'pass'],
  ['duplicate', 'pass'],
  ['slow', 'pass'],
  ['oversized', 'pass'],
  ['time', 'pass'],
];

afterEach(closeAll);
afterAll(removeFiles);

describe('WeCom', () => {
  test.each(['xml', 'json'])('doctor finds nothing wrong with a right server, %s', async (format) => {
    const { url } = await keeping(application);
    const all = await found('doctor', url, ...COMPANY, '--format', format);
    expect(verdicts(all)).toEqual(ALL_PASS);
    expect(all.handshake.said).toBe('echostr came back decrypted');
    expect(all.message).toMatchObject({ said: 'reply: text', mode: null, format, receiver: null });
  });

  test('doctor sends a message for each receiver, and tells the one that is not taken', async () => {
    const { url, got } = await keeping({ ...application, receiveId: [CORP, SUITE] });
    const both = await found('doctor', url, ...COMPANY, '--receive-id', SUITE);
    expect(both.ok).toBe(true);
    expect(new Set(got.map(({ context }) => context.receiveId))).toEqual(new Set([CORP, SUITE]));

    const { checks } = await found('doctor', url, ...COMPANY, '--receive-id', 'ww_other');
    const rows = checks.filter(({ check }) => check === 'message');
    expect(rows.map(({ receiver, finding }) => [receiver, finding])).toEqual([
      [CORP, null],
      ['ww_other', 'message_refused'],
    ]);
    const { stdout } = await cli(['doctor', url, ...COMPANY, '--receive-id', 'ww_other']);
    expect(stdout).toMatch(/^✗ {2}message \(XML, “ww_other”\) +400 /m);
  });

  test('verify does the handshake, also of one who has no id', async () => {
    const { url } = await keeping({ ...application, receiveId: '' });
    const { ok, request, handshake } = await found('verify', url, ...WECOM, '--receive-id=');
    expect(ok).toBe(true);
    expect(request.url).toMatch(/\?msg_signature=[0-9a-f]{40}&echostr=[\w%]{60,}&/);
    expect(handshake.said).toBe('echostr came back decrypted');
    // What ends with nothing may be a bot's, too.
    expect((await found('verify', url, ...COMPANY)).handshake.finding).toBe('speaks_bot');
  });

  test('the ids may come from the environment, several joined by commas', async () => {
    const { url, got } = await keeping({ ...application, receiveId: [CORP, SUITE] });
    const env = { WECHAT_PUSH_RECEIVE_ID: `${CORP}, ${SUITE}`, WECHAT_PUSH_APP_ID: account.appId };
    expect((await cli(['doctor', url, ...WECOM], { env })).status).toBe(0);
    expect(new Set(got.map(({ context }) => context.receiveId))).toEqual(new Set([CORP, SUITE]));
  });

  const rows = readRows().filter(({ family }) => family === 'wecom');
  const OPTIONS = { MsgType: '--type', Event: '--event', InfoType: '--info' };
  test('send pushes every message, event and info', async () => {
    const { url, got } = await keeping({ ...application, receiveId: [CORP, SUITE] }, () => {});
    for (const { kind, name } of rows) {
      const receiver = kind === 'InfoType' ? SUITE : CORP;
      const args = ['send', url, ...WECOM, `--receive-id=${receiver}`, OPTIONS[kind], name];
      const { status, stderr } = await cli(args);
      expect([name, status, stderr]).toEqual([name, 0, '']);
      const { message, context } = got.at(-1);
      const [first, changed] = kind === 'MsgType' ? [name] : name.split('.');
      expect([name, message[kind], message.ChangeType]).toEqual([name, first, changed ?? message.ChangeType]);
      expect([name, context.receiveId]).toEqual([name, receiver]);
    }
    expect(got).toHaveLength(rows.length);
    expect(rows.length).toBeGreaterThan(100);
  });

  test('send seals for the receiver that the message names', async () => {
    const { url, got } = await keeping({ ...application, receiveId: [CORP, SUITE] }, () => {});
    const both = [...COMPANY, '--receive-id', SUITE];
    const args = ['send', url, ...both, '--info', 'suite_ticket', '--set', `SuiteId=${SUITE}`];
    expect((await cli(args)).status).toBe(0);
    expect((await cli(['send', url, ...both, '--content', 'hi'])).status).toBe(0);
    expect(got.map(({ context }) => context.receiveId)).toEqual([SUITE, CORP]);
  });

  test.each([
    [['--event', 'CLICK', ...COMPANY], '--event click'],
    [['--event', 'click', ...ACCOUNT], '--event CLICK'],
    [['--event', 'enter_agent', ...ACCOUNT], '--event enter_agent --platform wecom'],
    [['--info', 'suite_ticket', ...ACCOUNT], '--info suite_ticket --platform wecom'],
    [['--info', 'suite_tickets', ...COMPANY], '--info suite_ticket'],
    [['--info', 'componentVerifyTicket', ...ACCOUNT], '--info component_verify_ticket'],
  ])('send %j notes that %s was meant', async (args, meant) => {
    const { stderr } = await cli(['send', 'http://127.0.0.1:1/', ...args]);
    expect(stderr).toContain(`did you mean ${meant}?`);
  });

  /** Takes the check of the URL by `of`, which is given the plaintext and the ciphertext. */
  function checking(of) {
    const receiver = createReceiver(application);
    return app((req, res) => {
      const outcome = receiver.receive({ method: 'GET', url: req.originalUrl });
      if (outcome.type !== 'handshake') return res.status(400).end();
      of(res.type('text'), outcome.echostr, req.query.echostr);
    });
  }

  test.each([
    ['not_decrypted', (res, _, sealed) => res.send(sealed)],
    ['not_the_plaintext', (res, plain) => res.send(plain + CORP)],
    ['not_the_plaintext', (res) => res.send('check failed')],
    ['newline', (res, plain) => res.send(`${plain}\n`)],
    ['json_quoted', (res, plain) => res.json(plain)],
    ['number_rounded', (res, plain) => res.json(Number(plain))],
    ['empty', (res) => res.end()],
    ['late_check', (res, plain) => setTimeout(() => res.send(plain), 1100)],
    ['server_error', (res) => res.status(500).end()],
  ])('verify calls a wrong answer %s', async (finding, of) => {
    expect((await found('verify', await checking(of), ...COMPANY)).handshake).toMatchObject({
      verdict: 'fail',
      finding,
      cause: expect.not.stringMatching(/\{\w+\}|undefined/),
    });
  });

  test('the gateway waits a second for the check, as WeCom does', async () => {
    const url = await checking((res, plain) => setTimeout(() => res.send(plain), 300));
    const gateway = createGateway({ ...application, timeScale: 0.1 });
    expect(await gateway.handshake(url)).toMatchObject({ ok: false, error: { reason: 'timeout' } });
    expect((await createGateway(application).handshake(url)).ok).toBe(true);
  });

  test('a port is no failure, as nobody says which ones WeCom reaches', async () => {
    const args = ['verify', 'http://public.test:8080/', ...COMPANY, '--json', '--timeout', '2'];
    const [address] = JSON.parse((await support.start(args).ended).stdout).checks;
    provoked.add(address.finding);
    expect(address).toMatchObject({ verdict: 'note', finding: 'port_unsure' });
  });

  test('a reply that is sealed for another receiver is named', async () => {
    const other = { ...application, receiveId: 'ww_other' };
    const theirs = createReceiver(other);
    const asked = theirs.receive(createGateway(other).request({ MsgType: 'text', Content: 'x' }));
    const { body } = theirs.respond(asked, 'hello');
    const { message } = await found('send', await app((_, res) => res.send(body)), ...COMPANY, '--content=x');
    expect(message).toMatchObject({
      finding: 'reply_receive_id',
      detail: 'the reply is encrypted for the receiveid "ww_other", not for "ww0123456789abcdef"',
    });
  });
});

describe('bots of WeCom', () => {
  const BOT = ['--platform=wecom-bot', `--token=${bot.token}`, `--encoding-aes-key=${bot.encodingAESKey}`];

  /**
   * A bot whose answers are made by `of`, of the outcome and of how often that answer was asked for; and what it got.
   */
  async function answering(of) {
    const receiver = createReceiver(bot);
    const got = [];
    const asked = new Map();
    const url = await app(async (req, res) => {
      const { method, originalUrl, query } = req;
      const outcome = receiver.receive({ method, url: originalUrl, body: await bodyOf(req) });
      if (outcome.type !== 'message') {
        const { status, body } = receiver.respond(outcome);
        return res.status(status).type('text').send(body);
      }
      const { msgid, stream } = outcome.message;
      const count = stream ? asked.get(stream.id) + 1 : 1;
      asked.set(stream?.id ?? msgid, count);
      got.push(outcome.message);
      return res.send(of({ receiver, outcome, count, nonce: String(query.nonce) }));
    });
    return { url, got };
  }

  async function bodyOf(req) {
    const parts = [];
    for await (const part of req) parts.push(part);
    return Buffer.concat(parts);
  }

  const growing = ({ receiver, outcome, count }) =>
    receiver.respond(outcome, {
      msgtype: 'stream',
      stream: { finish: count > 3, content: 'x'.repeat(count) },
    }).body;

  test('doctor finds nothing wrong with a right server, and needs no receiveId', async () => {
    const { url, got } = await keeping(bot, () => 'hello');
    const env = { WECHAT_PUSH_RECEIVE_ID: CORP, WECHAT_PUSH_APP_ID: account.appId };
    const { stdout, status } = await cli(['doctor', url, ...BOT, '--json'], { env });
    expect(status).toBe(0);
    const all = JSON.parse(stdout);
    expect(verdicts(all)).toEqual(ALL_PASS);
    const message = all.checks.find(({ check }) => check === 'message');
    expect(message).toMatchObject({ said: 'reply: stream', mode: null, format: 'json' });
    expect(got[0].message).toMatchObject({ msgtype: 'text', chattype: 'single' });
    expect((await found('verify', url, ...BOT)).handshake.said).toBe('echostr came back decrypted');
  });

  test('send asks for more until the stream is finished', async () => {
    const { url, got } = await answering(growing);
    const { ok, checks, reply } = await found('send', url, ...BOT, '--content', 'hi');
    expect(ok).toBe(true);
    expect(got.map(({ msgtype }) => msgtype)).toEqual(['text', 'stream', 'stream', 'stream']);
    expect(got[0].text).toEqual({ content: 'hi' });
    expect(checks.map(({ check, said }) => [check, said]).slice(1)).toEqual([
      ['message', 'reply: stream'],
      ['stream', 'finished, asked for 3 times'],
    ]);
    expect(reply.stream).toMatchObject({ finish: true, content: 'xxxx' });
  });

  test('a second card is named, at whichever refresh it comes', async () => {
    const card = { card_type: 'text_notice', card_action: { type: 1, url: 'https://example.com' } };
    const withCards = (at) => (asked) => {
      const { receiver, outcome, count } = asked;
      if (!at.includes(count)) return growing(asked);
      const stream = { finish: count > 3, content: 'x'.repeat(count) };
      const reply = { msgtype: 'stream_with_template_card', stream, template_card: card };
      return receiver.respond(outcome, reply).body;
    };
    for (const [at, finding] of [
      [[1], null],
      [[3], null],
      [[1, 4], 'second_card'],
      [[2, 3], 'second_card'],
    ]) {
      const { url } = await answering(withCards(at));
      expect((await found('send', url, ...BOT, '--content', 'hi')).stream.finding).toBe(finding);
    }
  });

  test('doctor asks for more, some times', async () => {
    const { url } = await answering(growing);
    const { stream, ok } = await found('doctor', url, ...BOT);
    expect([ok, stream.verdict]).toEqual([true, 'pass']);
    const endless = await answering((asked) => growing({ ...asked, count: 1 }));
    const all = await found('doctor', endless.url, ...BOT);
    expect([all.ok, all.stream.verdict, all.stream.finding]).toEqual([true, 'note', 'stream_goes_on']);
  });

  test.each([
    ['xml_reply', () => '<xml><Encrypt>x</Encrypt></xml>'],
    [
      'reply_nonce',
      ({ receiver, outcome: { message } }) =>
        receiver.respond(receiver.receive(pushOfBot(message, { nonce: 'another' })), 'hello').body,
    ],
    ['malformed_reply', () => 'success'],
    [
      'missing_field',
      ({ receiver, outcome }) =>
        receiver.respond(outcome, 'hello').body.replace('msgsignature', 'MsgSignature'),
    ],
    ['plaintext_reply', () => '{"msgtype":"stream","stream":{"id":"s","finish":true,"content":"x"}}'],
    [
      'objectionable_reply',
      ({ receiver, outcome: { message }, nonce }) => {
        const event = { eventtype: 'enter_chat' };
        const other = receiver.receive(pushOfBot({ ...message, msgtype: 'event', event }, { nonce }));
        return receiver.respond(other, 'welcome').body;
      },
    ],
  ])('a wrong answer is called %s', async (finding, of) => {
    const { url } = await answering(of);
    const { message } = await found('send', url, ...BOT, '--content', 'hi');
    expect(message).toMatchObject({ verdict: 'fail', finding });
  });

  test('send pushes every message and event', async () => {
    const { url, got } = await keeping(bot, () => {});
    // What asks for more of a stream never reaches a handler.
    const rows = readRows().filter(({ family, name }) => family === 'bot' && name !== 'stream');
    for (const { kind, name } of rows) {
      const args = ['send', url, ...BOT, kind === 'Event' ? '--event' : '--type', name];
      expect([name, (await cli(args)).status]).toEqual([name, 0]);
      const { message } = got.at(-1);
      expect(kind === 'Event' ? message.event.eventtype : message.msgtype).toBe(name);
    }
    expect(got).toHaveLength(rows.length);
  });

  test.each([
    [['--event', 'enter_chats', ...BOT], '--event enter_chat'],
    [['--event', 'enter_chat', ...ACCOUNT], '--event enter_chat --platform wecom-bot'],
  ])('send %j notes that %s was meant', async (args, meant) => {
    const { stderr } = await cli(['send', 'http://127.0.0.1:1/', ...args]);
    expect(stderr).toContain(`did you mean ${meant}?`);
  });

  test('an application or an account of WeChat at a server of a bot', async () => {
    const { url } = await keeping({ ...bot, token: application.token });
    expect((await found('verify', url, ...COMPANY)).handshake.finding).toBe('speaks_bot');
    const asWeChat = [`--token=${application.token}`, `--encoding-aes-key=${application.encodingAESKey}`];
    const { handshake } = await found('doctor', url, ...asWeChat, '--app-id', account.appId);
    expect(handshake.finding).toBe('speaks_bot');
  });

  test('explain tells bots from applications, either way', async () => {
    const json = (request) => ['--body', file('bot.json', request.body), '--json'];
    const pushed = pushOfBot(
      { msgid: 'm', msgtype: 'text', text: { content: 'x' } },
      { of: { ...bot, token: application.token } },
    );
    const at = async (request, ...args) =>
      JSON.parse((await cli(['explain', request.url, ...json(request), ...args])).stdout);
    expect((await at(pushed, ...COMPANY)).hints[0]).toContain("`platform: 'wecom-bot'`");
    const ofApp = pushOf('<xml><MsgType>text</MsgType></xml>');
    const asBot = [
      '--platform=wecom-bot',
      `--token=${application.token}`,
      `--encoding-aes-key=${application.encodingAESKey}`,
    ];
    expect((await at(ofApp, ...asBot)).hints[0]).toContain('This comes from an application of WeCom');
    expect((await at(pushed, ...asBot)).ok).toBe(true);
  });

  test('an AppID is refused', async () => {
    expect((await cli(['verify', 'http://127.0.0.1:1/', ...BOT, '--app-id', 'wx1'])).status).toBe(2);
  });
});

describe('third-party platforms', () => {
  const platform = { ...account, platform: 'third-party' };

  test('doctor finds nothing wrong, and verify needs the Token alone', async () => {
    const { url } = await keeping(platform);
    const all = await found('doctor', url, ...COMPONENT);
    expect(verdicts(all)).toEqual(ALL_PASS);
    expect(all.message).toMatchObject({ mode: null, format: 'xml' });
    expect((await found('verify', url, ...TOKEN, '--platform', 'third-party')).ok).toBe(true);
  });

  test('send pushes every info, with AppId outside, and messages of authorizers', async () => {
    const { url, got } = await keeping(platform, () => {});
    const names = readRows().filter(({ family, kind }) => family === 'wechat' && kind === 'InfoType');
    for (const { name } of names) {
      const { request } = await found('send', url, ...COMPONENT, '--info', name);
      expect(request.body).toMatch(/^<xml><AppId>[^]*<Encrypt>/);
      expect(request.url).toMatch(/\?signature=[0-9a-f]{40}&.*&encrypt_type=aes&msg_signature=/);
    }
    expect((await found('send', url, ...COMPONENT, '--content', 'hi')).ok).toBe(true);
    expect(got.map(({ message }) => message.InfoType ?? message.MsgType)).toEqual([
      ...names.map(({ name }) => name),
      'text',
    ]);
    expect(got[0].message).toMatchObject({ AppId: account.appId, InfoType: names[0].name });
  });
});

describe('微信云托管', () => {
  test('doctor looks at the path, and pushes without a signature', async () => {
    const { url, got } = await keeping({ trust: 'cloudrun' });
    const all = await found('doctor', url, ...CLOUD, '--format', 'json');
    expect(verdicts(all)).toEqual([['address', 'note'], ['path', 'pass'], ...ALL_PASS.slice(3)]);
    expect(all.path.said).toBe('the path answers');
    expect(all.forged_message.said).toBe('refused');
    expect(got[0].message).toMatchObject({ MsgType: 'text' });
  });

  test('verify and send do', async () => {
    const { url } = await keeping({ trust: 'cloudrun' });
    const { request } = await found('verify', url, ...CLOUD);
    expect(request).toMatchObject({ method: 'POST', body: '{"action":"CheckContainerPath"}' });
    const sent = await found('send', url, ...CLOUD, '--content', 'hi', '--format', 'json');
    expect(sent).toMatchObject({ ok: true, reply: { Content: 'hi' } });
    expect(sent.request.url).toBe(url);
    expect(sent.request.headers).toHaveProperty('x-wx-source');
  });

  test('with a Token, what is signed is checked as ever', async () => {
    const { url } = await keeping({ trust: 'cloudrun', token: account.token });
    expect(verdicts(await found('doctor', url, ...CLOUD, ...TOKEN))).toEqual(ALL_PASS);
  });

  test('tells servers that do not answer the look', async () => {
    const { url } = await keeping({ token: account.token });
    expect((await found('verify', url, ...CLOUD)).path.finding).toBe('path_refused');
    const answering = (text) => app((_, res) => res.send(text));
    expect((await found('verify', await answering('hello'), ...CLOUD)).path.finding).toBe('path_answer');
    const silent = await answering('');
    expect((await found('verify', silent, ...CLOUD)).ok).toBe(true);
    expect((await createGateway({ trust: 'cloudrun' }).handshake(silent)).ok).toBe(true);
  });
});

describe('the wrong platform on either side', () => {
  const shared = { token: application.token, encodingAESKey: application.encodingAESKey };
  const asWeChat = [`--token=${shared.token}`, `--encoding-aes-key=${shared.encodingAESKey}`];

  test.each(['verify', 'doctor'])('%s as WeCom at a server of WeChat', async (command) => {
    const { url } = await keeping({ ...shared, appId: account.appId });
    const { handshake } = await found(command, url, ...COMPANY);
    expect(handshake).toMatchObject({
      verdict: 'fail',
      finding: 'speaks_wechat',
      next: expect.stringContaining("platform: 'wecom'"),
    });
  });

  test('doctor as WeChat at a server of WeCom', async () => {
    const { url } = await keeping(application);
    const { handshake } = await found('doctor', url, ...asWeChat, '--app-id', CORP);
    expect(handshake).toMatchObject({
      verdict: 'fail',
      finding: 'speaks_wecom',
      next: expect.stringContaining('--platform wecom'),
    });
  });

  test.each([
    ['its id in the environment', { WECHAT_PUSH_RECEIVE_ID: `ww_other, ${CORP}` }],
    ['its id where an AppID stands', { WECHAT_PUSH_APP_ID: CORP }],
  ])('verify as WeChat at a server of WeCom, %s', async (_, env) => {
    const { url } = await keeping(application);
    const { stdout } = await cli(['verify', url, ...asWeChat, '--json'], { env });
    const [, { finding }] = JSON.parse(stdout).checks;
    expect(finding).toBe('speaks_wecom');
  });

  test('with the Token alone verify cannot tell, and says so', async () => {
    const { url } = await keeping(application);
    const { handshake } = await found('verify', url, `--token=${shared.token}`);
    expect(handshake).toMatchObject({
      finding: 'signature_refused',
      next: expect.stringMatching(/A server of WeCom refuses it, too.*--platform wecom/),
    });
  });

  test('a server that is nobody is not said to be of another platform', async () => {
    const { echoed, push: pushed } = lenient();
    const wrong = await app(
      echoed,
      pushed(() => 'success'),
    );
    expect((await found('verify', wrong, ...COMPANY)).handshake.finding).toBe('check_refused');
    const failing = await app((_, res) => res.status(500).end());
    expect((await found('verify', failing, ...COMPANY)).handshake.finding).toBe('server_error');
  });

  test('in Chinese', async () => {
    const { url } = await keeping({ ...shared, appId: account.appId });
    const { stdout } = await cli(['verify', url, ...COMPANY, '--lang', 'zh']);
    expect(stdout).toMatch(/✗ 2\. URL 验证：服务器没有通过企业微信的验证，却用同一个 Token 通过了微信的验证/);
  });

  /** What explain says first, in both languages. */
  async function explained(request, ...args) {
    const said = [];
    for (const lang of ['en', 'zh']) {
      const body = request.body === undefined ? [] : ['--body', file('body.xml', request.body)];
      const { stdout } = await cli(['explain', request.url, ...body, ...args, '--json', '--lang', lang]);
      const { reason, hints } = JSON.parse(stdout);
      said.push(reason, hints[0]);
    }
    return said;
  }
  const text = { ToUserName: CORP, FromUserName: 'zhangsan', CreateTime: 1, MsgType: 'text', Content: 'hi' };
  const says = (reason, en, zh) => [reason, expect.stringContaining(en), reason, expect.stringContaining(zh)];

  test('explain names a push of WeCom', async () => {
    const wecom = ['This comes from WeCom', '来自企业微信'];
    const at = [...asWeChat, '--app-id', account.appId];
    expect(await explained(pushOf(xmlOf(text)), ...at)).toEqual(says('appid_mismatch', ...wecom));
    expect(await explained({ url: handshakeUrl('1') }, ...at)).toEqual(says('missing_parameter', ...wecom));
  });

  test('explain names a push of WeChat', async () => {
    const wechat = ['This comes from WeChat', '来自微信'];
    const sealed = push({ account: { ...shared, appId: account.appId }, encrypted: true });
    expect(await explained(sealed, ...COMPANY)).toEqual(says('receiveid_mismatch', ...wechat));
    const handshake = { url: `/wx?${signedQuery(shared.token, { echostr: '437' })}` };
    expect(await explained(handshake, ...COMPANY)).toEqual(says('missing_parameter', ...wechat));
  });

  test('explain names it whatever the Token, the mode, the format and the message are', () => {
    const wechatAccount = { ...shared, appId: account.appId };
    const accounts = {
      wechat: [{ token: shared.token }, wechatAccount, { ...wechatAccount, mode: 'compat' }],
      wecom: [application],
    };
    const hints = { wechat: /^This comes from WeChat:/, wecom: /^This comes from WeCom / };
    const kinds = fc.constantFrom(
      { MsgType: 'text', Content: 'hi' },
      { MsgType: 'image', MediaId: 'm' },
      { Event: 'subscribe' },
      { InfoType: 'change_auth' },
      undefined,
    );
    const given = fc.record({
      by: fc.constantFrom('wechat', 'wecom'),
      index: fc.nat(2),
      to: fc.nat(2),
      token: fc.constantFrom(shared.token, 'another'),
      format: fc.constantFrom('xml', 'json'),
      kind: kinds,
    });
    fc.assert(
      fc.property(given, ({ by, index, to, token, format, kind }) => {
        const pick = (list, at) => list[at % list.length];
        const gateway = createGateway({ ...pick(accounts[by], index), token, format });
        const sent = kind === undefined ? gateway.handshakeRequest() : gateway.request(kind);
        const other = by === 'wechat' ? 'wecom' : 'wechat';
        const { ok, hints: said } = explainPush(sent, pick(accounts[other], to));
        expect([ok, said[0]]).toEqual([false, expect.stringMatching(hints[by])]);
        // At home it is never said.
        expect(explainPush(sent, pick(accounts[by], to)).hints.join()).not.toMatch(/This comes from We/);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['a suite', SUITE, { SuiteId: SUITE, InfoType: 'suite_ticket', TimeStamp: 1 }, 'SuiteID', '指令回调'],
    ['a provider', 'ww_p', { ServiceCorpId: 'ww_p', InfoType: 'register_corp' }, 'provider', '服务商自己'],
    ['another company', 'ww_c', text, 'data callback', '授权企业'],
  ])('explain tells that the push is for %s', async (_, receiveId, message, en, zh) => {
    const sent = pushOf(xmlOf(message), { receiveId });
    expect(await explained(sent, ...COMPANY)).toEqual(says('receiveid_mismatch', en, zh));
    expect((await cli(['explain', sent.url, '--body', file('b.xml', sent.body), ...COMPANY])).status).toBe(1);
    const both = [...COMPANY, '--receive-id', receiveId, '--body', file('b.xml', sent.body)];
    expect((await cli(['explain', sent.url, ...both])).status).toBe(0);
  });

  test("explain tells that the check is a provider's", async () => {
    const url = handshakeUrl('437', { receiveId: 'ww_provider' });
    const kind = ['with the CorpID of the provider', '服务商的 CorpID'];
    expect(await explained({ url }, ...COMPANY)).toEqual(says('receiveid_mismatch', ...kind));
  });

  test('explain names what is for a third-party platform, and what comes from a cloud', async () => {
    const component = { ...account, appId: 'wx_component_0000' };
    const info = createGateway({ ...component, platform: 'third-party' }).request({ InfoType: 'authorized' });
    expect(await explained(info, ...ACCOUNT)).toEqual(
      says('appid_mismatch', 'This is for a third-party platform', '发给第三方平台'),
    );
    const plain = push({ account });
    expect(await explained(plain, ...COMPONENT)).toEqual(
      says('plaintext_refused', 'Every push to a third-party platform', '全部是密文'),
    );
    const body = JSON.stringify({ ...text, MsgId: 1 });
    const { stdout } = await cli(['explain', 'POST /wx', '--body', file('c.json', body), ...TOKEN, '--json']);
    expect(JSON.parse(stdout).hints).toContainEqual(expect.stringContaining("`trust: 'cloudrun'`"));
    const trusting = ['explain', 'POST /wx', '--body', file('c.json', body), ...CLOUD, '--json'];
    expect(JSON.parse((await cli(trusting)).stdout).reason).toBe('outside_cloud');
  });
});

describe('keygen', () => {
  test.each([...platforms.keys()])('says where %s wants them', async (platform) => {
    for (const lang of ['en', 'zh']) {
      const { stdout } = await cli(['keygen', '--platform', platform, '--lang', lang]);
      const { where, needs, id } = consoles[platform];
      for (const line of [where, ...needs.map((need) => need[lang])]) expect(stdout).toContain(line);
      const settings = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('# '));
      expect(settings.map((line) => line.split('=')[0])).toEqual([
        'WECHAT_PUSH_TOKEN',
        'WECHAT_PUSH_ENCODING_AES_KEY',
        ...(id === undefined ? [] : [id]),
      ]);
    }
    expect(Object.keys(consoles)).toEqual([...platforms.keys()]);
  });

  test('makes what a server of WeCom takes', async () => {
    const { token, encodingAESKey } = JSON.parse(
      (await cli(['keygen', '--platform', 'wecom', '--json'])).stdout,
    );
    const { url } = await keeping({ ...application, token, encodingAESKey });
    const args = ['--platform=wecom', `--token=${token}`, `--encoding-aes-key=${encodingAESKey}`];
    expect((await found('doctor', url, ...args, `--receive-id=${CORP}`)).ok).toBe(true);
  });
});

test('every finding of platforms was provoked here', () => {
  expect(OF_PLATFORMS.filter((name) => !provoked.has(name))).toEqual([]);
});
