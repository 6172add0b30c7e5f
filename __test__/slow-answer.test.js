'use strict';

// In real time, with WeChat's own five seconds: the example whose output is in docs/delivery.md.

const { execFile } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { promisify } = require('node:util');

const root = path.join(__dirname, '..');

jest.setTimeout(30_000);

test('answers of 9 and 13 seconds are seen in the second and third delivery; each handler runs once', async () => {
  const example = path.join(root, 'examples', 'slow-answer', 'server.js');
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [example]);
  expect(stderr).toBe('');
  expect(stdout.replace(/after 5\.\d/g, 'after 5.0').replace(/answered after \S+ s/g, 'answered')).toBe(
    `asking two questions with replyWindow: 15000 …

为什么天是蓝的？ (the handler takes 9 s)
  delivery 1: WeChat hangs up after 5.0 s
  delivery 2: answered
  the user sees: 想好了：为什么天是蓝的？
  the handler ran: 1 time(s)

为什么海是咸的？ (the handler takes 13 s)
  delivery 1: WeChat hangs up after 5.0 s
  delivery 2: WeChat hangs up after 5.0 s
  delivery 3: answered
  the user sees: 想好了：为什么海是咸的？
  the handler ran: 1 time(s)
`,
  );
});

const first = `为什么天是蓝的？ (the handler takes 9 s)
  delivery 1: WeChat hangs up after 5.0 s
  delivery 2: answered after 4.0 s
  the user sees: 想好了：为什么天是蓝的？
  the handler ran: 1 time(s)
`;
const last = `  delivery 2: WeChat hangs up after 5.0 s
  delivery 3: answered after 3.0 s
`;

test.each([
  ['docs/delivery.md', first + '\n'],
  ['docs/delivery.md', last],
  ['docs/delivery.zh-CN.md', first + '\n'],
  ['docs/delivery.zh-CN.md', last],
])('%s shows what it prints', (page, lines) => {
  expect(fs.readFileSync(path.join(root, page), 'utf8')).toContain(lines);
});
