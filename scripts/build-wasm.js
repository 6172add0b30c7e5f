'use strict';

// Builds the core as WebAssembly and puts it into lib/engine, as a file and as text. Nothing has to be installed for
// the package itself to work from a clone: without this it has the addon alone.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { brotliCompressSync, gzipSync } = require('node:zlib');
const { splitWasm } = require('./split-wasm.js');
const { chooseToolchain, commonFlags, fail, root, say } = require('./cargo.js');

const TARGET = 'wasm32-unknown-unknown';
const built = path.join(root, 'target', 'wasm', TARGET, 'wasm', 'wechat_push_node.wasm');
const engine = path.join(root, 'lib', 'engine');
const WITHOUT_NAMES = ['--strip-debug', '--strip-producers', '--strip-target-features'];
/** Magic and version. */
const EMPTY_MODULE = Buffer.from('0061736d01000000', 'hex');
/** Bytes gzipped, of what receives and answers pushes: what is loaded at a cold start. */
const MOST = 130_000;

/** Smaller by a third: std is compiled for size as well, and a panic is a trap without words. */
const OWN_STD = ['-Zbuild-std=std,panic_abort', '-Zbuild-std-features=optimize_for_size'];
const WITHOUT_WORDS = [
  '-Zunstable-options',
  '-Cpanic=immediate-abort',
  '-Zlocation-detail=none',
  '-Zfmt-debug=none',
];
/** All have them now. */
const VECTORS = '-Ctarget-feature=+simd128';
/** Not only smaller, but faster as well. */
const AES_IN_LOOPS = ['--cfg', 'aes_backend_soft="compact"'];

main();

function main() {
  const chosen = chooseToolchain(TARGET);
  say(
    `building WebAssembly with ${chosen.cargo}, ${chosen.ownStd ? 'and std from its sources' : 'and std as it is'} …`,
  );
  build(chosen);
  const files = { core: path.join(engine, 'core.wasm'), rest: path.join(engine, 'rest.wasm') };
  makeFiles(files);
  const sizes = Object.values(files).map(writeText);
  say(`built lib/engine/core.wasm and rest.wasm: ${sizes.join(' and ')} bytes gzipped`);
  if (sizes[0] > MOST) say(`core.wasm was to be ${MOST} gzipped at the most`);
}

/** In two where Binaryen is here; else the rest is a module of nothing. @param {{ core: string, rest: string }} files */
function makeFiles({ core, rest }) {
  if (optimize(built, core, ['-g']) && splitWasm(core, core, rest)) {
    for (const file of [core, rest]) optimize(file, file, WITHOUT_NAMES);
    return;
  }
  say('Binaryen is not here (wasm-opt and more): it is larger, and in one piece');
  fs.copyFileSync(built, core);
  fs.writeFileSync(rest, EMPTY_MODULE);
}

/** Its text, for bundles; returns how many bytes it has gzipped. @param {string} file */
function writeText(file) {
  const bytes = fs.readFileSync(file);
  const text = `'use strict';\n\nmodule.exports =\n  '${brotliCompressSync(bytes).toString('base64')}';\n`;
  fs.writeFileSync(`${file}.js`, text);
  return gzipSync(bytes, { level: 9 }).length;
}

/** @param {import('./cargo.js').Toolchain} of */
function build({ cargo, rustc, sources, ownStd }) {
  const flags = [...commonFlags(sources), VECTORS, ...AES_IN_LOOPS, ...(ownStd ? WITHOUT_WORDS : [])];
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, RUSTC: rustc, CARGO_ENCODED_RUSTFLAGS: flags.join('\x1f') };
  delete env.RUSTFLAGS;
  // It is split by the names of its functions.
  if (spawnSync('wasm-opt', ['--version']).status === 0) env.CARGO_PROFILE_WASM_STRIP = 'none';
  if (ownStd) env.RUSTC_BOOTSTRAP = '1';
  const linker = debianLinker(rustc);
  if (linker) env.CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER = linker;
  const args = [
    'build',
    '--profile',
    'wasm',
    '--locked',
    '--package',
    'wechat-push-node',
    '--target',
    TARGET,
  ];
  const more = ['--target-dir', path.join('target', 'wasm'), ...(ownStd ? OWN_STD : [])];
  const { status } = spawnSync(cargo, [...args, ...more], { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) fail('cargo could not build WebAssembly, see its messages above.');
}

/** @param {string} from @param {string} to @param {string[]} options */
function optimize(from, to, options) {
  const all = ['-O3', '--low-memory-unused', '--all-features', ...options, from, '-o', to];
  return spawnSync('wasm-opt', all, { stdio: 'inherit' }).status === 0;
}

/** Debian's Rust names a linker that Debian does not have, so the newest of LLVM's is named to it. @param {string} rustc */
function debianLinker(rustc) {
  if (rustc !== '/usr/bin/rustc') return undefined;
  const all = fs.readdirSync('/usr/bin').filter((name) => /^wasm-ld-\d+$/.test(name));
  return all.toSorted((a, b) => Number(b.slice(8)) - Number(a.slice(8)))[0];
}
