'use strict';

// Builds the addons for the common platforms on any one machine, by Zig as the linker, and looks into each. What it needs
// comes from PyPI and crates.io.

const fs = require('node:fs');
const path = require('node:path');
const { addonFile } = require('../lib/engine/machine.js');
const { chooseToolchain, commonFlags, fail, root, say } = require('./cargo.js');
const { bin, folder, inspect, installTools, run, runScript } = require('./platforms/tools.js');
const { TARGETS } = require('./platforms/targets.js');

/** Without what prints backtraces, which is a third of an addon, and small; panics are caught, so they unwind. */
const OWN_STD = ['-Zbuild-std=std,panic_unwind', '-Zbuild-std-features=panic-unwind,optimize_for_size'];
/** Nothing is printed for people who read Rust. */
const WITHOUT_DEBUG = '-Zfmt-debug=none';

main();

function main() {
  const wanted = process.argv.slice(2);
  const names = wanted.length > 0 ? wanted : Object.keys(TARGETS);
  const unknown = names.find((name) => !(name in TARGETS));
  if (unknown) fail(`there is no ${unknown}, only ${Object.keys(TARGETS).join(', ')}`);
  installTools();
  for (const name of names) {
    say(`building for ${name} …`);
    build(name, TARGETS[name]);
  }
  inspect(names.map((name) => addonFile(name)));
}

/**
 * @param {string} name
 * @param {typeof TARGETS[string]} platform
 */
function build(name, { target, zig = target, flags = [], isMacos, isWindows }) {
  const { cargo, rustc, sources, ownStd } = chooseToolchain(target);
  const rustflags = [...commonFlags(sources), ...flags, ...(ownStd ? [WITHOUT_DEBUG] : [])];
  const env = {
    ...process.env,
    PATH: `${bin}${path.delimiter}${process.env.PATH}`,
    CARGO: cargo,
    RUSTC: rustc,
    CARGO_ENCODED_RUSTFLAGS: rustflags.join('\x1f'),
    ...(ownStd ? { RUSTC_BOOTSTRAP: '1' } : {}),
    ...(isMacos ? { CARGO_PROFILE_RELEASE_STRIP: 'none' } : {}),
    ...(isWindows ? { LIBNODE_PATH: emptyLibnode() } : {}),
  };
  const args = ['zigbuild', '--release', '--locked', '--package', 'wechat-push-node', '--target', zig];
  const more = ['--target-dir', folder, ...(ownStd ? OWN_STD : [])];
  run(path.join(bin, 'cargo-zigbuild'), [...args, ...more], env);
  const library = isWindows ? 'wechat_push_node.dll' : `libwechat_push_node.${isMacos ? 'dylib' : 'so'}`;
  const file = path.join(root, addonFile(name));
  fs.copyFileSync(path.join(folder, target, 'release', library), `${file}.new`);
  if (name.startsWith('linux')) runScript('any-libc.py', [`${file}.new`]);
  fs.renameSync(`${file}.new`, file);
}

/** The crate `napi` asks for Node's library for Windows, though the Node-API is found when the addon is loaded. */
function emptyLibnode() {
  const libnode = path.join(folder, 'libnode');
  fs.mkdirSync(libnode, { recursive: true });
  for (const name of ['libnode.dll', 'libnode.a']) fs.writeFileSync(path.join(libnode, name), '!<arch>\n');
  return libnode;
}
