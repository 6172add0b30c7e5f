'use strict';

const fc = require('fast-check');
const { plainText } = require('../answers.js');

const shown = (...lines) => plainText(lines.join('\n'));

describe('within a line', () => {
  test.each([
    ['**重要**：*这个* ***both*** __x__ _y_ ~~old~~', '重要：这个 both x y old'],
    ['**「强调」**后面，前面**“强调”**', '「强调」后面，前面“强调”'],
    [
      'snake_case_name and 2*3*4 = 24, 2 * 3, a ** b, __init__.py',
      'snake_case_name and 2*3*4 = 24, 2 * 3, a ** b, init.py',
    ],
    ['not **closed, not *closed, a ***** line', 'not **closed, not *closed, a ***** line'],
    ['`npm *i*` and ``a`b`` and ` a ` and `open', 'npm *i* and a`b and a and `open'],
    ['1 \\* 2 \\_x\\_ \\# C:\\dir', '1 * 2 _x_ # C:\\dir'],
    ['a<br>b<br/>c <b>d</b> List<T> x < y', 'a\nb\nc d List<T> x < y'],
    ['&lt;x&gt; &amp;amp; &nbsp;y &copy;', '<x> &amp;  y &copy;'],
  ])('%s', (markdown, text) => {
    expect(plainText(markdown)).toBe(text);
  });

  test.each([
    ['见[文档](https://a.cn/b?c=1)。', '见<a href="https://a.cn/b?c=1">文档</a>。'],
    ['[**a** b](https://a.cn "title")', '<a href="https://a.cn">a b</a>'],
    ['[w](https://en.wikipedia.org/wiki/A_(b))', '<a href="https://en.wikipedia.org/wiki/A_(b)">w</a>'],
    [
      '[https://a.cn](https://a.cn) <https://b.cn> https://c.cn/a_b_c',
      'https://a.cn https://b.cn https://c.cn/a_b_c',
    ],
    [
      '![图](https://a.cn/1.png) ![](https://a.cn/2.png)',
      '<a href="https://a.cn/1.png">图</a> https://a.cn/2.png',
    ],
    [
      '**https://a.cn/__init__.py**，https://c.cn/~x?a=_b_',
      'https://a.cn/__init__.py，https://c.cn/~x?a=_b_',
    ],
    ['[x](javascript:alert(1)) [y](/path) [z](#part)', 'x y z'],
    ['[a](https://a.cn/"onclick="b)', '<a href="https://a.cn/%22onclick=%22b">a</a>'],
    ['[1] [a] (b) a[0](c d) [[x]](https://a.cn)', '[1] [a] (b) a[0](c d) <a href="https://a.cn">[x]</a>'],
    ['<a href="https://a.cn">kept</a>', '<a href="https://a.cn">kept</a>'],
  ])('%s', (markdown, text) => {
    expect(plainText(markdown)).toBe(text);
  });

  test.each([
    ['\\( a \\times b \\le \\frac{1}{2} \\)', 'a × b ≤ 1/2'],
    ['$E = mc^2$, $x_1$, $n$, $10^{-3}$, $x^{yz}$', 'E = mc², x₁, n, 10⁻³, x^yz'],
    ['$\\sqrt{b^2 - 4ac}$ 和 $\\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}$', '√(b² - 4ac) 和 (-b ± √(b²-4ac))/2a'],
    ['$\\vec{F} = m\\text{ a}$, $\\unknown{x}$', 'F = m a, \\unknown{x}'],
    ['$5 and $10, 5$ or 10$, $5-$10, US$', '$5 and $10, 5$ or 10$, $5-$10, US$'],
    ['$$\\alpha + \\beta$$', 'α + β'],
  ])('%s', (markdown, text) => {
    expect(plainText(markdown)).toBe(text);
  });
});

describe('lines', () => {
  test('headings', () => {
    expect(shown('# 标题 #', 'text', '## **b**', '', 'C# is', '', 'Under', '---', 'line', '#hashtag')).toBe(
      '标题\n\ntext\n\nb\n\nC# is\n\nUnder\n\nline\n#hashtag',
    );
  });

  test('lists', () => {
    expect(shown('- a', '* **b**', '  + c', '1. d', '2) e', '- [ ] f', '- [x] g', '-5 is')).toBe(
      '• a\n• b\n  • c\n1. d\n2) e\n☐ f\n☑ g\n-5 is',
    );
  });

  test('quotes and rules', () => {
    expect(shown('> a **b**', '> > - c', '', '---', '***', 'd')).toBe('> a b\n> > • c\n\n———\n———\nd');
  });

  test('code stays as it is', () => {
    const code = ['#!/bin/sh', '  echo **a** | b', '', '', '', '> x_y_z'];
    expect(shown('Run:', '```sh', ...code, '```', 'Done `a`')).toBe(['Run:', ...code, 'Done a'].join('\n'));
    expect(shown('~~~~', '```', '~~~', 'a', '~~~~~', '*b*')).toBe('```\n~~~\na\nb');
    expect(shown('1. x', '   ```', '   a', '   ```', 'b')).toBe('1. x\n   a\nb');
    expect(shown('a', '```js', 'not **closed**')).toBe('a\nnot **closed**');
  });

  test('tables', () => {
    expect(shown('| k | v |', '|---|---|', '| **a** | `b` |', '| c |', 'x')).toBe('k: v\na: b\nc\n\nx');
    expect(shown('城市 | 气温 | 雨', ':-- | --: | :-:', '北京 | 20°C | ', 'a\\|b | 1 | 2 | 3')).toBe(
      '• 北京\n  气温: 20°C\n• a|b\n  气温: 1\n  雨: 2\n  3',
    );
    expect(shown('a | b', 'no table')).toBe('a | b\nno table');
  });

  test('formulas', () => {
    expect(shown('So', '\\[', '\\sum_{i=1}^{n} i \\\\', '= n', '\\]', '$$', 'x^2', '$$', 'so')).toBe(
      'So\n∑ᵢ₌₁ⁿ i\n= n\nx²\nso',
    );
  });

  test('blank lines, ends of lines, other ends', () => {
    expect(plainText('\r\n\r\na  \r\nb\\\rc\n\n\n\n\nd \n\n')).toBe('a\nb\nc\n\nd');
    expect(plainText('')).toBe('');
    expect(plainText('a\nconstructor\n**b**')).toBe('a\nconstructor\nb');
  });
});

test('what is no Markdown stays', () => {
  const plain = fc
    .stringMatching(/^[\p{L}\p{N}，。！？：“”（） ]{0,40}$/u)
    .filter((text) => text === text.trim());
  fc.assert(
    fc.property(fc.array(plain, { maxLength: 5 }), (lines) => {
      const text = lines.join('\n').replaceAll(/\n{3,}/g, '\n\n').replace(/^\n+/, '').trimEnd(); // prettier-ignore
      expect(plainText(text)).toBe(text);
    }),
  );
});

test('nothing makes it throw', () => {
  const marks = fc.constantFrom(
    ...'*_`~#>-+|[]()!$\\<&{}^ \n\t:=1ax好😀',
    '\\frac{',
    '\\[',
    '](',
    '<br>',
    'https://',
  );
  fc.assert(
    fc.property(
      fc.array(marks, { maxLength: 200 }),
      (parts) => typeof plainText(parts.join('')) === 'string',
    ),
  );
});

test.each([[undefined], [null], [7], [{}], [Buffer.from('a')]])('%p is refused', (value) => {
  expect(() => plainText(value)).toThrow(
    expect.objectContaining({ code: 'ERR_WECHAT_PUSH_OPTIONS', option: 'plainText(markdown)' }),
  );
});

describe('takes time in proportion to the length', () => {
  const units = [
    '*', '**a', 'a**', '_', '`', '`a``', '```\n', '~', '$', '$a', '$$', '[', '![', '](', '](a ', '](a "', '[[a](b)',
    '\\(', '\\[\n', '\\frac{', '\\sqrt{a', '^{', '<http://', '<br>', '&lt;', '# ', '#', '>   ', '- ', '* ', '|', '|-',
    'a|b\n', '|a\n|-\n', ' ', '\t', '\n', '\r', '= ', '-\n', '\\', '好',
  ]; // prettier-ignore

  test.each(units)('%j', (unit) => {
    const many = unit.repeat(100_000 / unit.length);
    const started = performance.now();
    for (const text of [many, `# ${many}x`, `${many}\``, `~${many}\``, `| ${many} |\n|-|`]) plainText(text);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test.each([
    ['a formula that ends with a blank', `$${'='.repeat(100_000)} $`],
    ['code that begins with one', `\` ${'a'.repeat(100_000)}\``],
  ])('%s', (_, text) => {
    const started = performance.now();
    plainText(text);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
