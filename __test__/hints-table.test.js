'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const table = require('../core/hints.json');
const { rejectionOf } = require('../lib/receiver.js');
const { readReasons } = require('../scripts/reasons.js');

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
