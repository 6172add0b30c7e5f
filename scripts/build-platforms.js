'use strict';

// Builds the addons for the common platforms on any one machine, by Zig as the linker, and looks into each. What it needs
// comes from PyPI and crates.io. Windows is built on Windows, by build-native.js.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { addonFile } = require('../lib/platform.js');
const { chooseToolchain, fail, neutralPaths, root, say } = require('./cargo.js');

/** Of glibc, which nothing older than 2014 has. */
const GLIBC = '2.17';
/** An addon is a library, while Rust links statically for musl. */
const DYNAMIC = ['-Ctarget-feature=-crt-static'];
/** Without what prints backtraces, which is a third of an addon; panics are caught, so they unwind. */
const OWN_STD = ['-Zbuild-std=std,panic_unwind', '-Zbuild-std-features=panic-unwind'];
/** For macOS: stripped by the linker, as there is no other tool, without libraries that nothing uses, and nameless. */
const MACOS = ['-s', '-dead_strip_dylibs', '-install_name,@rpath/wechat-push.node'].map(
  (flag) => `-Clink-arg=-Wl,${flag}`,
);

/** @type {Record<string, { target: string, zig?: string, flags?: string[] }>} */
const PLATFORMS = {
  'linux-x64-gnu': { target: 'x86_64-unknown-linux-gnu', zig: `x86_64-unknown-linux-gnu.${GLIBC}` },
  'linux-arm64-gnu': { target: 'aarch64-unknown-linux-gnu', zig: `aarch64-unknown-linux-gnu.${GLIBC}` },
  'linux-x64-musl': { target: 'x86_64-unknown-linux-musl', flags: DYNAMIC },
  'linux-arm64-musl': { target: 'aarch64-unknown-linux-musl', flags: DYNAMIC },
  'darwin-x64': { target: 'x86_64-apple-darwin', flags: MACOS },
  'darwin-arm64': { target: 'aarch64-apple-darwin', flags: MACOS },
};

const tools = path.join(root, 'target', 'platforms', 'python');
const python = path.join(tools, 'bin', 'python');

main();

function main() {
  const wanted = process.argv.slice(2);
  const names = wanted.length > 0 ? wanted : Object.keys(PLATFORMS);
  const unknown = names.find((name) => !(name in PLATFORMS));
  if (unknown) fail(`there is no ${unknown}, only ${Object.keys(PLATFORMS).join(', ')}`);
  installTools();
  for (const name of names) {
    say(`building for ${name} …`);
    build(name, PLATFORMS[name]);
  }
  inspect(names.map((name) => addonFile(name)));
}

/** Zig, which links for every platform, in a folder of its own. */
function installTools() {
  const done = path.join(tools, 'bin', 'zig');
  if (fs.existsSync(done)) return;
  run('python3', ['-m', 'venv', tools]);
  const requirements = path.join(__dirname, 'platforms.txt');
  run(python, ['-m', 'pip', 'install', '--quiet', '--no-deps', '--requirement', requirements]);
  // cargo-zigbuild looks for a command of that name.
  fs.writeFileSync(done, `#!/bin/sh\nexec '${python}' -m ziglang "$@"\n`, { mode: 0o755 });
}

/**
 * @param {string} name
 * @param {typeof PLATFORMS[string]} platform
 */
function build(name, { target, zig = target, flags = [] }) {
  const { cargo, rustc, sources, ownStd } = chooseToolchain(target);
  const env = {
    ...process.env,
    PATH: `${path.join(tools, 'bin')}${path.delimiter}${process.env.PATH}`,
    CARGO: cargo,
    RUSTC: rustc,
    CARGO_ENCODED_RUSTFLAGS: [...neutralPaths(sources), ...flags].join('\x1f'),
    ...(ownStd ? { RUSTC_BOOTSTRAP: '1' } : {}),
    ...(flags === MACOS ? { CARGO_PROFILE_RELEASE_STRIP: 'none' } : {}),
  };
  const args = ['zigbuild', '--release', '--locked', '--package', 'wechat-push-node', '--target', zig];
  const more = ['--target-dir', path.join('target', 'platforms'), ...(ownStd ? OWN_STD : [])];
  run(path.join(tools, 'bin', 'cargo-zigbuild'), [...args, ...more], env);
  const library = `libwechat_push_node.${target.includes('apple') ? 'dylib' : 'so'}`;
  const file = path.join(root, addonFile(name));
  fs.copyFileSync(path.join(root, 'target', 'platforms', target, 'release', library), `${file}.new`);
  fs.renameSync(`${file}.new`, file);
}

/** What cannot be run here is at least looked into. @param {string[]} files */
function inspect(files) {
  run(python, [path.join(__dirname, 'inspect-addons.py'), ...files]);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
function run(command, args, env = process.env) {
  const { error, status } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
  if (error || status !== 0) fail(`${command} ${args[0]} failed${error ? `: ${error.message}` : ''}`);
}
