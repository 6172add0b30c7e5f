'use strict';

const { spawnSync } = require('node:child_process');
const path = require('node:path');

test('the types of wechat-push/compat hold', () => {
  const tsc = require.resolve('typescript/package.json').replace('package.json', 'bin/tsc');
  const options =
    '--noEmit --ignoreConfig --strict --module nodenext --target es2024 --types node --skipLibCheck';
  const args = [tsc, ...options.split(' '), '__test__/types/compat.test-d.ts'];
  const { stdout, status } = spawnSync(process.execPath, args, {
    cwd: path.join(__dirname, '../..'),
    encoding: 'utf8',
  });
  expect([stdout, status]).toEqual(['', 0]);
});
