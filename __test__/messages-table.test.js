'use strict';

const { spawnSync } = require('node:child_process');
const path = require('node:path');
const table = require('../core/messages.json');
const { parseFields } = require('../scripts/messages/fields.js');

const root = path.join(__dirname, '..');
const entries = Object.values(table).flatMap((named) => Object.entries(named));

test('has messages, events and infos', () => {
  expect(Object.keys(table)).toEqual(['MsgType', 'Event', 'InfoType']);
  expect(entries.length).toBeGreaterThan(200);
});

test.each(entries)('%s can be read', (name, { fields: text }) => {
  expect(name).toMatch(/^\w+$/);
  expect(format(parseFields(text))).toBe(text);
});

test.each([
  ['a blank', 'A, B'],
  ['an unknown mark', 'A*'],
  ['two marks', 'A#~'],
  ['marks out of order', 'A?[]'],
  ['a missing name', 'A,,B'],
  ['a comma at the end', 'A,'],
  ['empty braces', 'A{}'],
  ['an open brace', 'A{B'],
  ['a brace too many', 'A{B}}'],
  ['a name that is no identifier', '3rd'],
  ['a name twice', 'A,B,A'],
  ['a number with fields', 'A#{B}'],
  ['a wrapper without fields', '^A'],
  ['a wrapper that is a list', '^A[]{B}'],
  ['a wrapper inside', 'A{^B{C}}'],
])('%s is refused', (_, text) => {
  expect(() => parseFields(text)).toThrow('core/messages.json: cannot read');
});

test('a wrapper is the only field of its event', () => {
  const wrapped = entries.map(([, row]) => parseFields(row.fields)).filter(([first]) => first?.wrapper);
  expect(wrapped.length).toBeGreaterThan(0);
  for (const fields of wrapped) expect(fields).toHaveLength(1);
});

test('no name is a list in one place and not in another', () => {
  const fields = entries.flatMap(([, row]) => flatten(parseFields(row.fields)));
  const lists = new Set(fields.filter((field) => field.list).map((field) => field.name));
  expect(fields.filter((field) => lists.has(field.name) && !field.list)).toEqual([]);
});

test('what is generated from it is up to date', () => {
  expect(run(process.execPath, 'scripts/generate-messages.js', '--check')).toEqual([0, '']);
});

test('the types narrow', () => {
  const options = '--noEmit --ignoreConfig --strict --module nodenext --target es2022 --types node'.split(
    ' ',
  );
  const tsc = require.resolve('typescript/package.json').replace('package.json', 'bin/tsc');
  expect(run(process.execPath, tsc, ...options, '__test__/types/messages.test-d.ts')).toEqual([0, '']);
});

function format(fields) {
  return fields.map(formatField).join(',');
}

function formatField({ name, wrapper, type, typed, list, optional, fields }) {
  const mark = { number: '#', boolean: '!' }[type] ?? (typed ? '~' : '');
  const marks = `${mark}${list ? '[]' : ''}${optional ? '?' : ''}`;
  return `${wrapper ? '^' : ''}${name}${marks}${fields ? `{${format(fields)}}` : ''}`;
}

function flatten(fields) {
  return fields.flatMap((field) => [field, ...flatten(field.fields ?? [])]);
}

function run(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  return [status, stdout + stderr];
}
