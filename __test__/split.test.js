'use strict';

// Where an answer is cut that is longer than a message; core/src/split has the rules and the rest of their tests.

const fc = require('fast-check');
const { splitGrowing, splitText } = require('../lib/answers/split.js');

/** All the parts of a text. */
function partsOf(text, bytes) {
  const parts = [];
  for (let rest = text; rest !== '';) {
    const [first, left] = splitText(rest, bytes);
    parts.push(first);
    rest = left;
  }
  return parts;
}

test('a text that fits goes whole', () => {
  expect(splitText('好'.repeat(682), 2048)).toEqual(['好'.repeat(682), '']);
  expect(splitText('', 2048)).toEqual(['', '']);
});

test('blank lines at a cut go', () => {
  expect(splitText('First part.\n\n  - second', 16)).toEqual(['First part.', '  - second']);
});

test('links and blocks of code stay whole, or are closed and opened again', () => {
  const link = '<a href="https://example.com/a?b=1">two words</a>';
  expect(splitText(`${'一'.repeat(20)} ${link} 二`, 100)).toEqual(['一'.repeat(20), `${link} 二`]);
  const code = Array.from({ length: 40 }, (_, n) => `const name${n} = ${n};`).join('\n');
  const parts = partsOf(`Look:\n\`\`\`js\n${code}\n\`\`\``, 200);
  expect(parts.length).toBeGreaterThan(3);
  for (const part of parts) expect(part).toMatch(/^(?:Look:\n)?```js\n[^`]*\n```$/);
  expect(parts.join('\n').replaceAll(/\n?```(?:js)?/g, '')).toBe(`Look:\n${code}`);
});

test('of a text that is still being written goes what is finished', () => {
  expect(splitGrowing('第一句。第二句。第三', 2047)).toEqual(['第一句。第二句。', '第三']);
  expect(splitGrowing('第一句。第二句。', 2047)).toEqual(['第一句。第二句。', '']);
  expect(splitGrowing('see https://example.com', 2047)).toEqual(['see', 'https://example.com']);
});

test('every part fits, and nothing is lost', () => {
  const piece = fc.oneof(
    fc.constantFrom('。', '！', '. ', '\n', ' ', '😀', '👨‍👩‍👧', 'https://a.cn/b?c=d', '[a b](https://a.cn)'),
    fc.stringMatching(/^[\p{L}\p{N}]{0,9}$/u),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 100 }), fc.integer({ min: 64, max: 300 }), (pieces, bytes) => {
      const text = pieces.join('').toWellFormed();
      const parts = partsOf(text, bytes);
      for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(bytes);
      const letters = (/** @type {string} */ all) => all.replaceAll(/\s/g, '');
      expect(letters(parts.join(''))).toBe(letters(text));
    }),
  );
});

test('a megabyte is cut in time in proportion, and no character at the end of what is looked at', () => {
  const text = '一😀，'.repeat(150_000);
  const parts = partsOf(text, 2048);
  expect(parts.join('')).toBe(text);
  expect(parts.length).toBe(Math.ceil((150_000 * 10) / 2048));
});
