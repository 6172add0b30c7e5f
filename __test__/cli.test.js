'use strict';

// The command: its arguments, what it prints, and how it ends; doctor has a file of its own.

const path = require('node:path');
const util = require('node:util');
const { createReceiver, explainPush, messagePush } = require('..');
const findings = require('../cli/findings.json');
const texts = require('../cli/texts.json');
const { createGateway } = require('../testing.js');
const support = require('./support/cli.js');
const { serve, signedQuery } = require('./support/servers.js');
const wechat = require('./support/wechat.js');

const { account } = wechat;
const { ACCOUNT, TOKEN, app, cli, closeAll, file, folder, lenient, removeFiles, right, start } = support;
const MODES = ['plain', 'compat', 'secure'];
const FORMATS = ['xml', 'json'];
const EVERY = MODES.flatMap((mode) => FORMATS.map((format) => [mode, format]));

afterEach(closeAll);
afterAll(removeFiles);

describe('verify', () => {
  test('passes a right server', async () => {
    const url = await app(right());
    const { status, stdout, stderr } = await cli(['verify', url, ...TOKEN]);
    expect(stdout).toMatch(/^GET http.*\/wx\?signature=[0-9a-f]{40}&echostr=\d+&/);
    expect(stdout).toContain('echostr came back as it was');
    expect([status, stderr]).toEqual([0, '']);
  });

  test('says what came back, and what to do', async () => {
    const url = await app((req, res) => res.json(req.query.echostr));
    const { status, stdout } = await cli(['verify', url, ...TOKEN]);
    expect(stdout).toMatch(/^✗ 2\. handshake: The answer stands in quotes, as JSON: "\d+"$/m);
    expect(stdout).toMatch(/^ {2}→ Send text, not JSON/m);
    expect(status).toBe(1);
  });

  test('speaks to machines', async () => {
    const url = await app(right({ token: 'another' }));
    const { status, stdout } = await cli(['verify', url, ...TOKEN, '--json']);
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      checks: [
        expect.objectContaining({ check: 'address', verdict: 'note' }),
        expect.objectContaining({ check: 'handshake', verdict: 'fail', finding: 'signature_refused' }),
      ],
      request: {
        method: 'GET',
        url: expect.stringMatching(/echostr/),
        headers: expect.any(Object),
        body: '',
      },
      answer: {
        status: 400,
        headers: expect.objectContaining({ connection: 'close' }),
        body: '{"status":400,"data":"check msg error"}',
        duration: expect.any(Number),
      },
    });
    expect(status).toBe(1);
  });
});

describe('send', () => {
  /** A server that keeps what it got. */
  async function keeping(options) {
    const got = [];
    const url = await app(right(options, (message) => got.push(message) && 'thanks'));
    return { url, got };
  }

  test.each(EVERY)('pushes in %s mode, %s, and opens the reply', async (mode, format) => {
    const { url, got } = await keeping({ mode });
    const args = ['send', url, ...ACCOUNT, '--mode', mode, '--format', format, '--content', '你好', '--json'];
    const { status, stdout } = await cli(args);
    const { ok, message, request, answer, reply } = JSON.parse(stdout);
    expect([status, ok]).toEqual([0, true]);
    expect(got).toEqual([message]);
    expect(message).toMatchObject({ MsgType: 'text', Content: '你好' });
    expect(request.body.startsWith(format === 'json' ? '{' : '<xml>')).toBe(true);
    expect(request.body.includes('Encrypt')).toBe(mode !== 'plain');
    expect(answer.status).toBe(200);
    expect(reply).toMatchObject({ MsgType: 'text', Content: 'thanks' });
  });

  test('prints request, answer and reply', async () => {
    const { url } = await keeping();
    const { stdout } = await cli(['send', url, ...ACCOUNT, '--content', 'hi']);
    expect(stdout).toMatch(/^message\n\{\n[^]*"Content": "hi"/);
    expect(stdout).toMatch(/\nPOST http[^]*<Encrypt>[^]*\n200 \(\d+ ms\)\n[^]*<MsgSignature>/);
    expect(stdout).toMatch(/\nreply\n\{\n[^]*"Content": "thanks"/);
  });

  test.each([
    [['--type', 'image'], { MsgType: 'image', MediaId: expect.any(String), PicUrl: expect.any(String) }],
    [['--type', 'text', '--content', 'a=b'], { MsgType: 'text', Content: 'a=b' }],
    [['--type', 'unheard_of'], { MsgType: 'unheard_of' }],
    [['--event', 'subscribe'], { MsgType: 'event', Event: 'subscribe', EventKey: 'qrscene_123' }],
    [
      ['--event', 'FREEPUBLISHJOBFINISH'],
      { Event: 'FREEPUBLISHJOBFINISH', PublishEventInfo: expect.any(Object) },
    ],
    [['--event', 'brand_new', '--set', 'Field=1'], { Event: 'brand_new', Field: '1' }],
    [['--event', 'SCAN', '--set', 'EventKey=4=2', '--set', 'Ticket=t'], { EventKey: '4=2', Ticket: 't' }],
  ])('makes a message of %j', async (args, expected) => {
    const { url, got } = await keeping();
    expect((await cli(['send', url, ...ACCOUNT, ...args])).status).toBe(0);
    expect(got).toEqual([expect.objectContaining(expected)]);
  });

  test.each([
    ['--event', 'click', '--event CLICK'],
    ['--event', 'subscribed', '--event subscribe'],
    ['--type', 'Text', '--type text'],
    ['--type', 'SCAN', '--event SCAN'],
  ])('tells %s %s, a near miss, and sends it', async (option, name, meant) => {
    const { url, got } = await keeping();
    const { status, stderr } = await cli(['send', url, ...ACCOUNT, option, name, '--lang', 'en']);
    expect(stderr).toBe(`wechat-push: note: no push is known as ${name}; did you mean ${meant}?\n`);
    expect([status, got.length]).toEqual([0, 1]);
  });

  test('says nothing of what is known, and of what is like nothing known', async () => {
    const { url } = await keeping();
    for (const args of [
      ['--event', 'SCAN'],
      ['--event', 'brand_new'],
      ['--type', 'location'],
    ]) {
      expect((await cli(['send', url, ...ACCOUNT, ...args])).stderr).toBe('');
    }
  });

  test('takes a message from a file, and from stdin', async () => {
    const { url, got } = await keeping();
    const message = { InfoType: 'component_verify_ticket', ComponentVerifyTicket: 'ticket@@@1' };
    const args = ['send', url, ...ACCOUNT, '--file'];
    expect((await cli([...args, file('message.json', `\ufeff${JSON.stringify(message)}`)])).status).toBe(0);
    const other = { ...message, ComponentVerifyTicket: 'ticket@@@2' };
    expect((await cli([...args, '-'], { stdin: JSON.stringify(other) })).status).toBe(0);
    expect(got).toEqual([expect.objectContaining(message), expect.objectContaining(other)]);
  });

  test('fails when WeChat would not take the reply', async () => {
    const { echoed, push } = lenient();
    const { status, stdout } = await cli([
      'send',
      await app(
        echoed,
        push(() => 'ok'),
      ),
      ...TOKEN,
      '--content',
      'x',
    ]);
    expect(stdout).toMatch(/^✗ {2}message .* see 2 below$/m);
    expect(stdout).toMatch(/^✗ 2\. message .*: The answer is neither success/m);
    expect(status).toBe(1);
  });

  test.each([
    [[], 'which_message'],
    [['--type', 'text', '--event', 'subscribe'], 'which_message'],
    [['--type', 'image', '--content', 'x'], 'content_of_text'],
    [['--content', 'x', '--set', 'x'], 'wrong_set'],
    [['--content', 'x', '--set', '1x=2'], 'wrong_message'],
    [['--file', path.join(folder, 'missing.json')], 'file_enoent'],
    [['--file', folder], 'no_file'],
    [['--file', '/dev/zero'], 'no_file'],
    [['--file', () => file('large.json', ' '.repeat(2 ** 23 + 1))], 'file_too_large'],
    [['--file', () => file('broken.json', '{"MsgType":')], 'no_json'],
    [['--file', () => file('list.json', '[]')], 'no_object'],
    [['--file', () => file('nothing.json', '{}')], 'wrong_message'],
    [
      ['--file', () => file('rounded.json', '{"MsgType":"text","MsgId":4561255354251345929}')],
      'rounded_number',
    ],
  ])('refuses %j: %s', async (args, reason) => {
    const given = args.map((arg) => (typeof arg === 'function' ? arg() : arg));
    const { status, stdout } = await cli(['send', 'http://127.0.0.1:1/', ...TOKEN, ...given, '--json']);
    expect(JSON.parse(stdout).error.reason).toBe(reason);
    expect(status).toBe(2);
  });
});

describe('explain', () => {
  const query = (token) => signedQuery(token, { echostr: '4375120948345356249' });
  const explain = (...args) => cli(['explain', ...args, ...TOKEN]);

  test.each([
    ['a URL', () => `https://example.com/wx?${query('sesame')}`],
    ['a query', () => query('sesame')],
    ['a log line', () => `1.2.3.4 - - "GET /wx?${query('sesame')} HTTP/1.1" 200 19 "-" "Mozilla/4.0"`],
  ])('takes %s', async (_, given) => {
    const { status, stdout, stderr } = await explain(given());
    expect(stdout).toMatch(/^✓ nothing wrong\n/);
    expect([status, stderr]).toEqual([0, '']);
  });

  test('takes a line in pieces, and from stdin', async () => {
    expect((await explain('GET', `/wx?${query('sesame')}`, '200')).status).toBe(0);
    const { status, stdout } = await cli(['explain', '-', ...TOKEN], { stdin: query('sesame\n') });
    expect(stdout).toMatch(/^✗ signature is not the SHA-1 .* \(-40001\)\n {2}→ .*blank/);
    expect(status).toBe(1);
  });

  test('is what explainPush says, in the language', async () => {
    for (const lang of ['en', 'zh']) {
      const { status, stdout } = await explain(query('Sesame'), '--json', '--lang', lang);
      expect(JSON.parse(stdout)).toEqual(explainPush(query('Sesame'), account.token, { lang }));
      expect(status).toBe(1);
    }
    expect((await explain(query('Sesame'), '--lang', 'zh')).stdout).toMatch(/→ .*\p{Script=Han}/u);
  });

  test('takes the body of a push, however old, and its key', async () => {
    const { url, body } = wechat.push({ encrypted: true, timestamp: '1714036504' });
    const at = file('body.xml', body);
    const args = ['explain', url, ...ACCOUNT];
    expect(JSON.parse((await cli([...args, '--json'])).stdout).reason).toBe('body_not_given');
    expect((await cli([...args, '--body', at])).status).toBe(0);
    expect((await cli([...args, '--body', '-'], { stdin: body })).status).toBe(0);
    const other = account.encodingAESKey.toLowerCase();
    const wrong = await cli([...args, '--body', at, '--encoding-aes-key', other, '--json']);
    expect(JSON.parse(wrong.stdout)).toMatchObject({ ok: false, reason: 'decryption_failed' });
    expect(wrong.stdout).not.toContain(other);
  });

  test('sees that a body is no UTF-8, from a file and from stdin', async () => {
    const gbk = Buffer.from('<xml><Content>\xc4\xe3</Content></xml>', 'latin1');
    for (const [at, input] of [
      [file('gbk.xml', gbk), {}],
      ['-', { stdin: gbk }],
    ]) {
      const { stdout } = await cli(
        ['explain', `POST /wx?${signedQuery('sesame')}`, '--body', at, ...TOKEN, '--json'],
        input,
      );
      expect(JSON.parse(stdout).reason).toBe('invalid_utf8');
    }
  });

  test('says what is wrong with the account', async () => {
    const { status, stdout } = await explain(query('sesame'), '--encoding-aes-key', 'short', '--json');
    expect(JSON.parse(stdout).reason).toBe('invalid_options');
    expect(status).toBe(1);
  });

  test('does not obey what is in a line', async () => {
    const { stdout } = await explain(
      'GET /wx?signature=%1b[2J\x1b[2J&timestamp=1714036504&nonce=\x9b1&x=\u202e 200',
    );
    // oxlint-disable-next-line no-control-regex -- those are what must not be there
    expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  });
});

describe('keygen', () => {
  test('makes what an account takes, another each time', async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, async () => JSON.parse((await cli(['keygen', '--json'])).stdout)),
    );
    for (const { ok, token, encodingAESKey } of made) {
      expect(ok).toBe(true);
      expect(token).toMatch(/^[A-Za-z0-9]{32}$/);
      expect(encodingAESKey).toMatch(/^[A-Za-z0-9]{43}$/);
      createReceiver({ token, encodingAESKey, appId: account.appId });
    }
    expect(new Set(made.flatMap(({ token, encodingAESKey }) => [token, encodingAESKey])).size).toBe(40);
  });

  test('prints what the environment takes', async () => {
    const { status, stdout } = await cli(['keygen']);
    expect(stdout).toMatch(/^WECHAT_PUSH_TOKEN=\w{32}\nWECHAT_PUSH_ENCODING_AES_KEY=\w{43}\n$/);
    expect(status).toBe(0);
    const env = Object.fromEntries(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split('=')),
    );
    const url = await app(
      right({ token: env.WECHAT_PUSH_TOKEN, encodingAESKey: env.WECHAT_PUSH_ENCODING_AES_KEY }),
    );
    const all = { ...env, WECHAT_PUSH_APP_ID: account.appId };
    expect((await cli(['doctor', url], { env: all })).status).toBe(0);
  });
});

describe('arguments', () => {
  const SOMEWHERE = 'http://127.0.0.1:1/';
  const WECOM = ['--token', 'secret', '--platform', 'wecom'];
  const BOT = ['--token', 'secret', '--platform', 'wecom-bot'];
  const CLOUD = ['--trust', 'cloudrun'];
  test.each([
    [[], 'no_command', 'verify'],
    [['doktor'], 'unknown_command_near', '“doctor”'],
    [['Verify', SOMEWHERE], 'unknown_command_near', '“verify”'],
    [['frobnicate'], 'unknown_command', 'keygen'],
    [['verify', '--tokn', 'secret', SOMEWHERE], 'unknown_option_near', '--token'],
    [['verify', '--tocken=secret', SOMEWHERE], 'unknown_option_near', '--token'],
    [['verify', '-x', SOMEWHERE], 'unknown_option', '-x'],
    [['keygen', '--token', 'secret'], 'foreign_option', 'keygen'],
    [['verify', SOMEWHERE, '--event', 'x'], 'foreign_option', '--event'],
    [['verify', SOMEWHERE, '--token'], 'no_value', '--token TOKEN'],
    [['verify', SOMEWHERE, '--token='], 'no_value', '--token TOKEN'],
    [['verify', SOMEWHERE, '--token', '--lang=en'], 'no_value', '--token TOKEN'],
    [['verify', SOMEWHERE, '--json=yes'], 'no_value_wanted', '--json'],
    [['verify', SOMEWHERE, '--mode', 'plain'], 'foreign_option', '--mode'],
    [['verify', SOMEWHERE, '--format', 'json'], 'foreign_option', '--format'],
    [['verify', SOMEWHERE, '--app-id', 'wx1'], 'foreign_option', '--app-id'],
    [['explain', 'signature=x', '--format', 'json'], 'foreign_option', '--format'],
    [['send', SOMEWHERE, '--format', 'yaml'], 'wrong_choice', 'xml, json'],
    [['send', SOMEWHERE, '--mode', 'plain,secure'], 'wrong_choice', 'plain, compat, secure'],
    [['explain', 'signature=x', '--mode', 'plain,secure'], 'wrong_choice', 'plain, compat, secure'],
    [['doctor', SOMEWHERE, '--mode', 'plain,safe'], 'wrong_choices', 'plain, compat, secure'],
    [['doctor', SOMEWHERE, '--timeout', 'soon'], 'wrong_timeout', '600'],
    [['doctor', SOMEWHERE, '--timeout', '0'], 'wrong_timeout', '600'],
    [['doctor', SOMEWHERE, '--timeout', '601'], 'wrong_timeout', '600'],
    [['doctor', SOMEWHERE, '--timeout', '1e9'], 'wrong_timeout', '600'],
    [['explain', '--token', 'secret'], 'needs_request', 'explain'],
    [['explain', 'signature=x'], 'no_token', '--token'],
    [['explain', '-', '--body', '-', '--token', 'secret'], 'stdin_twice', 'both'],
    [['explain', 'signature=x', '--body', 'missing.xml', '--token', 'secret'], 'file_enoent', 'missing.xml'],
    [['verify'], 'needs_url', '0'],
    [['verify', SOMEWHERE, 'secret'], 'needs_url', '2'],
    [['keygen', 'secret'], 'needs_nothing', '1'],
    [['verify', SOMEWHERE], 'no_token', 'WECHAT_PUSH_TOKEN'],
    [['verify', 'example.com/wx', '--token', 'secret'], 'wrong_url_near', 'https://example.com/wx'],
    [['verify', 'localhost:3000/wx', '--token', 'secret'], 'wrong_url_near', 'http://localhost:3000/wx'],
    [['verify', '127.0.0.1:3000', '--token', 'secret'], 'wrong_url_near', 'http://127.0.0.1:3000'],
    [['verify', 'ftp://example.com/', '--token', 'secret'], 'wrong_url', 'http://'],
    [['verify', 'http://', '--token', 'secret'], 'wrong_url', 'http://'],
    [['verify', '', '--token', 'secret'], 'wrong_url', 'http://'],
    [['doctor', SOMEWHERE, '--token', 'secret', '--mode', 'secure'], 'wrong_encodingAESKey', '43'],
    [['doctor', SOMEWHERE, '--token', 'secret', '--encoding-aes-key', 'x'], 'wrong_encodingAESKey', '43'],
    [
      ['doctor', SOMEWHERE, '--token', 'secret', '--encoding-aes-key', account.encodingAESKey],
      'wrong_appId',
      '--app-id',
    ],
    [['verify', SOMEWHERE, '--platform', 'wechat', '--token', 'secret'], 'wrong_choice', 'wecom'],
    [['send', SOMEWHERE, ...WECOM, '--receive-id=ww1', ...CLOUD, '--content=x'], 'wrong_trust', '--trust'],
    [['verify', SOMEWHERE, '--platform=wecom', '--receive-id=ww1', ...CLOUD], 'wrong_trust', '--trust'],
    [['keygen', '--platform', 'wechat'], 'wrong_choice', 'third-party'],
    [['doctor', SOMEWHERE, '--trust', 'cloud'], 'wrong_choice', 'cloudrun'],
    [['doctor', SOMEWHERE, '--token', 'secret', '--receive-id', 'ww1'], 'wrong_receiveId', 'wecom'],
    [['verify', SOMEWHERE, ...WECOM], 'no_receive_id', '--receive-id'],
    [['verify', SOMEWHERE, ...WECOM, '--receive-id'], 'no_value', '--receive-id ID'],
    [['verify', SOMEWHERE, ...WECOM, '--receive-id', ''], 'wrong_encodingAESKey', '--encoding-aes-key'],
    [['doctor', SOMEWHERE, ...WECOM, '--receive-id=ww1', '--app-id', 'wx1'], 'no_app_id', '--receive-id'],
    [['send', SOMEWHERE, ...WECOM, '--receive-id=ww1', '--mode', 'plain'], 'no_modes', '--mode'],
    [['send', SOMEWHERE, ...BOT, '--format', 'xml', '--content=x'], 'only_json', '--format'],
    [['doctor', SOMEWHERE, ...BOT, '--format', 'xml,json'], 'only_json', '--format'],
    [['doctor', SOMEWHERE, '--token', 'secret', '--platform', 'third-party'], 'wrong_encodingAESKey', '43'],
  ])('%j is refused: %s', async (args, reason, words) => {
    const { status, stdout, stderr } = await cli(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^wechat-push: .+\nRun `wechat-push --help` for usage\.\n$/);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('secret');
    const machine = await cli(['--json', ...args], { env: { LANG: 'zh_CN.UTF-8' } });
    const { error } = JSON.parse(machine.stdout);
    expect(error.reason).toBe(reason);
    if (!args.includes('--lang=en')) expect(error.message).toMatch(/\p{Script=Han}/u);
  });

  test('a language that is not there is refused in that of the locale', async () => {
    const { status, stderr } = await cli(['keygen', '--lang', 'fr'], { env: { LANG: 'zh_CN.UTF-8' } });
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^wechat-push: --lang .*zh、en。\n用法/)]);
  });

  test('options may stand anywhere, and the last one counts', async () => {
    const url = await app(right());
    expect((await cli(['--token', 'another', 'verify', '--lang=zh', url, '--token=sesame'])).status).toBe(0);
  });

  test('secrets come from the environment, options before it', async () => {
    const url = await app(right());
    const env = { WECHAT_PUSH_TOKEN: account.token };
    expect((await cli(['verify', url], { env })).status).toBe(0);
    expect((await cli(['verify', url, '--token', 'another'], { env })).status).toBe(1);
    expect((await cli(['verify', url], { env: { WECHAT_PUSH_TOKEN: '' } })).status).toBe(2);
    const needless = {
      ...env,
      WECHAT_PUSH_APP_ID: 'wx1',
      WECHAT_PUSH_RECEIVE_ID: 'ww1',
      WECHAT_PUSH_ENCODING_AES_KEY: 'short',
    };
    expect((await cli(['verify', url], { env: needless })).status).toBe(0);
  });

  test('a Token that the console cannot hold is noted', async () => {
    const url = await app(right({ token: 'sesame ' }));
    const { status, stderr } = await cli(['verify', url, '--token', 'sesame ']);
    expect(stderr).toContain('3 to 32 letters and digits');
    expect(status).toBe(0);
  });
});

describe('help', () => {
  test.each(['--help', '-h', 'help'])('%s shows every command', async (ask) => {
    const { status, stdout } = await cli([ask]);
    for (const name of [
      'explain <url|query|log line>',
      'verify <url>',
      'send <url>',
      'doctor <url>',
      'keygen',
      'migrate [folder]',
    ])
      expect(stdout).toContain(name);
    expect(status).toBe(0);
  });

  test.each([
    ['explain', '--body'],
    ['verify', '--timeout'],
    ['send', '--event'],
    ['doctor', '--mode'],
    ['keygen', '--json'],
    ['migrate', '--write'],
  ])('of %s shows its options in both languages', async (name, option) => {
    const { stdout, status } = await cli([name, '--help']);
    expect(stdout).toMatch(new RegExp(`^Usage: wechat-push ${name}`));
    expect(stdout).toContain(option);
    expect(status).toBe(0);
    expect((await cli(['help', name])).stdout).toBe(stdout);
    const chinese = (await cli([name, '--help', '--lang', 'zh'])).stdout;
    expect(chinese).toMatch(new RegExp(`^用法：wechat-push ${name}`));
    expect(chinese.match(/--[a-z-]+/g)).toEqual(stdout.match(/--[a-z-]+/g));
  });

  test.each(['--version', '-v'])('%s says the version', async (ask) => {
    const { version } = require('../package.json');
    expect(await cli([ask])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(JSON.parse((await cli([ask, '--json'])).stdout)).toEqual({ version });
  });
});

describe('languages', () => {
  test.each([
    [{ LANG: 'zh_CN.UTF-8' }, [], 'zh'],
    [{ LANG: 'en_US.UTF-8' }, [], 'en'],
    [{ LANG: 'C' }, [], 'en'],
    [{ LANG: 'en_US.UTF-8', LC_MESSAGES: 'zh_TW.UTF-8' }, [], 'zh'],
    [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C.UTF-8' }, [], 'en'],
    [{ LANG: 'zh_CN.UTF-8' }, ['--lang', 'en'], 'en'],
    [{ LANG: 'en_US.UTF-8' }, ['--lang=zh'], 'zh'],
  ])('%j with %j is %s', async (env, args, lang) => {
    const { stdout } = await cli(['--help', ...args], { env });
    expect(stdout.startsWith(lang === 'zh' ? '用法' : 'Usage')).toBe(true);
  });

  test('all of doctor is Chinese', async () => {
    const url = await app((_, res) => res.status(404).end());
    const { stdout } = await cli(['doctor', url, ...ACCOUNT, '--lang', 'zh']);
    expect(stdout).toMatch(/✗ {2}URL 验证 +404 +\d+ 毫秒 {2}见下文第 2 条/);
    expect(stdout).toMatch(/✗ 2\. URL 验证：这个路径上没有 GET 的处理程序（404）。\n {2}→ /);
    expect(stdout).toMatch(/\d 项检查，\d 项未通过。\n$/);
  });

  test('every text is there in both, with the same facts in it', () => {
    const pairs = [];
    const collect = (at, value) => {
      if (typeof value.en === 'string') pairs.push([at, value]);
      else for (const [name, inner] of Object.entries(value)) collect(`${at}.${name}`, inner);
    };
    collect('texts', texts);
    collect('findings', findings);
    expect(pairs.length).toBeGreaterThan(150);
    for (const [at, text] of pairs) {
      const facts = ({ [at]: of }) => [...new Set(of.match(/\{\w+\}/g))].toSorted();
      expect([at, Object.keys(text)]).toEqual([at, ['en', 'zh']]);
      expect([at, facts({ [at]: text.zh })]).toEqual([at, facts({ [at]: text.en })]);
      expect([at, text.en]).not.toEqual([at, expect.stringMatching(/\p{Script=Han}/u)]);
    }
    const lacking = pairs.filter(
      ([at, { zh }]) => !/\p{Script=Han}|[、：（，]/u.test(zh) && at !== 'texts.argument.url',
    );
    expect(lacking).toEqual([]);
  });
});

describe('what is printed', () => {
  test('holds no secret, even when the server tells it', async () => {
    const tells = await app((_, res) =>
      res
        .set('X-Debug', `${account.token} ${account.encodingAESKey}`)
        .status(302)
        .set('Location', `/login?t=${account.token}`)
        .send(`Token is ${account.token}, key is ${account.encodingAESKey}`),
    );
    for (const args of [['verify'], ['doctor'], ['send', '--content', 'x']]) await expectSilence(args, tells);
  });

  test.each([
    ['in a text', { MsgType: 'text', Content: `${account.token} ${account.encodingAESKey}` }],
    ['as its kind', { MsgType: account.token }],
    ['as a name', { MsgType: 'text', Content: 'x', [account.token]: { [account.token]: account.token } }],
  ])('holds no secret of a sealed reply, %s', async (_, reply) => {
    const tells = await app(right({}, () => reply));
    for (const args of [['doctor'], ['send', '--content', account.token]]) await expectSilence(args, tells);
    await expectSilence(['send', '--mode', 'plain', '--content', account.token], tells);
  });

  test.each([
    ['the root element', `<${account.token}></${account.token}>`],
    ['the AppID', null],
  ])('holds no secret that is %s of a wrong reply', async (_, body) => {
    const other = createReceiver({ ...account, appId: account.token });
    const { url, body: sent } = createGateway({ ...account, appId: account.token }).request({
      MsgType: 'text',
    });
    const foreign = other.respond(other.receive({ method: 'POST', url, body: sent }), 'x').body;
    const { echoed, push } = lenient();
    const tells = await app(
      echoed,
      push(() => body ?? foreign),
    );
    for (const args of [['doctor'], ['send', '--content', 'x']]) await expectSilence(args, tells);
  });

  async function expectSilence([command, ...args], url) {
    const env = { WECHAT_PUSH_APP_ID: account.appId, WECHAT_PUSH_ENCODING_AES_KEY: account.encodingAESKey };
    for (const more of [[], ['--json']]) {
      const { stdout, stderr } = await cli([command, url, ...TOKEN, ...args, ...more], { env });
      expect(stdout).not.toContain(account.token);
      expect(stdout).not.toContain(account.encodingAESKey);
      expect(stdout).not.toBe('');
      expect(stderr).toBe('');
    }
  }

  test.each(['', '--json'])('holds nothing of the server that a terminal obeys %s', async (json) => {
    const odd = '\x1b]0;title\x07\x9b2J\u202eevil\x7f\u061c\u2028\u2066';
    const broken = await app((_, res) => res.setHeader('X-Odd', '\x9b2J').send(odd));
    const answers = await serve(messagePush(account, () => odd));
    const message = ['--content', odd];
    for (const args of [
      ['verify', broken, ...TOKEN],
      ['doctor', broken, ...TOKEN],
      ['send', broken, ...TOKEN, ...message],
      ['send', answers, ...ACCOUNT, ...message],
    ]) {
      const { stdout } = await cli([...args, json].filter(Boolean));
      // oxlint-disable-next-line no-control-regex -- those are what must not be there
      expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u2028-\u202e\u2066-\u2069]/);
      expect(stdout).toContain('evil');
    }
  });

  test('has colours on a terminal only, unless NO_COLOR says otherwise', async () => {
    const url = await app(right());
    const args = ['verify', url, ...TOKEN];
    const colours = ({ stdout }) => stdout.includes('\x1b[32m');
    expect(colours(await cli(args, { tty: true }))).toBe(true);
    expect(colours(await cli(args))).toBe(false);
    expect(colours(await cli(args, { tty: true, env: { NO_COLOR: '1' } }))).toBe(false);
    expect(colours(await cli(args, { tty: true, env: { TERM: 'dumb' } }))).toBe(false);
    expect(JSON.parse((await cli([...args, '--json'], { tty: true })).stdout).ok).toBe(true);
  });

  test('is plain where Node has no styleText yet', async () => {
    const { styleText } = util;
    util.styleText = undefined;
    const { status, stdout } = await cli(['keygen'], { tty: true });
    const { stdout: checked } = await cli(['verify', await app(right()), ...TOKEN], { tty: true });
    util.styleText = styleText;
    expect(status).toBe(0);
    expect(stdout + checked).not.toContain('\x1b');
  });

  test('says on a terminal what is being done, and wipes it out', async () => {
    const url = await app(right());
    const { stderr } = await cli(['doctor', url, ...ACCOUNT, '--json'], { tty: true });
    for (const name of ['address', 'handshake', 'message', 'message of 2 MiB'])
      expect(stderr).toContain(`… ${name}`);
    expect(stderr.endsWith('\r\x1b[2K')).toBe(true);
  });
});

describe('as a process', () => {
  test('Ctrl-C ends it at once', async () => {
    const asked = deferred();
    const url = await app(() => asked.resolve());
    const { child, ended } = start(['verify', url, ...TOKEN, '--timeout', '60']);
    await asked.promise;
    child.kill('SIGINT');
    expect(await ended).toEqual({ status: 130, signal: null, stdout: '', stderr: '' });
  });

  test('a reader that goes away is no error', async () => {
    const { child, ended } = start(['--help']);
    child.stdout.destroy();
    expect(await ended).toMatchObject({ status: 0, stderr: '' });
    const url = await app((_, res) => res.status(500).end());
    const failing = start(['doctor', url, ...ACCOUNT]);
    failing.child.stdout.destroy();
    expect(await failing.ended).toMatchObject({ status: 1, stderr: '' });
  });

  test('all of a long document gets through a pipe', async () => {
    const url = await app((_, res) => res.send('x'.repeat(1e6)));
    const { stdout, status } = await start(['verify', url, ...TOKEN, '--json']).ended;
    expect(JSON.parse(stdout).answer.body).toHaveLength(1e6);
    expect(status).toBe(1);
  });

  test('wrong usage is 2, without a trace', async () => {
    const { status, stdout, stderr } = await start(['doctor']).ended;
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr.split('\n')).toHaveLength(3);
  });

  test('reads its message from a pipe', async () => {
    const url = await app(right());
    const { child, ended } = start(['send', url, ...ACCOUNT, '--file', '-', '--json']);
    child.stdin.end('{"MsgType":"text","Content":"piped"}');
    const { stdout, status } = await ended;
    expect(JSON.parse(stdout).reply.Content).toBe('You said: piped');
    expect(status).toBe(0);
  });
});

function deferred() {
  const made = {};
  made.promise = new Promise((resolve) => (made.resolve = resolve));
  return made;
}
