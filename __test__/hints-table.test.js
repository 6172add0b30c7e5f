'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { explainPush } = require('..');
const table = require('../core/hints.json');

const root = path.join(__dirname, '..');
const read = (file) => fs.readFileSync(path.join(root, file), 'utf8');
const reasons = Object.keys(table.reasons).filter(
  (reason) => reason !== 'invalid_options' && reason !== 'body_not_given',
);

test('the pages on troubleshooting are up to date', () => {
  const args = ['scripts/generate-troubleshooting.js', '--check'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  expect([status, stdout + stderr]).toEqual([0, '']);
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

test('the types name the same reasons', () => {
  const [, names] = read('index.d.ts').match(/export interface Rejected \{.*?reason:(.*?);/s);
  expect([...names.matchAll(/'(\w+)'/g)].map((match) => match[1]).sort()).toEqual(reasons.toSorted());
});

test.each(['README.md', 'README.zh-CN.md'])('%s names every reason', (file) => {
  for (const reason of reasons) expect(read(file)).toContain(`\`${reason}\``);
});

test.each([
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
])('the example of %s gives what stands there', (file, lang) => {
  const [, line] = read(file).match(/'(GET .*? 400)'/);
  const { ok, reason, code, detail, hints } = explainPush(line, 'MyToken', { lang });
  expect([ok, reason, code]).toEqual([false, 'signature_mismatch', -40001]);
  for (const text of [detail, ...hints]) expect(read(file)).toContain(text);
});
