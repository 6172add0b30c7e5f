'use strict';

// What `migrate` finds in bots of many styles, what it makes of them, and what it leaves alone.

const { execFileSync, fork, spawnSync } = require('node:child_process');
const crypto = require('node:crypto');
const { once } = require('node:events');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { filesOf } = require('../cli/migrate/files.js');
const { edited, write } = require('../cli/migrate/edits.js');
const { readFile } = require('../cli/migrate/read-file.js');
const { createGateway } = require('../testing.js');
const { cli } = require('./support/cli.js');
const { account } = require('./support/wechat.js');
const wechatPush = require('..');
const styles = require('./migrate/styles.js');

const bots = path.join(__dirname, 'migrate', 'bots');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wechat-push-migrate-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** A new folder with files of these texts. */
function project(files) {
  const root = fs.mkdtempSync(path.join(folder, 'project-'));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
  return root;
}

async function json(args) {
  const { status, stdout, stderr } = await cli(['migrate', '--json', ...args]);
  expect(stderr).toBe('');
  return { status, ...JSON.parse(stdout) };
}

/** What is found in a text, as `kind` with its doubt and whether it is rewritten. */
function found(text, name = 'bot.js') {
  return readFile(name, text).findings.map(({ kind, sure, edits }) => [kind, sure, edits.length > 0]);
}

/** All files of a folder by their texts. */
function contents(root) {
  const names = fs.readdirSync(root, { recursive: true }).toSorted();
  return names.flatMap((name) => {
    const file = path.join(root, name);
    return fs.statSync(file).isFile() ? [[name, fs.readFileSync(file, 'utf8')]] : [];
  });
}

describe('twelve bots', () => {
  test('each place is found, by file, line and kind', async () => {
    const { status, ok, found: all, files } = await json([bots]);
    expect([status, ok, files]).toEqual([1, false, 17]);
    const places = all.map(({ file, line, kind, code, sure, edit }) =>
      [`${file}:${line}`, kind, code, sure ? '' : 'doubtful', edit ? 'edit' : ''].filter(Boolean).join(' '),
    );
    expect(places).toEqual([
      '01-snippet/server.js:14 signature checkSignature(…) edit',
      '02-modules/src/index.mjs:9 signature ….toSorted() edit',
      '03-typescript/crypto.ts:11 msg_signature getSignature(…)',
      '03-typescript/crypto.ts:20 decryption decrypt(…) doubtful',
      '04-sha1-library/wechat.js:6 signature ….sort()',
      '05-callbacks/verify.js:9 signature verify(…)',
      '06-workers/worker.js:7 signature isFromWeChat(…)',
      "07-wechat/app.js:2 package require('wechat') edit",
      '07-wechat/app.js:11 use List.add',
      '07-wechat/app.js:12 use res.nowait',
      '07-wechat/app.js:13 use res.reply',
      '07-wechat/app.js:21 use res.reply',
      '07-wechat/app.js:22 use res.reply',
      '07-wechat/app.js:23 use middlewarify',
      '07-wechat/package.json:7 dependency "wechat"',
      '07-wechat/lib/text.js:2 use req.wxsession',
      '07-wechat/lib/text.js:2 use req.wxsession',
      '07-wechat/lib/text.js:4 use res.transfer2CustomerService',
      '07-wechat/lib/text.js:5 use req.weixin',
      "08-two-accounts/index.js:2 package require('wechat') edit",
      '08-two-accounts/index.js:10 use req.wechat_token',
      '08-two-accounts/routes/answer.js:2 use req.weixin',
      "09-co-wechat/app.mjs:2 package from 'co-wechat' edit",
      '09-co-wechat/app.mjs:7 use middleware',
      '09-co-wechat/app.mjs:10 use ctx.weixin_xml',
      '10-wechat-crypto/push.js:1 package require("wechat-crypto") edit',
      '10-wechat-crypto/push.js:9 use cryptor.getSignature',
      '10-wechat-crypto/push.js:10 use cryptor.decrypt',
      "11-wecom-nest/src/callback.controller.ts:2 package from '@wecom/crypto' edit",
      '11-wecom-nest/src/callback.controller.ts:11 use getSignature',
      '11-wecom-nest/src/callback.controller.ts:13 use decrypt',
      '11-wecom-nest/src/callback.controller.ts:18 use decrypt',
      "12-relatives/index.js:1 package require('node-easywechat')",
    ]);
  });

  test('nothing is changed without --write, and with it exactly the diff', async () => {
    const [read, written, patched] = ['read', 'written', 'patched'].map((name) => path.join(folder, name));
    for (const copy of [read, written, patched]) fs.cpSync(bots, copy, { recursive: true });
    const { diff } = await json([read]);
    expect(contents(read)).toEqual(contents(bots));

    const result = await json([written, '--write']);
    expect([result.diff, result.written.every(({ failed }) => failed === null)]).toEqual([diff, true]);
    expect(contents(written)).not.toEqual(contents(bots));
    execFileSync('git', ['apply', '--unidiff-zero'], { cwd: patched, input: `${diff}\n` });
    expect(contents(patched)).toEqual(contents(written));

    const again = await json([written, '--write']);
    expect([again.diff, again.written]).toEqual(['', []]);
  });

  test('what was rewritten still says who may speak', async () => {
    const root = path.join(folder, 'speaks');
    fs.cpSync(path.join(bots, '01-snippet'), root, { recursive: true });
    const before = checkerOf(fs.readFileSync(path.join(root, 'server.js'), 'utf8'));
    await json([root, '--write']);
    const text = fs.readFileSync(path.join(root, 'server.js'), 'utf8');
    expect(text).toContain("const { checkPush } = require('wechat-push');");
    expect(text).not.toContain('crypto');
    for (const query of styles.queries('sesame')) {
      expect([query, checkerOf(text)(query)]).toEqual([query, before(query)]);
    }
  });

  /** `checkSignature` of a server that is not started. */
  function checkerOf(text) {
    const express = () => ({ get() {}, listen() {} });
    const modules = { express, crypto, 'wechat-push': wechatPush };
    const environment = { env: { WX_TOKEN: 'sesame' } };
    return new Function('require', 'process', `${text}; return checkSignature;`)(
      (name) => modules[name],
      environment,
    );
  }

  test('says it to people in both languages', async () => {
    const english = (await cli(['migrate', bots])).stdout;
    expect(english).toContain('07-wechat/app.js:13,21,22');
    expect(english).toMatch(/^\? {2}03-typescript\/crypto\.ts:20 .* looks like it: /m);
    expect(english).toMatch(/\n33 places in 15 of 17 files to move over\.\n/);
    const chinese = (await cli(['migrate', bots, '--lang', 'zh'])).stdout;
    expect(chinese).toMatch(/\n17 个文件中的 15 个，共 33 处要迁移。\n/);
    expect(chinese.match(/^[→?] .*/gm)).toHaveLength(english.match(/^[→?] .*/gm).length);
  });
});

describe('a bot that has moved over by --write alone', () => {
  const root = path.join(folder, 'moved');
  const children = [];
  beforeAll(async () => {
    fs.cpSync(bots, root, { recursive: true });
    expect((await json([root, '--write'])).written.length).toBeGreaterThan(5);
    fs.mkdirSync(path.join(root, 'node_modules'));
    const link = (name, to) => fs.symlinkSync(to, path.join(root, 'node_modules', name), 'dir');
    for (const name of ['express', 'koa', 'xml2js'])
      link(name, path.join(__dirname, '..', 'node_modules', name));
    link('wechat-push', path.join(__dirname, '..'));
    fs.writeFileSync(path.join(root, 'free-port.cjs'), FREE_PORT);
  });
  afterAll(() => children.forEach((child) => child.kill()));

  /** Starts a server on a free port; resolves to its origin. */
  async function start(file, env) {
    const options = {
      cwd: root,
      env: { ...process.env, ...env },
      execArgv: ['--require', './free-port.cjs'],
    };
    const child = fork(path.join(root, file), options);
    children.push(child);
    const [port] = await once(child, 'message');
    return `http://127.0.0.1:${port}`;
  }

  const ACCOUNT = { WX_TOKEN: account.token, WX_APPID: account.appId, WX_AES_KEY: account.encodingAESKey };
  const text = (Content, FromUserName = 'oUser') => ({ MsgType: 'text', Content, FromUserName });

  test('wechat, with handlers by type, a session and a list', async () => {
    const url = `${await start('07-wechat/app.js', ACCOUNT)}/wechat`;
    const gateway = createGateway(account);
    expect(await gateway.handshake(url)).toMatchObject({ ok: true });
    const say = async (message) => (await gateway.push(url, message)).reply;
    expect(await say({ Event: 'subscribe' })).toMatchObject({ Content: 'Welcome!' });
    expect(await say({ Event: 'VIEW', EventKey: 'https://example.com' })).toBeNull();
    expect(await say({ MsgType: 'image', PicUrl: 'http://x', MediaId: 'M1' })).toMatchObject({
      Image: { MediaId: 'M1' },
    });
    expect(await say(text('hi'))).toMatchObject({ Content: 'hi, said 1 times' });
    expect(await say(text('hi'))).toMatchObject({ Content: 'hi, said 2 times' });
    expect(await say(text('hi', 'oOther'))).toMatchObject({ Content: 'hi, said 1 times' });
    expect((await say(text('menu'))).Content).toContain('a');
    expect(await say(text('b'))).toMatchObject({ Content: 'Shenzhen' });
    expect(await say(text('human'))).toMatchObject({ MsgType: 'transfer_customer_service' });
  });

  test('wechat, with two accounts by path', async () => {
    const origin = await start('08-two-accounts/index.js', { PORT: '3000' });
    for (const [name, token] of Object.entries({ one: 'TokenOfTheFirst', two: 'TokenOfTheSecond' })) {
      const url = `${origin}/wechat/${name}`;
      expect(await createGateway(token).handshake(url)).toMatchObject({ ok: true });
      const { reply } = await createGateway(token).push(url, text(name));
      expect(reply).toMatchObject({ MsgType: 'news', Articles: { item: [{ Title: name }] } });
    }
    expect(await createGateway('TokenOfTheFirst').handshake(`${origin}/wechat/two`)).toMatchObject({
      ok: false,
    });
  });

  test('co-wechat on Koa', async () => {
    const environment = { ...ACCOUNT, WX_KEY: account.encodingAESKey };
    const url = `${await start('09-co-wechat/app.mjs', environment)}/`;
    const gateway = createGateway(account);
    expect(await gateway.handshake(url)).toMatchObject({ ok: true });
    expect((await gateway.push(url, text('hi'))).reply).toMatchObject({ Content: 'You said: hi' });
    expect(await gateway.push(url, { Event: 'subscribe' })).toMatchObject({ delivered: true, reply: null });
  });

  test('wechat-crypto behind a body parser of its own', async () => {
    const environment = { TOKEN: account.token, AES_KEY: account.encodingAESKey, APPID: account.appId };
    const server =
      "require('express')().use(require('express').text({ type: '*/*' }), require('./push.js')).listen(3000);";
    fs.writeFileSync(path.join(root, '10-wechat-crypto/server.js'), server);
    const url = `${await start('10-wechat-crypto/server.js', environment)}/`;
    expect(await createGateway(account).push(url, text('hi'))).toMatchObject({ delivered: true });
    const forged = createGateway({ ...account, token: 'another' });
    expect((await forged.push(url, text('hi'))).error).toMatchObject({ reason: 'unexpected_status' });
  });
});

/** Has a program listen where it may, and tell where. */
const FREE_PORT = `
const { Server } = require('node:net');
const { listen } = Server.prototype;
Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, 0, '127.0.0.1', () => process.send(this.address().port));
};`;

describe('the signature, however it is written', () => {
  const all = styles.all();

  test('every style is found', () => {
    expect(all.length).toBeGreaterThan(500);
    for (const { code, file } of all) {
      expect([code, found(code, file)]).toEqual([code, [['signature', true, expect.any(Boolean)]]]);
    }
  });

  test('what is rewritten says the same of every query', () => {
    let rewritten = 0;
    for (const { code, file, run } of all) {
      const { edits } = readFile(file, code);
      if (edits.length === 0) continue;
      rewritten++;
      const after = edited(code, edits);
      expect(after).toContain('checkPush(');
      expect([after, found(after, file)]).toEqual([after, []]);
      const [old, fresh] = [run(code), run(after)];
      for (const query of styles.queries('sesame')) {
        expect([after, query, fresh(query)]).toEqual([after, query, old(query)]);
      }
    }
    expect(rewritten).toBeGreaterThan(100);
  });

  test.each([
    ['a Token that changes meanwhile', "token = 'other';"],
    ['a list that somebody else gets', 'log(list);'],
    ['a list that grows', "list.push('more');"],
    ['a hash that is used elsewhere', 'log(hash);'],
    ['a nonce that is set', 'query.nonce = 1;'],
    ['another comparison of it', 'if (hash === query.other) return true;'],
    ['a Token of a block', '{ const token = 1; audit(token); }'],
    ['a query of a block', 'for (const [query] of more) audit(query);'],
    ['a query that is caught', 'try { audit(); } catch (query) { audit(query); }'],
    ['a list that is declared twice', 'var list = [];'],
    ['a hash that is made anew', "hash = 'x';"],
  ])('%s is not rewritten', (_, line) => {
    const code = (more) => `
      function check(query, token) {
        const list = [token, query.timestamp, query.nonce];
        ${more}
        list.sort();
        const hash = crypto.createHash('sha1').update(list.join('')).digest('hex');
        ${more.includes('hash') ? more : ''}
        return hash === query.signature;
      }`;
    expect(found(code('audit(query);'))).toEqual([['signature', true, true]]);
    expect(found(code(line))).toEqual([['signature', true, false]]);
  });

  test('a comparison with what is called signature in a function within is not rewritten', () => {
    const code = `function check({ signature, timestamp, nonce }, token, all) {
      const hash = crypto.createHash('sha1').update([token, timestamp, nonce].sort().join('')).digest('hex');
      return all.some((signature) => hash === signature);
    }`;
    expect(found(code)).toEqual([['signature', true, false]]);
  });

  test.each([
    [
      'sorted by hand',
      'const list = [token, timestamp, nonce]; swap(list); return sha1(list.join("")) === signature;',
    ],
    ['not sorted at all', 'return sha1(token + timestamp + nonce) === signature;'],
    ['hashed elsewhere', 'return digestOf([token, timestamp, nonce].sort().join("")) === signature;'],
    ['sorted by another name', 'return sha1([token, timestamp, nonce]["sort"]().join("")) === signature;'],
  ])('what is %s looks like it', (_, body) => {
    const code = `// weixin\nexports.check = function (signature, timestamp, nonce, token) { ${body} };`;
    expect(found(code)).toEqual([['signature', false, false]]);
  });

  test.each([
    ['joined by something', "[token, timestamp, nonce].sort().join(',')", "'sha1'", "'hex'"],
    ['sorted by a function', "[token, timestamp, nonce].sort((a, b) => a - b).join('')", "'sha1'", "'hex'"],
    ['in base64', "[token, timestamp, nonce].sort().join('')", "'sha1'", "'base64'"],
    ['of four', "[token, timestamp, nonce, more].sort().join('')", "'sha1'", "'hex'"],
    ['of a function', "[token(), timestamp, nonce].sort().join('')", "'sha1'", "'hex'"],
    ['not sorted', "[token, timestamp, nonce].join('') + [].sort()", "'sha1'", "'hex'"],
  ])('what is %s is not rewritten', (_, text, algorithm, encoding) => {
    const code = `function check(signature, timestamp, nonce) {
      return crypto.createHash(${algorithm}).update(${text}).digest(${encoding}) === signature;
    }`;
    expect(found(code)).toEqual([['signature', true, false]]);
  });

  test.each([
    [
      'TypeScript',
      'a.ts',
      `import { createHash } from 'node:crypto';
export const verify = (req: Request, token: string): boolean => {
  const { signature, timestamp, nonce } = req.query as Record<string, string>
  const list: string[] = [token, timestamp, nonce].sort();
  const hash: string = createHash('sha1').update(list.join('')).digest('hex');
  return hash === signature;
};
export class Checker<T extends Query> {
  constructor(private readonly token: string) {}
  async check<U>(query: T): Promise<boolean> {
    const text = [this.token, query.timestamp, query.nonce].sort().join('');
    return createHash('sha1').update(text).digest('hex') === query.signature;
  }
}
`,
      `import { checkPush } from 'wechat-push';
export const verify = (req: Request, token: string): boolean => {
  return checkPush(req.query, token);
};
export class Checker<T extends Query> {
  constructor(private readonly token: string) {}
  async check<U>(query: T): Promise<boolean> {
    return checkPush(query, this.token);
  }
}
`,
    ],
    [
      'a handler that does more, without semicolons',
      'a.js',
      `#!/usr/bin/env node
const Koa = require("koa")
const { createHash, randomBytes } = require("crypto")
app.use(async (ctx, next) => {
  const { signature, timestamp, nonce, echostr } = ctx.query
  const list = [config.token, timestamp, nonce]
  list.sort()
  const sha = createHash("sha1").update(list.join("")).digest("hex")
  if (ctx.method === "GET") {
    ctx.body = sha === signature ? echostr : randomBytes(8)
    return
  }
  await next()
})
`,
      `#!/usr/bin/env node
const { checkPush } = require("wechat-push")
const Koa = require("koa")
const { createHash, randomBytes } = require("crypto")
app.use(async (ctx, next) => {
  const { signature, timestamp, nonce, echostr } = ctx.query
  if (ctx.method === "GET") {
    ctx.body = checkPush(ctx.query, config.token) ? echostr : randomBytes(8)
    return
  }
  await next()
})
`,
    ],
    [
      'a route with its Token in it, one name for two things and fields in brackets',
      'a.js',
      `var http = require('http');
var sha1 = require('sha1');
app.get('/wx', function (req, res) {
  var query = parse(req.url);
  var signature = query['signature'];
  var timestamp = query["timestamp"], nonce = query.nonce;
  var token = 'sesame';
  var array = [token, timestamp, nonce];
  array.sort();
  var text = array.join('');
  text = sha1(text);
  if (text == signature) {
    res.end(query.echostr);
  } else {
    console.log('not from WeChat', timestamp);
  }
});
`,
      `var http = require('http');
const { checkPush } = require('wechat-push');
app.get('/wx', function (req, res) {
  var query = parse(req.url);
  var timestamp = query["timestamp"], nonce = query.nonce;
  var token = 'sesame';
  if (checkPush(query, token)) {
    res.end(query.echostr);
  } else {
    console.log('not from WeChat', timestamp);
  }
});
`,
    ],
    [
      'parameters of other names, in a file that loads nothing',
      'a.mjs',
      `// Ours.
export default function (sign, timeStamp, nonce) {
  return sign != crypto.createHash('sha1').update([TOKEN, timeStamp, nonce].sort().join('')).digest('hex')
}
`,
      `import { checkPush } from 'wechat-push';
// Ours.
export default function (sign, timeStamp, nonce) {
  return !checkPush({ signature: sign, timestamp: timeStamp, nonce }, TOKEN)
}
`,
    ],
  ])('%s is rewritten', (_, file, before, after) => {
    expect(edited(before, readFile(file, before).edits)).toBe(after);
    expect(readFile(file, after).edits).toEqual([]);
  });

  test('comments, quotes, a byte order mark and the ends of lines stay', () => {
    const code =
      '\ufeff#!/usr/bin/env node\r\n// Ours.\r\nconst wechat = require("wechat")\r\n\r\n// 验证\r\nfunction ok(q, token) {\r\n  // kept\r\n  const s = [token, q.timestamp, q.nonce].sort().join("") // gone\r\n  const h = require("crypto").createHash("sha1")\r\n  return sign(s) === q.signature\r\n}\r\nconst sign = (s) => crypto.createHash("sha1").update(s).digest("hex")\r\n';
    const after = edited(code, readFile('a.js', code).edits);
    expect(after).toBe(code.replace('"wechat"', '"wechat-push/compat/wechat"'));
    const plain = `function ok(q, token) {\r\n  const s = [token, q.timestamp, q.nonce].sort().join("") // gone\r\n  return createHash("sha1").update(s).digest("hex") === q.signature // kept\r\n}\r\n`;
    const file = `\ufeff'use strict'\r\nconst { createHash } = require("crypto")\r\n${plain}`;
    expect(edited(file, readFile('a.js', file).edits)).toBe(
      `\ufeff'use strict'\r\nconst { checkPush } = require("wechat-push")\r\nfunction ok(q, token) {\r\n  return checkPush(q, token) // kept\r\n}\r\n`,
    );
  });
});

test('git applies the diff to whatever file it is of, and makes what --write makes', async () => {
  const load = "const wechat = require('wechat')";
  const check =
    "function f(q, t) {\n  const l = [t, q.timestamp, q.nonce].sort().join('')\n  return sha1(l) === q.signature\n}";
  const files = {
    'crlf.js': `x\r\n${load};\r\ny\r\n`,
    'crlf-check.js': `const sha1 = require('sha1')\n${check}\n`.replaceAll('\n', '\r\n'),
    'unended.js': `x;\n${load}`,
    'unended-check.js': `const sha1 = require('sha1')\n${check}`,
    'returns.js': `${load}\rx\r`,
    'mark.js': `\ufeff${load}\n`,
    'separators.js': `a;\u2028${load}\f\v\n`,
    '中文 "quoted"\t.js': load,
    'a\n--- a/b.js': load,
  };
  const [root, other] = [project(files), project(files)];
  const { diff } = await json([root]);
  expect((await cli(['migrate', root])).stdout).toContain(`+++ b/crlf.js\n@@ -2,1 +2,1 @@\n-${load};\n+`);
  // Without a repository around it, whose settings would count.
  const env = {
    ...process.env,
    GIT_CEILING_DIRECTORIES: path.dirname(other),
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  const git = spawnSync('git', ['apply', '--unidiff-zero'], { cwd: other, input: `${diff}\n`, env });
  expect(git.stderr.toString()).toBe('');
  expect((await json([root, '--write'])).written).toHaveLength(Object.keys(files).length);
  for (const name of Object.keys(files)) {
    const written = fs.readFileSync(path.join(root, name), 'utf8');
    expect([name, fs.readFileSync(path.join(other, name), 'utf8')]).toEqual([name, written]);
    expect([name, written === files[name]]).toEqual([name, false]);
  }
});

describe('what is none', () => {
  test.each([
    [
      'the signature of a web page',
      `const sign = (o) => sha1(Object.keys({ jsapi_ticket, noncestr, timestamp, url }).sort().join('&'));`,
    ],
    ['a payment', `function paySign(p) { return md5(Object.keys(p).sort().join('&') + key) === p.sign; }`],
    [
      'a cache of files',
      `const etag = (files) => crypto.createHash('sha1').update(files.sort().join()).digest('hex');`,
    ],
    ['a list that is sorted', `const names = users.sort().join(', ');`],
    ['a git hash', `if (sha1 === head) console.log([1, 2].sort());`],
    ['a word in a comment', `// require('wechat') and [token, timestamp, nonce].sort() by sha1\nrun();`],
    ['a text', "const help = \"require('wechat')\", more = `from 'wechat'`;"],
    ['a folder of that name', `require('./wechat'); require('wechat-oauth'); require('wechat4u');`],
    [
      'what is ours',
      `const { messagePush } = require('wechat-push'); app.use(messagePush(token, () => 'hi'));`,
    ],
    ['somebody else’s reply', `fastify.get('/', (req, res) => res.reply('x'));`],
    [
      'what a payment sends',
      `const wxpay = (aesKey) => crypto.createDecipheriv('aes-256-gcm', aesKey, nonce); echostr;`,
    ],
    ['somebody else’s cipher', `const d = crypto.createDecipheriv('aes-256-cbc', key, iv);`],
  ])('%s', async (_, code) => {
    const root = project({ 'a.js': code });
    expect(await json([root])).toMatchObject({ status: 0, ok: true, found: [], diff: '' });
    expect((await cli(['migrate', root])).stdout).toContain('Nothing to move over');
  });

  test('uses of a package count only where it is loaded', async () => {
    const answer = 'module.exports = (req, res) => { console.log(req.weixin); res.reply("x"); };';
    expect((await json([project({ 'a.js': answer })])).found).toEqual([]);
    const root = project({ 'a.js': answer, 'b.js': "require('wechat')('t', require('./a'));" });
    expect((await json([root])).found.map(({ code }) => code)).toEqual(['req.weixin', "require('wechat')"]);
  });
});

describe('how a package is loaded', () => {
  test.each([
    [`const wechat = require('wechat');`, true],
    [`const wechat = require(\`wechat\`);`, true],
    [`import wechat from "wechat";`, true],
    [`import wechat, { List } from 'wechat'`, true],
    [`import 'co-wechat';`, true],
    [`import WXBizMsgCrypt = require('wechat-crypto');`, true, 'a.ts'],
    [`import type { X } from '@wecom/crypto';`, true, 'a.mts'],
    [`export { decrypt } from '@wecom/crypto';`, true],
    [`const { decrypt } = await import('@wecom/crypto');`, true],
    [`jest.mock('wechat', () => () => {});`, true],
    [`require.resolve('wechat')`, true],
    [`const { checkSignature } = require('wechat/lib/wechat');`, false],
    [`declare module 'wechat' { export default function wechat(token: string): void; }`, false, 'a.d.ts'],
    [`import { OfficialAccount } from 'node-easywechat';`, false],
    [`const tnwx = require('tnwx');`, false],
    [`const view = <p>{require('wechat')}</p>;`, true, 'a.jsx'],
    [`const view = <p>it’s {'a'} ' or ) {require('wechat')}</p>;`, true, 'a.js'],
  ])('%s', (code, isEdited, file = 'a.js') => {
    expect(found(code, file)[0]).toEqual(['package', true, isEdited]);
    const after = edited(code, readFile(file, code).edits);
    expect(after !== code).toBe(isEdited);
    if (isEdited)
      expect(
        after
          .replace(/wechat-push\/compat\/(wecom)?/, (_, wecom) => (wecom ? '@wecom/' : ''))
          .replace('/-', '/'),
      ).toBe(code);
  });

  test('every module that stands in for a package is named by what says how it differs', () => {
    const { packages } = require('../cli/migrate/packages.json');
    const { modules, differences } = require('../lib/compat/differences.json');
    const named = Object.entries(packages).flatMap(([name, { compat }]) => (compat ? [[name, compat]] : []));
    expect(modules.map((one) => [one.package, one.module])).toEqual(named);
    const only = Object.keys(require('../cli/migrate/packages.json').differences);
    const ids = new Set(differences.map(({ id }) => id));
    expect(only.filter((id) => !ids.has(id))).toEqual([]);
  });

  test('a bot that has moved is fine, and what is left is told', async () => {
    const root = project({
      'app.js':
        "const wechat = require('wechat');\nwechat('t', (req, res) => res.reply(req.weixin.Content));\n",
      'package.json': '{ "dependencies": { "express": "^5.0.0" } }',
    });
    expect((await json([root, '--write'])).status).toBe(1);
    const { status, ok, found: left, changes } = await json([root]);
    expect([status, ok, changes]).toEqual([0, true, []]);
    expect(left.map(({ moved }) => moved)).toEqual([true, true, true]);
    const { stdout } = await cli(['migrate', root]);
    expect(stdout).toMatch(/^✓ {2}app\.js:1 /);
    expect(stdout).toContain('3 places still go through its compat modules');
    expect(stdout).not.toContain('npm install');
  });
});

describe('bad input', () => {
  test.each([
    [['nowhere'], 'There is no folder “nowhere”.'],
    [['a', 'b'], 'takes one folder at most; 2 arguments'],
    [['.', '--token', 'x'], 'takes no --token'],
  ])('%j is wrong usage', async (args, said) => {
    const { status, stdout, stderr } = await cli(['migrate', ...args]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
  });

  test('a pipe is no folder', async () => {
    const pipe = path.join(project({}), 'pipe.js');
    spawnSync('mkfifo', [pipe]);
    const { status, stderr } = await cli(['migrate', pipe]);
    expect([status, stderr]).toEqual([2, expect.stringContaining('pipe.js')]);
  });

  test('more than anybody reads is counted', async () => {
    const root = project({ 'a.js': "require('wechat');\n".repeat(1500), 'b.js': "require('co-wechat');" });
    const { found: shown, more, diff } = await json([root]);
    expect([shown.length, more, diff.match(/^-require/gm).length]).toEqual([1000, 501, 1501]);
    expect((await cli(['migrate', root])).stdout).toMatch(/ and 501 more\.[^]*\n1501 places in/);
  });

  test('one file is read as well, and without a folder this one', async () => {
    const root = project({ 'a.js': "require('wechat')", 'b.js': "require('co-wechat')" });
    const one = await json([path.join(root, 'a.js'), '--write']);
    expect(one.found.map(({ file }) => file)).toEqual(['a.js']);
    expect(fs.readFileSync(path.join(root, 'a.js'), 'utf8')).toContain('compat/wechat');
    const bin = path.join(__dirname, '..', 'cli', 'wechat-push.js');
    const { status, stdout } = spawnSync(process.execPath, [bin, 'migrate', '--json'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect([status, JSON.parse(stdout).found.map(({ file }) => file)]).toEqual([1, ['a.js', 'b.js']]);
  });

  test('what is not somebody’s code is not read, and said where that may surprise', async () => {
    const code = "require('wechat')";
    const root = project({
      'node_modules/x/a.js': code,
      '.git/a.js': code,
      'dist/a.js': code,
      'lib.min.js': code,
      'long.js': `${code};/*${'x'.repeat(6000)}*/`,
      'huge.js': `${code};\n`.repeat(50_000),
      'binary.js': `${code}\0`,
      'notes.txt': code,
      'good.js': code,
    });
    fs.symlinkSync('.', path.join(root, 'loop'));
    fs.symlinkSync('good.js', path.join(root, 'link.js'));
    fs.symlinkSync('nowhere', path.join(root, 'dangling.js'));
    spawnSync('mkfifo', [path.join(root, 'pipe.js')]);
    const { found: all, files, skipped } = await json([root]);
    expect([all.map(({ file }) => file), files]).toEqual([['good.js'], 1]);
    expect(skipped.map(({ path: name, why }) => `${name} ${why}`).toSorted()).toEqual([
      'binary.js binary',
      'dangling.js link',
      'dist built',
      'huge.js too_large',
      'lib.min.js minified',
      'link.js link',
      'long.js minified',
      'loop link',
    ]);
    const { stdout } = await cli(['migrate', root]);
    expect(stdout).toContain('larger than 512 KiB: huge.js');
    expect(stdout).toContain('is a link: dangling.js, link.js, loop');
  });

  test('what may not be read or written is told by its name', async () => {
    const root = project({ 'a.js': "require('wechat')", 'b.js': "require('wechat')", 'closed/c.js': '' });
    fs.chmodSync(folder, 0o755);
    fs.chmodSync(root, 0o755);
    fs.chmodSync(path.join(root, 'a.js'), 0);
    fs.chmodSync(path.join(root, 'b.js'), 0o444);
    fs.chmodSync(path.join(root, 'closed'), 0);
    const { skipped, written } = await asNobody(() => json([root, '--write']));
    fs.chmodSync(path.join(root, 'closed'), 0o755);
    expect(skipped).toEqual([
      { path: 'a.js', why: 'unreadable', detail: 'EACCES' },
      { path: 'closed', why: 'unreadable', detail: 'EACCES' },
    ]);
    expect(written).toEqual([{ file: 'b.js', failed: 'EACCES' }]);
    expect(fs.readFileSync(path.join(root, 'b.js'), 'utf8')).toBe("require('wechat')");
  });

  /** The superuser may read everything. */
  async function asNobody(work) {
    if (process.getuid() !== 0) return work();
    process.seteuid(65_534);
    try {
      return await work();
    } finally {
      process.seteuid(0);
    }
  }

  test('a file that is no UTF-8, or has changed meanwhile, is not written', async () => {
    const bytes = Buffer.concat([
      Buffer.from("require('wechat') // "),
      Buffer.from([0xc4, 0xe3, 0xba, 0xc3]),
    ]);
    const root = project({ 'gbk.js': bytes });
    expect(await json([root, '--write'])).toMatchObject({ status: 1, diff: '', written: [] });
    expect(fs.readFileSync(path.join(root, 'gbk.js'))).toEqual(bytes);
    expect(write(root, 'gbk.js', 'something else', 'new')).toBe('changed');
    expect(write(root, 'gone.js', '', 'new')).toBe('ENOENT');
    expect(fs.readFileSync(path.join(root, 'gbk.js'))).toEqual(bytes);
  });

  test('a name cannot control the terminal', async () => {
    const { stdout } = await cli(['migrate', project({ 'a\x1b[31m.js': "require('wechat')" })]);
    expect(stdout).not.toContain('\x1b');
  });

  test('a Token in the code is shown only where its line changes', async () => {
    const root = project({
      'a.js':
        "const wechat = require('wechat');\napp.use(wechat('TheToken', (req, res) => res.reply('x')));\n",
      'b.js': "const ok = (q) => sha1(['TheToken', q.timestamp, q.nonce].sort().join('')) === q.signature;",
    });
    for (const args of [[], ['--json']])
      expect((await cli(['migrate', root, ...args])).stdout).not.toContain('TheToken');
  });

  test.each([
    [
      'brackets that do not close',
      "function check(signature, timestamp, nonce, token) { return sha1([token, timestamp, nonce].sort().join('')) === signature; (((",
    ],
    ['a text that does not close', "require('wechat'); const a = 'x"],
    ['no code at all', '<html><p>It’s {{ not }} `code` (</p>'],
    ['JSON that is none', '{ "dependencies": { "wechat": }'],
  ])('%s', (_, text) => {
    for (const file of ['a.js', 'a.tsx', 'package.json']) {
      const { edits } = readFile(file, text);
      for (const edit of edits) expect(edit.text).toContain('compat');
    }
  });

  test('what is nested or repeated without end takes no time worth noticing', () => {
    const many = 100_000;
    const nasty = [
      '['.repeat(many) + 'token,timestamp,nonce,sha1,sort' + ']'.repeat(many),
      'a=>'.repeat(many),
      'x.sort(timestamp,nonce,token,sha1);'.repeat(many / 10),
      'function f(){timestamp;nonce;token;sha1;a.sort();'.repeat(many / 20),
      '`${'.repeat(many),
      `sha1(${'x.update('.repeat(many / 2)}`,
      `function f(token, timestamp, nonce) { return ${'a === b && '.repeat(many / 4)} sha1; [].sort() }`,
      '"' + '\\"'.repeat(many) + '"',
      '/' + '('.repeat(many),
      'const {a, b} = q; '.repeat(many / 4),
      `function f(q, token) { ${Array.from({ length: many / 4 }, (_, n) => `const a${n} = q.b;`).join('')} return sha1([token, q.timestamp, q.nonce].sort().join('')) === q.signature; }`,
    ];
    const begun = performance.now();
    for (const text of nasty)
      for (const file of ['a.ts', 'a.jsx']) readFile(file, `// wechat nonce\n${text}`);
    expect(performance.now() - begun).toBeLessThan(60_000);
  });

  test('a folder without end is read up to a limit, and that is said', () => {
    const root = project(Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`${n % 3}/${n}.js`, ''])));
    const skipped = [];
    const limits = { bytes: 100, line: 100, files: 20, folders: 100, total: 1000 };
    expect([...filesOf(root, (one) => skipped.push(one), limits)]).toHaveLength(20);
    expect(skipped.map(({ why }) => why)).toEqual(['too_many']);
    const few = [...filesOf(root, (one) => skipped.push(one), { ...limits, folders: 2 })];
    expect([few.length, skipped.length]).toEqual([10, 2]);
    const heavy = project({ 'a.js': 'x'.repeat(90), 'b.js': 'x'.repeat(90), 'c.js': 'x' });
    const some = [...filesOf(heavy, (one) => skipped.push(one), { ...limits, total: 100 })];
    expect([some.length, skipped.at(-1)]).toEqual([2, { path: 'c.js', why: 'too_many' }]);
  });
});
