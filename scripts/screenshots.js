'use strict';

// Has the tests in a browser keep their pictures: docs/images.

const { spawnSync } = require('node:child_process');
const { root } = require('./write-generated.js');

const { status } = spawnSync('npm', ['run', 'test:browser'], {
  cwd: root,
  env: { ...process.env, SCREENSHOTS: 'keep' },
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exitCode = status ?? 1;
