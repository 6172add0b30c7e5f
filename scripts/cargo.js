'use strict';

// What the scripts that build the core have in common.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = path.join(__dirname, '..');

/**
 * For rustc, whatever is built: the sources that panics name, without the places where this machine keeps them; and
 * SHA-256 in a few lines, as only the signature of payments takes it.
 * @param {string} [std] where the sources of std are
 */
function commonFlags(std) {
  const cargo = process.env.CARGO_HOME ?? path.join(os.homedir(), '.cargo');
  const ofStd = std === undefined ? [] : ['--remap-path-prefix', `${std}=rust`];
  const registry = path.join(cargo, 'registry', 'src');
  return ['--remap-path-prefix', `${registry}=registry`, ...ofStd, '--cfg', 'sha2_backend_soft="compact"'];
}

/**
 * @typedef {object} Toolchain
 * @property {string} cargo
 * @property {string} rustc
 * @property {string} sources of std
 * @property {boolean} ownStd whether they are there, so that std is built as well
 */

/**
 * A Rust that can build for another target: rather one with the sources of std, else one that has std for it. Debian's
 * is looked for beside rustup's, which cannot fetch either everywhere.
 * @param {string} target
 * @returns {Toolchain}
 */
function chooseToolchain(target) {
  const ours = toolchain('cargo', 'rustc', target);
  const all = [ours, toolchain('/usr/bin/cargo', '/usr/bin/rustc', target)];
  const found = all.find((one) => one?.ownStd) ?? all.find((one) => one?.hasTarget);
  if (found) return found;
  if (ours && spawnSync('rustup', ['target', 'add', target], { stdio: 'inherit' }).status === 0) return ours;
  // By its own status, since this is no fault of the code.
  return fail(
    `no Rust here can build for ${target}. With rustup: "rustup component add rust-src", or ` +
      `"rustup target add ${target}"; on Debian: apt-get install rustc-web cargo-web rust-web-src lld-22`,
    2,
  );
}

/**
 * @param {string} cargo
 * @param {string} rustc
 * @param {string} target
 */
function toolchain(cargo, rustc, target) {
  const { stdout, status } = spawnSync(rustc, ['--print', 'sysroot'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) return undefined;
  const rustlib = path.join(stdout.trim(), 'lib', 'rustlib');
  const sources = path.join(rustlib, 'src', 'rust');
  return {
    cargo,
    rustc,
    sources,
    ownStd: fs.existsSync(path.join(sources, 'library', 'Cargo.lock')),
    hasTarget: fs.existsSync(path.join(rustlib, target)),
  };
}

/** @param {string} text */
function say(text) {
  console.error(`wechat-push: ${text}`);
}

/** @param {string} text @param {number} [status] @returns {never} */
function fail(text, status = 1) {
  say(text);
  process.exit(status);
}

module.exports = { chooseToolchain, commonFlags, fail, root, say };
