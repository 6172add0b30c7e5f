'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const table = require('../core/hints.json');
const { rejectionOf } = require('../lib/receiver.js');
const { readReasons } = require('../scripts/reasons.js');

const root = path.join(__dirname, '..');
const read = (file) => fs.readFileSync(path.join(root, file), 'utf8');
/** What only `explainPush` says. */
const explained = new Set(['invalid_options', 'body_not_given', 'unreadable']);
const reasons = Object.keys(table.reasons).filter((reason) => !explained.has(reason));

test('the pages on troubleshooting are up to date', () => {
  const args = ['scripts/generate-troubleshooting.js', '--check'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  expect([status, stdout + stderr]).toEqual([0, '']);
});

test('the pages on explain show what the command prints', () => {
  const args = ['scripts/generate-transcripts.js', '--check'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  expect([status, stdout + stderr]).toEqual([0, '']);
  const [english, chinese] = ['docs/explain.md', 'docs/explain.zh-CN.md'].map((file) =>
    read(file).match(/^[$>] .*/gm),
  );
  expect(english.filter((line) => line.startsWith('$ ')).length).toBeGreaterThan(6);
  expect(chinese).toEqual(english);
  expect(read('docs/explain.zh-CN.md').match(/^ {2}→ .*\p{Script=Han}/gmu).length).toBeGreaterThan(6);
});

/** What people see and search for, letter by letter. */
const SEEN = [
  'Token验证失败',
  '200302',
  '200301',
  '配置失败',
  'errcode -106',
  '"errcode":-106,"errmsg":"token check fail"',
  '系统错误',
  '解析DNS失败',
  '解析DNS超时',
  '连接公众号开发者服务器时发生超时',
  ...['公众号', '服务号'].flatMap((kind) => [
    `微信服务器向${kind}推送消息或事件后，开发者5秒内没有返回`,
    `微信服务器向${kind}推送消息或事件后，得到的回应不合法`,
  ]),
  '开发者没有返回success',
  'MarkFail（自动屏蔽）',
  '该小程序客服暂时无法提供服务',
  '该公众号提供的服务出现故障',
  '该公众号暂时无法提供服务',
];

test.each(['troubleshooting.md', 'troubleshooting.zh-CN.md'])('docs/%s has what people see', (file) => {
  const [, section] = read(`docs/${file}`).split('\n## ');
  for (const text of SEEN) expect(section).toContain(text);
  for (const entry of section.split('\n### ').slice(1)) expect(entry.split('\n\n').length).toBeGreaterThan(2);
});

test('the hints in Chinese use the words of the console', () => {
  const chinese = JSON.stringify(table, (key, value) => (key === 'en' ? undefined : value));
  expect(chinese.replaceAll('TLS 握手', '')).not.toMatch(/应答|握手|投递|外壳|途中有环节/);
});

test.each(['troubleshooting.md', 'troubleshooting.zh-CN.md'])('docs/%s has every reason and hint', (file) => {
  const page = read(`docs/${file}`);
  for (const reason of Object.keys(table.reasons)) expect(page).toContain(`### \`${reason}\``);
  const lang = file.includes('zh') ? 'zh' : 'en';
  for (const hint of Object.values(table.hints)) {
    for (const piece of hint[lang].split(/\{[a-z]+\}/)) expect(page).toContain(piece.trim());
  }
  expect(page).not.toMatch(/\{[a-z]+\}|undefined(?!`)/);
});

test('the types name the reasons that the table and the hints have', () => {
  const [, names] = read('index.d.ts').match(/export type RejectionReason =(.*?);/s);
  const named = [...names.matchAll(/'(\w+)'/g)].map((match) => match[1]);
  expect(named).toEqual(readReasons().map(({ name }) => name));
  expect(named.toSorted()).toEqual(reasons.toSorted());
});

test('a rejection says what stands in the table', () => {
  for (const { name, code, status } of readReasons()) {
    try {
      expect(rejectionOf(name)).toMatchObject({ reason: name, code, status });
    } catch (error) {
      expect(error.message).toBe(`wechat-push: there is no reason ${name}`);
    }
  }
  expect(rejectionOf('overloaded').status).toBe(503);
  expect(() => rejectionOf('brand_new')).toThrow('there is no reason brand_new');
});
