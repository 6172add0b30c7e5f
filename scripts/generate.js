'use strict';

// Runs every generator beside this file; with --check they only say whether what they write is up to date.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const generators = fs.readdirSync(__dirname).filter((name) => /^generate-.+\.js$/.test(name));
const failed = generators.filter((name) => {
  const { status } = spawnSync(process.execPath, [path.join(__dirname, name), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  return status !== 0;
});
if (failed.length > 0) process.exitCode = 1;
