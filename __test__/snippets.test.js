'use strict';

// Every block of JavaScript on every page: it has the right types under --strict, as JavaScript and as TypeScript,
// and it runs, and does what stands beside it, when WeChat pushes to it.

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { createGateway } = require('../testing.js');
const { until } = require('./support/redis.js');
const { closeServers, serve } = require('./support/servers.js');
const { createWorld, snippets } = require('./support/snippets.js');
const { account } = require('./support/wechat.js');
const { bot, encryptBytes } = require('./support/wecom-bot.js');
const { application, SUITE } = require('./support/wecom.js');

jest.setTimeout(20_000);

const root = path.join(__dirname, '..');
const all = snippets();
const SAID = /^(You said: |你说：)/;

/** A push of each kind that a bot gets: a snippet must bear them all. */
const usual = [
  { MsgType: 'text', Content: 'hi' },
  { MsgType: 'image', PicUrl: 'http://example.com/1.jpg', MediaId: 'M1' },
  { Event: 'subscribe', EventKey: '' },
  { Event: 'brand_new' },
];

let world;
beforeEach(() => {
  world = createWorld();
});
afterEach(() => world.end());

test('the pages are read', () => {
  const read = new Set(all.map(({ page }) => page));
  for (const page of ['README.md', 'README.zh-CN.md', 'llms.txt', 'docs/api.md'])
    expect(read).toContain(page);
});

test('both languages have the same code, but for what is said', () => {
  const codes = (chinese) => all.filter(({ page }) => isChinese(page) === chinese).map(shape);
  const [english, chinese] = [codes(false).filter(({ page }) => page !== 'llms.txt'), codes(true)];
  expect(chinese).toEqual(english);
});

describe('types', () => {
  const folder = path.join(root, 'target', `snippets-${process.pid}`);
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  test('every block passes tsc --strict', () => {
    fs.mkdirSync(folder, { recursive: true });
    for (const snippet of all) write(snippet);
    fs.copyFileSync(path.join(__dirname, 'types/snippet-globals.d.ts'), path.join(folder, 'globals.d.ts'));
    const compilerOptions = {
      strict: true,
      allowJs: true,
      checkJs: true,
      noEmit: true,
      module: 'nodenext',
      moduleDetection: 'force',
      target: 'es2024',
      types: ['node'],
      skipLibCheck: true,
    };
    fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    expect(problems()).toBe('');
  });

  /** As it stands, and as TypeScript, where types do not stand in comments. */
  function write({ name, code }) {
    const file = path.join(folder, name.replaceAll(/\W/g, '-'));
    if (/^(?:const .*)?await /m.test(code)) fs.writeFileSync(`${file}.mts`, imports(code));
    else {
      fs.writeFileSync(`${file}.js`, code);
      if (!code.includes('/**')) fs.writeFileSync(`${file}-ts.ts`, imports(code));
    }
  }

  function problems() {
    try {
      execFileSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], {
        cwd: folder,
      });
      return '';
    } catch (error) {
      return `${error.stdout}${error.stderr}`;
    }
  }
});

describe('running', () => {
  // recipes.test.js runs those of the recipes.
  const others = all.filter(({ page }) => !page.includes('recipes'));
  test.each(others)('$name', async ({ code, page }) => {
    const [, proof] = proofs.find(([part]) => code.includes(part)) ?? ['', serves];
    await proof(code, page);
  });
});

/** What a block has to show, by a part of its text; any other is served and gets the usual pushes. */
const proofs = [
  ["require('wechat-push/compat/wechat')", answersAsBefore],
  ["require('wechat-push/compat/co-wechat')", answersAsBeforeOnKoa],
  ["require('wechat-push/compat/wechat-crypto')", opensWhatItSealed],
  ['res.json(Number(echostr))', roundsItsEchostr],
  ["platform: 'third-party'", servesPlatform],
  ["require('wechat-push/serverless')", isCalledByTheCloud],
  ["trust: 'cloudrun'", trustsTheCloud],
  ["name: 'subscribe message'", hasOwnCarrier],
  ["name: '订阅消息'", hasOwnCarrier],
  ["platform: 'mini-program'", answersMiniProgram],
  ["platform: 'official-account'", answersOfficialAccount],
  ['console.log(explainPush(', explains],
  ["channel('wechat-push:store')", (code) => world.run(code)],
  ["channel('wechat-push:unsendable')", (code) => world.run(code)],
  ["channel('wechat-push:handled')", watches],
  ["test('", passesItsTests],
  ["platform: 'wecom'", answersWeCom],
  ['decryptMedia(', opensPicture],
  ["platform: 'wecom-bot'", answersBot],
  ['if (checkPush(req.query, token))', handshakes],
  ['askTheModel', answersByModel],
  ['new OpenAI(', answersByModel],
  ['session: {', remembers],
  ['times: (old?.times', counts],
  ['answerTo(request)', answersWithoutHttp],
  ['/wechat/:appId', findsItsAccounts],
  ['TheNextToken', servesBoth],
  ["channel('wechat-push:received')", seesThePrevious],
];

/** It is accepted by the console, and no push makes it fail, or say what it cannot have meant. */
async function serves(code) {
  const url = await served(code);
  if (!code.includes('messagePush(')) return;
  const gateway = createGateway(/messagePush\(\{\s+token,\s+on/.test(code) ? account.token : account);
  expect(await gateway.handshake(url)).toMatchObject({ ok: true });
  for (const message of usual) {
    const result = await gateway.push(url, message);
    expect(result).toMatchObject({ delivered: true, error: null });
    expect(JSON.stringify([result.reply, world.sent])).not.toMatch(/undefined|\[object/);
  }
}

/** The page on the command shows a server that fails, on purpose. */
async function roundsItsEchostr(code) {
  const { ok, error } = await createGateway(account).handshake(await served(code));
  expect([ok, error.reason]).toEqual([false, 'echostr_mismatch']);
}

async function handshakes(code) {
  const url = await served(code);
  expect(await createGateway(account).handshake(url)).toMatchObject({ ok: true });
  const forged = await createGateway('another').handshake(url);
  expect(forged).toMatchObject({ ok: false, status: 400 });
}

async function answersMiniProgram(code) {
  await serves(code);
  const url = await served(code);
  const gateway = createGateway({ ...account, format: 'json' });
  const asked = await gateway.push(url, { MsgType: 'text', Content: 'in JSON' });
  expect(asked).toMatchObject({ delivered: true, reply: null, error: null });
  const isAnswer = (text) => SAID.test(text) && text.endsWith('in JSON');
  await until(() => sentTo(asked.message.FromUserName).some(isAnswer), 3000);
  if (!code.includes('event.xpay_goods_deliver_notify')) return;
  const paid = await gateway.push(url, payment);
  expect(paid.reply).toEqual({ ErrCode: 0, ErrMsg: 'success' });
}

async function answersWeCom(code) {
  const origin = await world.serve(code);
  const url = code.includes("'/wecom'") ? `${origin}/wecom` : `${origin}/checkPushMsg`;
  const gateway = createGateway(application);
  expect(await gateway.handshake(url)).toMatchObject({ ok: true });
  const answer = async (message) => (await gateway.push(url, message)).reply;
  const said = (text) => world.said.some((line) => line.includes(text));
  if (code.includes('info.suite_ticket')) {
    const suite = createGateway({ ...application, receiveId: SUITE });
    expect(await suite.push(url, { InfoType: 'suite_ticket', SuiteTicket: 'T' })).toMatchObject({
      reply: null,
    });
    expect(world.said).toContainEqual([SUITE, 'T']);
    await gateway.push(url, { InfoType: 'create_auth', AuthCode: 'code' });
    return expect(said('code')).toBe(true);
  }
  expect(await answer(usual[0])).toMatchObject({ Content: expect.stringMatching(/ said: hi$| 说：hi$/) });
  expect(await answer({ Event: 'click', EventKey: 'K' })).toMatchObject({
    Content: expect.stringMatching(/ K$/),
  });
  expect(await answer({ Event: 'template_card_event' })).toMatchObject({ MsgType: 'update_button' });
  const created = { Event: 'change_contact', ChangeType: 'create_user', UserID: 'lisi' };
  expect(await answer(created)).toBeNull();
  expect(said('lisi')).toBe(true);
}

async function answersBot(code) {
  const gateway = createGateway(bot);
  const url = await served(code);
  expect(await gateway.handshake(url)).toMatchObject({ ok: true });
  const answer = async (message) => (await gateway.push(url, message)).reply;
  const welcome = await answer({ msgtype: 'event', event: { eventtype: 'enter_chat' } });
  expect(welcome).toMatchObject({ msgtype: 'text', text: { content: expect.any(String) } });
  const { stream } = await answer({ msgtype: 'text', text: { content: 'hi' } });
  expect(stream).toMatchObject({ finish: true, content: expect.stringMatching(SAID) });
}

async function opensPicture(code) {
  const { token, encodingAESKey } = account;
  const gateway = createGateway({ ...bot, token, encodingAESKey });
  const file = encryptBytes(Buffer.from('a picture'), { encodingAESKey });
  world.app.get('/picture', (_, res) => res.send(file));
  const url = await served(code);
  const image = { url: new URL('/picture', url).href };
  const { reply } = await gateway.push(url, { msgtype: 'image', image });
  expect(reply.stream.content).toMatch(/ 9 (bytes|字节)/);
}

const payment = {
  Event: 'xpay_goods_deliver_notify',
  OpenId: 'oUser',
  OutTradeNo: 'order-1',
  Env: 0,
  GoodsInfo: { ProductId: 'gem', Quantity: 1, OrigPrice: 100, ActualPrice: 100, Attach: '' },
};

/** Its ticket is stored, and an authorizer's message comes with the AppID of its URL. */
async function servesPlatform(code) {
  const origin = await world.serve(code);
  const gateway = createGateway(account);
  const events = `${origin}/wechat/events`;
  expect(await gateway.handshake(events)).toMatchObject({ ok: true });
  const ticket = { InfoType: 'component_verify_ticket', ComponentVerifyTicket: 'ticket@@@1' };
  expect((await gateway.push(events, ticket)).delivered).toBe(true);
  const authorized = { InfoType: 'authorized', AuthorizerAppid: 'wx2', AuthorizationCode: 'code' };
  expect((await gateway.push(events, authorized)).delivered).toBe(true);
  expect(world.said).toEqual([['wx2', 'code']]);
  const { reply } = await gateway.push(`${origin}/wechat/wx2/messages`, usual[0]);
  expect(reply.Content).toMatch(/^wx2.*hi$/);
}

/** Pushes without a signature, from inside of the cloud and from outside. */
async function trustsTheCloud(code) {
  const url = `${await world.serve(code)}/checkPushMsg`;
  const gateway = createGateway({ trust: 'cloudrun' });
  const { reply } = await gateway.push(url, usual[0]);
  expect(reply.Content).toMatch(SAID);
  const check = { method: 'POST', body: '{"action":"CheckContainerPath"}' };
  expect(await (await fetch(url, check)).text()).toBe('success');
  const { body } = gateway.request(usual[0]);
  expect((await fetch(url, { method: 'POST', body })).status).toBe(400);
}

async function isCalledByTheCloud(code) {
  const { main } = await world.run(code);
  const event = { ToUserName: 'gh_1', FromUserName: 'oUser', CreateTime: 1, MsgType: 'event', ...payment };
  expect(await main(event, {})).toEqual({ ErrCode: 0, ErrMsg: 'success' });
}

async function answersOfficialAccount(code) {
  await serves(code);
  const gateway = createGateway(account);
  const url = await served(code);
  const answer = async (message) => (await gateway.push(url, message)).reply;
  expect(await answer(usual[0])).toMatchObject({ MsgType: 'text', Content: expect.stringMatching(SAID) });
  expect(await answer(usual[1])).toMatchObject({ MsgType: 'image', Image: { MediaId: 'M1' } });
  expect(await answer(usual[2])).toMatchObject({ Content: expect.stringMatching(/Welcome|欢迎/) });
}

async function answersByModel(code) {
  await serves(code);
  const { reply } = await createGateway(account).push(await served(code), usual[0]);
  expect(reply).toMatchObject({ Content: 'You said: hi' });
}

/** A bot that was written for `wechat`, with its session and its list. */
async function answersAsBefore(code) {
  const url = `${await world.serve(code)}/checkPushMsg`;
  const gateway = createGateway(account);
  expect(await gateway.handshake(url)).toMatchObject({ ok: true });
  const answer = async (message) => (await gateway.push(url, message)).reply;
  const say = (Content) => answer({ MsgType: 'text', FromUserName: 'oOld', Content });
  expect(await say('hi')).toMatchObject({ Content: expect.stringMatching(SAID) });
  expect(await say('menu')).toMatchObject({ Content: expect.stringMatching(/ a .*\n.* b /) });
  expect(await say('b')).toMatchObject({ MsgType: 'transfer_customer_service' });
  expect(await say('a')).toMatchObject({ Content: expect.stringContaining('18') });
  expect(await answer(usual[1])).toMatchObject({ MsgType: 'image', Image: { MediaId: 'M1' } });
  expect(await answer(usual[2])).toMatchObject({ Content: expect.stringMatching(/Welcome|欢迎/) });
  expect(await answer(usual[3])).toBeNull();
}

async function answersAsBeforeOnKoa(code) {
  const url = `${await serve(await world.run(code))}/`;
  const gateway = createGateway(account);
  expect(await gateway.handshake(url)).toMatchObject({ ok: true });
  const { reply } = await gateway.push(url, usual[0]);
  expect(reply).toMatchObject({ Content: expect.stringMatching(SAID) });
  await closeServers();
}

async function opensWhatItSealed(code) {
  await world.run(code);
  expect(world.said).toEqual([['<xml>…</xml>', 88]]);
}

async function watches(code) {
  await world.run(code);
  await serves("require('wechat-push').messagePush(account, () => 'hi');");
  await until(() => world.said.some((line) => /^text,reply,\d+,ms$/.test(line)), 3000);
}

async function findsItsAccounts(code) {
  const origin = await world.serve(code);
  const [mine, other] = [account, { token: 'TheOtherToken', appId: 'wx1111111111111111', mode: 'plain' }];
  for (const [one, name] of [
    [mine, / 1(?:: hello|：你好)$/],
    [other, / 2(?:: hello|：你好)$/],
  ]) {
    const url = `${origin}/wechat/${one.appId}`;
    expect(await createGateway(one).handshake(url)).toMatchObject({ ok: true });
    const { reply } = await createGateway(one).push(url, usual[0]);
    expect(reply).toMatchObject({ Content: expect.stringMatching(name) });
  }
  const unknown = await createGateway(mine).handshake(`${origin}/wechat/wx2`);
  expect(unknown).toMatchObject({ ok: false, status: 400 });
}

async function servesBoth(code) {
  await serves(code);
  const key = code.match(/'(\w{43})'/)[1];
  const next = createGateway({ ...account, token: 'TheNextToken', encodingAESKey: key });
  expect(await next.handshake(await served(code))).toMatchObject({ ok: true });
  expect(await next.push(await served(code), usual[0])).toMatchObject({ delivered: true, error: null });
}

async function seesThePrevious(code) {
  await world.run(code);
  await serves(
    `require('wechat-push').messagePush({ ...account, token: ['newer123', account.token] }, () => 'hi');`,
  );
  await until(() => world.said.length > 0, 3000);
  expect(world.said[0].slice(1)).toEqual([{ token: 1, key: 0 }, account.appId]);
}

/** `console.log` is followed by what it prints. */
async function explains(code) {
  await world.run(code);
  const [[{ detail, hints, ...rest }]] = world.said;
  expect(rest).toEqual({ ok: false, reason: 'signature_mismatch', code: -40001 });
  for (const text of [detail, ...hints]) expect(code).toContain(text);
}

async function passesItsTests(code) {
  const { messagePush, route } = require('..');
  const welcome = isChineseText(code) ? '欢迎！' : 'Welcome!';
  const said = isChineseText(code) ? '你说：' : 'You said: ';
  const handler = route({ text: ({ Content }) => said + Content, 'event.subscribe': () => welcome });
  world.app.use('/checkPushMsg', messagePush(account, handler));
  world.app.use('/wecom', messagePush(application, handler));
  const { token, encodingAESKey } = account;
  const botHandler = route({ text: ({ text }) => said + text.content });
  world.app.use('/wecom-bot', messagePush({ ...bot, token, encodingAESKey }, botHandler));
  const port = await freePort();
  if (!code.includes('.listen(')) world.app.listen(Number(port));
  const gateway =
    "const { createGateway } = require('wechat-push/testing'); const gateway = createGateway(account);\n";
  await world.run(
    (code.includes('createGateway(') ? '' : gateway) + code.replaceAll(/(?<=[:(])3456\b/g, port),
  );
  expect(world.tests.length).toBeGreaterThan(0);
  for (const { body } of world.tests) await body();
}

/** What customer service does not take goes by the snippet's own carrier. */
async function hasOwnCarrier(code) {
  await answersMiniProgram(code);
  const gateway = createGateway({ ...account, format: 'json' });
  const refused = { errcode: 45047, errmsg: 'out of response count limit' };
  world.answers = [refused];
  const { message } = await gateway.push(await served(code), { MsgType: 'text', Content: 'again' });
  const isSent = ({ url, body }) =>
    url.endsWith('/message/subscribe/send') && SAID.test(body.data.thing1.value);
  await until(() => world.sent.some((one) => isSent(one) && one.body.touser === message.FromUserName), 3000);
}

async function remembers(code) {
  await serves(code);
  const gateway = createGateway(account);
  const say = async (Content) =>
    (await gateway.push(await served(code), { MsgType: 'text', FromUserName: 'oNew', Content })).reply
      .Content;
  expect(await say('one')).toMatch(/^(Hello!|你好！)$/);
  expect(await say('two')).toMatch(/one$/);
}

async function counts(code) {
  await serves(code);
  const url = await served(code);
  const say = async (FromUserName) =>
    (await createGateway(account).push(url, { MsgType: 'text', FromUserName, Content: 'hi' })).reply.Content;
  expect([await say('oOne'), await say('oOne'), await say('oTwo')]).toEqual([
    expect.stringMatching(/^hi.* 1 /),
    expect.stringMatching(/^hi.* 2 /),
    expect.stringMatching(/^hi.* 1 /),
  ]);
}

/** It is given requests of WeChat's, and gives what WeChat reads. */
async function answersWithoutHttp(code) {
  const { answerTo } = await world.run(code);
  const gateway = createGateway(account);
  const { message, ...request } = gateway.request(usual[0], { url: '/wx' });
  const { Content } = gateway.read(answerTo(request).body, message);
  expect(SAID.test(Content) && Content.endsWith(usual[0].Content)).toBe(true);
  const forged = createGateway({ ...account, token: 'another' }).request(usual[0], { url: '/wx' });
  expect(answerTo(forged)).toMatchObject({ status: 400 });
}

/** The texts that left for a user: as customer-service messages, or in lines on what to send. */
function sentTo(user) {
  const texts = world.sent.filter(({ body }) => body.touser === user).map(({ body }) => body.text?.content);
  return [...texts, ...world.said.filter((line) => line.includes(user)).map((line) => line[2])];
}

/** Serves a block once for each test. */
async function served(code) {
  world.url ??= `${await world.serve(code)}/checkPushMsg`;
  return world.url;
}

async function freePort() {
  const server = net.createServer().listen(0);
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

/** `require` as `import`. */
function imports(code) {
  return code.replaceAll(/^const (.*?) = require\((.*?)\);/gm, (_, names, from) => {
    return `import ${names.replaceAll(/(\w+): (\w+)/g, '$1 as $2')} from ${from};`;
  });
}

function isChinese(page) {
  return page.includes('.zh-CN.');
}

function isChineseText(code) {
  return /\p{Script=Han}/u.test(code);
}

/** A block without its texts and comments. */
function shape({ page, code }) {
  const texts = /\/\*[^]*?\*\/|\/\/.*|'[^'\n]*'|`[^`\n]*`|"[^"\n]*"|\/.*?人工.*?\/|\s+/g;
  return {
    page: page.replace('.zh-CN', ''),
    code: code.replaceAll(", { lang: 'zh' }", '').replaceAll(texts, ''),
  };
}
