'use strict';

// What people read of the command, whatever it finds: sentences in their language, and nothing of its inside.

const fc = require('fast-check');
const { SIGNATURES } = require('../cli/answered-by.js');
const { concealer } = require('../cli/conceal.js');
const findings = require('../cli/findings.json');
const { rowOf } = require('../cli/report.js');
const pageTexts = require('../cli/play/texts.json');
const texts = require('../cli/texts.json');
const { createWords } = require('../cli/words.js');
const { ACCOUNT, app, cli, closeAll, lenient, right } = require('./support/cli.js');
const { account } = require('./support/wechat.js');

afterEach(closeAll);

const LANGUAGES = ['en', 'zh'];
const COMMANDS = ['verify', 'send', 'doctor'];
const NAMES = Object.keys(findings);

/** Something for every placeholder, of no language. */
const FACTS = {
  host: 'example.com',
  port: 443,
  wanted: 443,
  turns: 5,
  scheme: 'https',
  method: 'POST',
  status: 400,
  code: 'X1',
  type: 'text/xml',
  coding: 'gzip',
  location: 'https://example.com/a',
  body: 'BODY',
  echostr: '123',
  why: { en: 'A part is blank.', zh: '有一项是空白。' },
  ...Object.fromEntries(
    ['timeout', 'duration', 'skew', 'pause', 'limit'].map((name) => [name, { ms: 1234 }]),
  ),
};

/** The findings, each as all whom it may be about. */
const CASES = NAMES.flatMap((name) => {
  const about = SIGNATURES.filter((row) => row.name === name && row.who).map(({ who }) => who);
  return [...new Set(about.length > 0 ? about : ['nginx'])].map((who) => [name, { ...FACTS, who }]);
});

/** What a command prints of rows. */
function printed(command, rows, lang) {
  const { print } = require(`../cli/commands/${command}.js`);
  const page = { words: createWords(lang), paint: (_, text) => text };
  const nothing = { message: null, request: null, answer: null, reply: null };
  return print({ ok: false, url: 'https://example.com/', checks: rows, ...nothing }, page);
}

/** A command that failed twice by one finding. */
function failing(command, name, facts, lang) {
  const words = createWords(lang);
  const found = { verdict: 'fail', finding: { name, facts }, detail: 'too late: no answer' };
  const rows = [
    rowOf('handshake', found, words),
    rowOf('message', found, words, { mode: 'secure', format: 'xml' }),
  ];
  return printed(command, rows, lang);
}

/** Names of findings that could not be words. */
const INSIDE = new RegExp(`\\b(?:${NAMES.filter((name) => name.includes('_')).join('|')})\\b`);
const OPEN = /\{\w+\}|undefined|\[object|\bNaN\b|\bnull\b/;
/** Chinese next to punctuation of ASCII: it takes its own. */
const HALF = /\p{Script=Han} ?[,.;:?!()]|[,;?!()]\p{Script=Han}|\p{Script=Han} \p{Script=Han}/u;
/** What the field and WeChat's console call otherwise. */
const FOREIGN = /应答|(?<!TLS )握手|投递|(?<!消息)加解密方式|微信后台/;

describe.each(LANGUAGES)('in %s', (lang) => {
  test.each(COMMANDS)('%s says every finding in sentences', (command) => {
    for (const [name, facts] of CASES) {
      const text = failing(command, name, facts, lang);
      expect([name, text]).not.toEqual([name, expect.stringMatching(INSIDE)]);
      expect([name, text]).not.toEqual([name, expect.stringMatching(OPEN)]);
      const [cells] = text.match(/^✗ {2}.*$/m);
      expect(cells.endsWith(lang === 'zh' ? '见下文第 1 条' : 'see 1 below')).toBe(true);
      // Both rows are about the same, so that it is said once.
      expect(text.match(/^✗ 1\. /gm)).toHaveLength(1);
      expect(text).not.toMatch(/^✗ 2\. /m);
    }
  });

  test('two findings have two numbers, in the order of the table', () => {
    const words = createWords(lang);
    const row = (check, name) => rowOf(check, { verdict: 'fail', finding: { name, facts: FACTS } }, words);
    const rows = [row('handshake', 'bom'), row('forged_handshake', 'not_refused'), row('time', 'bom')];
    const numbers = printed('doctor', rows, lang).match(/(?<=^✗ {2}.*)\d(?=\D*$)/gm);
    expect(numbers).toEqual(['1', '2', '1']);
  });
});

describe('the Chinese', () => {
  const written = [];
  const collect = (at, value) => {
    if (typeof value.zh === 'string') written.push([at, value.zh]);
    else for (const [name, inner] of Object.entries(value)) collect(`${at}.${name}`, inner);
  };
  collect('texts', texts);
  collect('page', pageTexts);
  collect('findings', findings);

  test('of every finding has punctuation of its own', () => {
    for (const [name, facts] of CASES) {
      for (const command of COMMANDS) {
        const prose = failing(command, name, facts, 'zh').replace(/`[^`]*`/g, 'CODE');
        expect([name, prose.match(HALF)?.[0]]).toEqual([name, undefined]);
      }
      const { cause, next } = createWords('zh').finding({ name, facts });
      expect([name, cause]).toEqual([name, expect.stringMatching(/。$|：(BODY|https:\S+)$/)]);
      expect([name, next]).toEqual([name, expect.stringMatching(/。$/)]);
    }
  });

  test('of every other text has it, too', () => {
    const prose = ([at, text]) => [
      at,
      text.replace(/`[^`]*`|^ {2}wechat-push .*$/gm, 'CODE').match(HALF)?.[0],
    ];
    expect(written.map(prose).filter(([, found]) => found !== undefined)).toEqual([]);
  });

  test("calls things as the field and WeChat's console do", () => {
    expect(written.filter(([, text]) => FOREIGN.test(text))).toEqual([]);
  });

  test.each(['', ...COMMANDS, 'explain', 'play', 'record', 'keygen'])(
    'of the help has it: %s',
    async (command) => {
      const { stdout } = await cli([command, '--help', '--lang', 'zh'].filter(Boolean));
      expect(stdout).toMatch(/^用法：/);
      expect(stdout.replace(/`[^`]*`|^ {2,}.*$/gm, 'CODE').match(HALF)).toBeNull();
    },
  );

  test.each([
    [['frobnicate'], '可用的命令：explain、verify、send、doctor、play、record、keygen、migrate。'],
    [['send', 'http://127.0.0.1:1/', '--format', 'yaml'], '--format 的值只能是其中之一：xml、json。'],
    [['doctor', 'http://127.0.0.1:1/', '--token', 'abc', '--mode', 'secure'], '密文推送需要 43 位字母和数字'],
  ])('of wrong usage is whole: %j', async (args, expected) => {
    expect((await cli([...args, '--lang', 'zh'])).stderr).toContain(expected);
  });
});

describe('explain', () => {
  const { reasons } = require('../core/hints.json');
  const { print } = require('../cli/commands/explain.js');
  const names = new RegExp(`\\b(?:${Object.keys(reasons).join('|')})\\b`);
  const said = (reason, code, lang) =>
    print(
      { ok: false, reason, code, detail: 'the detail', hints: ['what to do'] },
      { words: createWords(lang), paint: (_, text) => text },
    );

  test.each(LANGUAGES)('says every reason in a sentence of its reader: %s', (lang) => {
    for (const reason of Object.keys(reasons)) {
      const [verdict, ...rest] = said(reason, -40001, lang).split('\n');
      expect([reason, verdict]).not.toEqual([reason, expect.stringMatching(names)]);
      expect(verdict).toMatch(
        lang === 'zh' ? /^✗ .*\p{Script=Han}.*。（-40001）$/u : /^✗ the detail \(-40001\)$/,
      );
      // The detail is there once in either language, and the hint last.
      expect(rest).toEqual([...(lang === 'zh' ? ['  （原始信息：the detail）'] : []), '  → what to do']);
    }
  });

  test('says the number only where there is one', () => {
    expect(said('unreadable', null, 'zh').split('\n')[0]).toBe(`✗ ${reasons.unreadable.means.zh}`);
  });
});

describe('send', () => {
  const answers = [200, 201, 302, 400, 401, 404, 405, 412, 415, 426, 500, 502].flatMap((status) =>
    ['', 'what?', '"success"', '{"code":0,"msg":"ok"}', '<html><title>x</title></html>'].map((body) => [
      status,
      body,
    ]),
  );

  test('does not speak of a handshake that it did not make', async () => {
    for (const [status, body] of answers) {
      const url = await app((req, res) => req.resume().once('end', () => res.status(status).send(body)));
      for (const lang of LANGUAGES) {
        const { stdout } = await cli(['send', url, ...ACCOUNT, '--content', 'hi', '--lang', lang]);
        expect([status, body, stdout]).not.toEqual([
          status,
          body,
          expect.stringMatching(/handshake|URL 验证|echostr/),
        ]);
      }
    }
  });
});

describe('a secret', () => {
  /** What a server may write around a value. */
  const AROUND = [
    ['', ''],
    ['?token=', '&a=1'],
    ['/wx%2F', '%2Fpush'],
    ['{"token":"', '"}'],
    ['"\\n', '\\n"'],
    ['Token: ', '; path=/'],
    ['<Token><![CDATA[', ']]></Token>'],
    ['1714036504', '1514711492'],
    ['my_', '_token'],
    ['令牌是', '吗'],
    ['\x1b[31m', '\x1b[0m'],
  ];
  const token = fc.stringMatching(/^[A-Za-z0-9]{3,32}$/);

  test('is concealed wherever it stands by itself', () => {
    fc.assert(
      fc.property(token, fc.constantFrom(...AROUND), (secret, [before, after]) => {
        const shown = concealer([secret])({ [`${before}${secret}${after}`]: [`${before}${secret}${after}`] });
        const [[name, [value]]] = Object.entries(shown);
        for (const text of [name, value]) expect(text).toContain('***');
        // A Token such as 171 may be what stands around it.
        if (!`${before}${after}`.includes(secret)) expect(name + value).not.toContain(secret);
      }),
    );
  });

  test('of eight letters, or with a digit, is concealed inside of words, too', () => {
    const sure = fc.oneof(
      fc.stringMatching(/^[a-z]{8,32}$/),
      fc.stringMatching(/^[a-z]{1,3}[0-9][a-z]{0,3}$/),
    );
    fc.assert(
      fc.property(sure, (secret) => {
        expect(concealer([secret])(`X${secret}X`)).toBe('X***X');
      }),
    );
  });

  test('of few letters leaves longer words as they are', () => {
    const conceal = concealer(['abc']);
    expect(conceal('abcdef, xabc and dabcd; but abc, "abc" and ABC')).toBe(
      'abcdef, xabc and dabcd; but ***, "***" and ABC',
    );
    expect(conceal({ abcdef: 'alphabc', abc: 1 })).toEqual({ abcdef: 'alphabc', '***': 1 });
  });

  test('of few letters does not spoil what the command prints', async () => {
    const { echoed, push } = lenient();
    const url = await app(
      echoed,
      push(() => 'the textbook says what?'),
    );
    const own = await app(right({ token: 'text', mode: 'plain' }, () => 'contexts'));
    const args = ['--token', 'text', '--mode', 'plain', '--content', 'textual'];
    expect((await cli(['send', url, ...args])).stdout).toContain('the textbook says what?');
    const { stdout, status } = await cli(['send', own, ...args]);
    expect(stdout).toContain('"Content": "contexts"');
    expect(status).toBe(0);
    expect(account.token).not.toBe('text');
  });
});
