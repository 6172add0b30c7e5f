'use strict';

// Builds the addon for this machine and puts it beside index.js. Needs cargo and nothing else.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { addonFile, libc } = require('../lib/engine/machine.js');
const { commonFlags, fail, root, say } = require('./cargo.js');

const libraries = { win32: 'wechat_push_node.dll', darwin: 'libwechat_push_node.dylib' };
const library = libraries[process.platform] ?? 'libwechat_push_node.so';

say('building the native addon with cargo; the first time takes about a minute …');
const started = Date.now();
build();
install(path.join(root, 'target', 'release', library), path.join(root, addonFile()));
say(`built ${addonFile()} in ${Math.round((Date.now() - started) / 1000)} s`);

function build() {
  const args = ['build', '--release', '--locked', '--package', 'wechat-push-node'];
  const env = { ...process.env };
  delete env.CARGO_BUILD_TARGET;
  const config = `build.rustflags=${JSON.stringify([...commonFlags(), ...linking()])}`;
  const { error, status } = spawnSync('cargo', [...args, '--target-dir', 'target', '--config', config], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  if (error && 'code' in error && error.code === 'ENOENT') {
    fail('cargo was not found. Install Rust (https://rustup.rs), open a new terminal and try again.');
  }
  if (error || status !== 0) {
    fail(`cargo could not build the addon${error ? `: ${error.message}` : ', see its messages above.'}`);
  }
}

/** Rust links statically for musl, and an addon has to be a library; on Windows it needs what not every machine has. */
function linking() {
  if (libc() === 'musl') return ['-C', 'target-feature=-crt-static'];
  return process.platform === 'win32' ? ['-C', 'target-feature=+crt-static'] : [];
}

/** Renames into place, so that a process which has the old file loaded keeps it. */
function install(from, to) {
  const temporary = `${to}.${process.pid}`;
  fs.copyFileSync(from, temporary);
  fs.renameSync(temporary, to);
}
