'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { bin, folder, run } = require('./tools.js');

/**
 * What a Node for Windows needs to run in Wine: a Windows of its own, quiet, and with the library for random bytes that
 * Rust's standard library takes on Windows, which older versions of Wine lack.
 */
function wineEnvironment() {
  const environment = {
    WINEPREFIX: path.join(folder, 'wine'),
    WINEDEBUG: '-all',
    // Wine says that it is an older Windows than it behaves as.
    NODE_SKIP_PLATFORM_CHECK: '1',
  };
  const library = path.join(environment.WINEPREFIX, 'drive_c', 'windows', 'system32', 'bcryptprimitives.dll');
  if (fs.existsSync(library)) return environment;
  run('wine', ['wineboot', '--init'], { ...process.env, ...environment });
  const source = path.join(__dirname, 'bcryptprimitives.c');
  const target = ['-target', 'x86_64-windows-gnu', '-shared', '-ladvapi32'];
  run(path.join(bin, 'zig'), ['cc', ...target, '-o', library, source]);
  return environment;
}

module.exports = { wineEnvironment };
