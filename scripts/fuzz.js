'use strict';

// Fuzzes the core: `npm run fuzz -- [seconds per target] [target …]`. Says so, and is content, where this
// machine has not what it takes.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { writeSeeds } = require('../fuzz/seeds.js');

const folder = path.join(__dirname, '..', 'fuzz');
// Nothing is to be installed by asking whether it is there.
const env = { ...process.env, RUSTUP_AUTO_INSTALL: '0', CARGO_TARGET_DIR: undefined };

const { seconds, targets } = read(process.argv.slice(2));
const lacking = whatIsLacking();
if (lacking) say(`skipped: ${lacking}`);
else targets.forEach(fuzz);

function read([first = '60', ...names]) {
  const all = fs.readdirSync(path.join(folder, 'fuzz_targets')).map((file) => path.parse(file).name);
  const unknown = names.find((name) => !all.includes(name));
  if (!/^[1-9]\d*$/.test(first) || unknown) {
    fail(`usage: npm run fuzz -- [seconds per target] [target …]; the targets are ${all.join(', ')}`);
  }
  return { seconds: first, targets: names.length > 0 ? names : all };
}

function whatIsLacking() {
  if (!works('cargo', ['+nightly', '--version'])) {
    return 'no nightly Rust (rustup toolchain install nightly --profile minimal)';
  }
  if (!works('cargo', ['fuzz', '--version'])) return 'no cargo-fuzz (cargo install cargo-fuzz --locked)';
  if (!works(process.env.CXX ?? 'c++', ['--version']))
    return 'no C++ compiler, which libFuzzer is built with';
  if (!hasSanitizer()) return 'this Rust has no AddressSanitizer for this machine';
  return undefined;
}

/** Whether a program can be built with the sanitizer, and runs. */
function hasSanitizer() {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'wechat-push-fuzz-'));
  const [source, program] = ['main.rs', 'main'].map((file) => path.join(work, file));
  fs.writeFileSync(source, 'fn main() {}');
  const built = works('rustc', ['+nightly', '-Zsanitizer=address', '-o', program, source]);
  const runs = built && works(program, []);
  fs.rmSync(work, { recursive: true });
  return runs;
}

function fuzz(target) {
  // New inputs stay in the first folder, which is not committed.
  const [own, seeds] = ['corpus', 'seeds'].map((kind) => path.join(folder, 'target', kind, target));
  fs.mkdirSync(own, { recursive: true });
  writeSeeds(target, seeds);
  const inputs = [own, path.join(folder, 'corpus', target), seeds].filter((one) => fs.existsSync(one));
  const limits = [
    `-max_total_time=${seconds}`,
    '-timeout=10',
    '-max_len=4096',
    `-dict=${path.join(folder, 'dictionary')}`,
  ];
  say(`${target} for ${seconds} s`);
  const { status } = run('cargo', ['+nightly', 'fuzz', 'run', target, ...inputs, '--', ...limits], 'inherit');
  if (status !== 0) fail(`${target} failed; fuzz/README.md says how to replay it`);
}

function works(command, args) {
  return run(command, args, 'ignore').status === 0;
}

function run(command, args, stdio) {
  return spawnSync(command, args, { cwd: path.dirname(folder), env, stdio });
}

function say(text) {
  console.log(`fuzz: ${text}`);
}

function fail(text) {
  console.error(`fuzz: ${text}`);
  process.exit(1);
}
