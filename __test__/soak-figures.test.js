'use strict';

// What the soak test (`npm run soak`) takes for growth.

const { judge } = require('./soak/figures.js');

const MEBIBYTE = 1024 * 1024;
const samples = (growth) => Array.from({ length: 30 }, (_, i) => (60 + growth * i) * MEBIBYTE);

test('memory that stays, shrinks or jumps once is flat', () => {
  expect(judge(samples(0)).flat).toBe(true);
  expect(judge(samples(-1)).flat).toBe(true);
  expect(judge(samples(0).with(29, 200 * MEBIBYTE)).flat).toBe(true);
});

test('memory that grows is not', () => {
  const { flat, text } = judge(samples(1));
  expect(flat).toBe(false);
  expect(text).toBe('64.0 MB after warm-up, 86.0 MB at the end (allowed: 12.0 MB more)');
});
