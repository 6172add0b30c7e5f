'use strict';

const { hashOf } = require('../lib/stores/seeded-hash.js');

/** Ids that differ as little as those of one account do. */
const ids = Array.from(
  { length: 100_000 },
  (_, i) => `wx0123456789abcdef:${6054768590064713728n + BigInt(i)}o1gh_1`,
);
const hashes = ids.map(hashOf);

test('a hash is a whole number that JavaScript holds exactly, the same each time', () => {
  expect(hashes.every((hash) => Number.isSafeInteger(hash) && hash >= 0)).toBe(true);
  expect(ids.slice(0, 100).map(hashOf)).toEqual(hashes.slice(0, 100));
  expect(hashOf('ab')).not.toBe(hashOf('ba'));
  expect(hashOf('')).not.toBe(hashOf('\0'));
});

test('ids that are alike have hashes that are not', () => {
  expect(new Set(hashes).size).toBe(ids.length);
});

// Of a hash without a pattern, 100,000 of 2^26 values hold 74 pairs; 160 would be ten standard deviations more.
test.each([
  ['lower', (hash) => hash % 2 ** 26],
  ['upper', (hash) => Math.floor(hash / 2 ** 27)],
])('also in the %s half of their bits', (_, part) => {
  expect(ids.length - new Set(hashes.map(part)).size).toBeLessThan(160);
});

test('each process has its own', () => {
  let other;
  jest.isolateModules(() => (other = require('../lib/stores/seeded-hash.js')));
  expect(other.hashOf('id')).not.toBe(hashOf('id'));
});
