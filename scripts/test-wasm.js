'use strict';

// The tests of what people use, with WebAssembly in place of the addon. Left out is what does not ask the engine.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { root, say } = require('./cargo.js');

const OTHERS = [
  'native',
  'redis',
  'records',
  'fallback',
  'soak',
  'simulator',
  'hidden-class',
  '-page',
  '-table',
];

if (fs.existsSync(path.join(root, 'lib', 'engine', 'core.wasm'))) {
  const files = process.argv.slice(2);
  const jest = [path.join(root, 'node_modules', 'jest', 'bin', 'jest.js'), ...files];
  const env = { ...process.env, WECHAT_PUSH_ENGINE: 'wasm' };
  const { status } = spawnSync(
    process.execPath,
    [...jest, '--testPathIgnorePatterns', 'node_modules', ...OTHERS],
    {
      cwd: root,
      env,
      stdio: 'inherit',
    },
  );
  process.exitCode = status ?? 1;
} else {
  say('test:wasm is skipped: WebAssembly was not built, "npm run build:wasm" does');
}
