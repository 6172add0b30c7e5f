'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');
const FLOOR = path.join(__dirname, 'floor');
const LIBRARIES = { win32: 'wechat_push_floor.dll', darwin: 'libwechat_push_floor.dylib' };

/** What the Rust core takes without JavaScript, in ns per call, by name. */
function coreAlone() {
  const output = cargo(ROOT, 'bench', '--package', 'wechat-push-core');
  const lines = [...output.matchAll(/^(\S+) ([\d.]+)$/gm)];
  return Object.fromEntries(lines.map(([, name, ns]) => [name, Number(ns)]));
}

/** The addon of `bench/floor`, built when it is not. */
function floorAddon() {
  cargo(FLOOR, 'build', '--release', '--target-dir', 'target');
  const library = path.join(
    FLOOR,
    'target',
    'release',
    LIBRARIES[process.platform] ?? 'libwechat_push_floor.so',
  );
  const addon = path.join(FLOOR, 'target', 'floor.node');
  fs.copyFileSync(library, addon);
  return require(addon);
}

function cargo(cwd, ...args) {
  const stdio = ['ignore', 'pipe', 'inherit'];
  return execFileSync('cargo', [...args, '--quiet', '--locked'], { cwd, encoding: 'utf8', stdio });
}

module.exports = { coreAlone, floorAddon };
