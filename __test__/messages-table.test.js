'use strict';

const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { parseFields } = require('../scripts/messages/fields.js');
const { readRows } = require('../scripts/messages/table.js');

const root = path.join(__dirname, '..');
const rows = readRows().map((row) => [`${row.family} ${row.kind} ${row.name}`, row]);

test('has messages, events and infos', () => {
  expect([...new Set(rows.map(([, { kind }]) => kind))]).toEqual(['MsgType', 'Event', 'InfoType']);
  expect(rows.length).toBeGreaterThan(200);
});

describe.each(rows)('%s', (_, row) => {
  test('has all that is generated from a row', () => {
    expect(row.name).toMatch(row.family === 'wecom' ? /^\w+(\.\w+)?$/ : /^\w+$/);
    expect(format(row.fields)).toBe(row.text);
    expect(['passive', 'update', 'welcome', 'stream', 'data', 'none']).toContain(row.answer);
    expect(row.source).toMatch(/^(https:\/\/\S+|[^\s/].*)$/);
    expect(row.date).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(row.when).toEqual({ en: expect.stringMatching(/^[^.]+$/), zh: expect.stringMatching(/^[^。]+$/) });
  });

  test('has a sample of its fields', () => {
    expect(flaws(row.sample, row.fields.filter(isOwn))).toEqual([]);
  });

  // A body parser that writes names in lower case leaves no more to tell them by.
  test('has no fields that differ in case alone', () => {
    for (const level of levels(row.fields)) {
      const names = level.map(({ name }) => name.toLowerCase());
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

test('a name is that of one row', () => {
  const names = rows.flatMap(([, { family, kind, name, formerly }]) =>
    [name, ...formerly].map((one) => family + kind + one),
  );
  expect(new Set(names).size).toBe(names.length);
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
  ['another spelling that is missing', 'A=#'],
  ['another spelling of a typed text', 'A=B~'],
])('%s is refused', (_, text) => {
  expect(() => parseFields(text)).toThrow('core/messages.json: cannot read');
});

test('a wrapper is the only field of its event', () => {
  const wrapped = rows.map(([, { fields }]) => fields).filter(([first]) => first?.wrapper);
  expect(wrapped.length).toBeGreaterThan(0);
  for (const fields of wrapped) expect(fields).toHaveLength(1);
});

test('what is generated from it is up to date', () => {
  expect(run(process.execPath, 'scripts/generate-messages.js', '--check')).toEqual([0, '']);
});

test.each([['messages'], ['route'], ['wecom'], ['bots']])('the types of %s hold', (name) => {
  const options = '--noEmit --ignoreConfig --strict --module nodenext --target es2022 --types node'.split(
    ' ',
  );
  const tsc = require.resolve('typescript/package.json').replace('package.json', 'bin/tsc');
  expect(run(process.execPath, tsc, ...options, `__test__/types/${name}.test-d.ts`)).toEqual([0, '']);
});

/** What every message has is no part of a sample. */
function isOwn({ name }) {
  return name !== 'MsgId';
}

/** Where a value is not what the fields say. */
function flaws(value, fields, at = '') {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no object`];
  const known = new Set(fields.map(({ name }) => name));
  const unknown = Object.keys(value).filter((name) => !known.has(name));
  return [
    ...unknown.map((name) => `${at}.${name} is unknown`),
    ...fields.flatMap((field) => flawsOf(value[field.name], field, `${at}.${field.name}`)),
  ];
}

function flawsOf(value, field, at) {
  if (value === undefined) return field.optional ? [] : [`${at} is missing`];
  if (!field.list) return flawsOfOne(value, field, at);
  if (!Array.isArray(value)) return [`${at} is no list`];
  return value.flatMap((item, i) => flawsOfOne(item, field, `${at}[${i}]`));
}

function flawsOfOne(value, { type, fields }, at) {
  if (fields) return flaws(value, fields, at);
  if (type === 'number' && !Number.isSafeInteger(value)) return [`${at} is no integer`];
  return typeof value === type ? [] : [`${at} is no ${type}`];
}

function format(fields) {
  return fields.map(formatField).join(',');
}

function formatField({ name, variant, wrapper, type, typed, list, optional, fields }) {
  const mark = { number: '#', boolean: '!' }[type] ?? (typed ? '~' : '');
  const marks = `${mark}${list ? '[]' : ''}${optional ? '?' : ''}`;
  return `${wrapper ? '^' : ''}${name}${variant && `=${variant}`}${marks}${fields ? `{${format(fields)}}` : ''}`;
}

/** The fields that stand beside each other. */
function levels(fields) {
  return [fields, ...fields.flatMap((field) => levels(field.fields ?? []))];
}

function run(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  return [status, stdout + stderr];
}
