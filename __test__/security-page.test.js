'use strict';

// What SECURITY.md and docs/hardening.md promise names what proves it; here those names are held to exist.

const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
const page = read('SECURITY.md');

/** The sections in which every point of a list is a promise. */
const PROMISING = ['What is promised', 'What the package consists of'];

test.each(['SECURITY.md', 'docs/hardening.md'])('every file and command that %s names is there', (file) => {
  const names = proofs(read(file));
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => !exists(name))).toEqual([]);
});

test.each(PROMISING)('every point of “%s” names what proves it', (title) => {
  const section = page.split(/^## /m).find((one) => one.startsWith(title));
  const points = section.match(/^- .*$/gm);
  expect(points.length).toBeGreaterThan(3);
  expect(points.filter((point) => proofs(point).length === 0)).toEqual([]);
});

test('every jest test that is named has tests, and jest runs it', () => {
  const named = new Set(proofs(page).filter((name) => name.startsWith('__test__/')));
  for (const name of named) {
    expect(name).toMatch(/\.test\.js$/);
    expect(read(name)).toMatch(/^\s*test[.(]/m);
  }
});

/** Paths and commands in backticks. */
function proofs(text) {
  return Array.from(
    text.matchAll(/`((?:npm run |__test__\/|core\/|src\/|scripts\/)[^`]+)`/g),
    ([, name]) => name,
  );
}

function exists(name) {
  const [, script] = name.match(/^npm run ([\w:]+)/) ?? [];
  return script ? script in scripts : fs.existsSync(path.join(root, name));
}

function read(file) {
  return fs.readFileSync(path.join(root, file), 'utf8');
}
