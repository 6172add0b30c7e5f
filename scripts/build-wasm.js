'use strict';

// Builds the core as WebAssembly and puts it into lib/engine, as a file and as text. Nothing has to be installed for
// the package itself to work from a clone: without this it has the addon alone.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { brotliCompressSync, gzipSync } = require('node:zlib');
const { chooseToolchain, commonFlags, fail, root, say } = require('./cargo.js');

const TARGET = 'wasm32-unknown-unknown';
const built = path.join(root, 'target', 'wasm', TARGET, 'wasm', 'wechat_push_node.wasm');
const engine = path.join(root, 'lib', 'engine');
/** Bytes gzipped: what an edge host fetches at a cold start. */
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
  const file = path.join(engine, 'core.wasm');
  fs.copyFileSync(built, file);
  if (!optimize(file))
    say('wasm-opt (binaryen) is not here: it would make it smaller and faster by some percent');
  const bytes = fs.readFileSync(file);
  const text = `'use strict';\n\nmodule.exports =\n  '${brotliCompressSync(bytes).toString('base64')}';\n`;
  fs.writeFileSync(path.join(engine, 'core.wasm.js'), text);
  const gzipped = gzipSync(bytes, { level: 9 }).length;
  say(`built lib/engine/core.wasm: ${bytes.length} bytes, ${gzipped} gzipped`);
  if (gzipped > MOST) say(`it was to be ${MOST} gzipped at the most`);
}

/** @param {import('./cargo.js').Toolchain} of */
function build({ cargo, rustc, sources, ownStd }) {
  const flags = [...commonFlags(sources), VECTORS, ...AES_IN_LOOPS, ...(ownStd ? WITHOUT_WORDS : [])];
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, RUSTC: rustc, CARGO_ENCODED_RUSTFLAGS: flags.join('\x1f') };
  delete env.RUSTFLAGS;
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

/** @param {string} file */
function optimize(file) {
  const options = [
    '-O3',
    '--low-memory-unused',
    '--all-features',
    '--strip-debug',
    '--strip-producers',
    '--strip-target-features',
  ];
  return spawnSync('wasm-opt', [...options, file, '-o', file], { stdio: 'inherit' }).status === 0;
}

/** Debian's Rust names a linker that Debian does not have, so the newest of LLVM's is named to it. @param {string} rustc */
function debianLinker(rustc) {
  if (rustc !== '/usr/bin/rustc') return undefined;
  const all = fs.readdirSync('/usr/bin').filter((name) => /^wasm-ld-\d+$/.test(name));
  return all.toSorted((a, b) => Number(b.slice(8)) - Number(a.slice(8)))[0];
}
