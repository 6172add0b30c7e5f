'use strict';

// npm run test:models
//
// Installs the clients of models as the lock file says, and reads what they yield.

const { spawnSync } = require('node:child_process');
const path = require('node:path');

// Nothing of a stranger runs here that does not have to.
run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
run(process.execPath, ['--test', path.join(__dirname, 'streams.test.js')]);

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: __dirname, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
