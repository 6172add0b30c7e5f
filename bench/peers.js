'use strict';

const { execSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

/** What the benchmarks compare with is not installed with the project. */
function installPeers() {
  if (fs.existsSync(path.join(__dirname, 'node_modules'))) return;
  console.log('installing what the benchmarks compare with …');
  execSync('npm ci --ignore-scripts --no-audit --no-fund', { cwd: __dirname, stdio: 'inherit' });
}

module.exports = { installPeers };
