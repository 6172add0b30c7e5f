'use strict';

const { execFileSync } = require('node:child_process');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');
const FLOOR = path.join(__dirname, 'floor');
const LIBRARIES = { win32: 'wechat_push_floor.dll', darwin: 'libwechat_push_floor.dylib' };
const LIBRARY = LIBRARIES[process.platform] ?? 'libwechat_push_floor.so';

/** What the Rust core takes without JavaScript, in ns per call, by name. */
function coreAlone() {
  const output = cargo(ROOT, 'bench', '--package', 'wechat-push-core');
  const lines = [...output.matchAll(/^(\S+) ([\d.]+)$/gm)];
  return Object.fromEntries(lines.map(([, name, ns]) => [name, Number(ns)]));
}

let addon;

/** The addon of `bench/floor`, built at the first call when it is not. */
function floorAddon() {
  addon ??= loadFloor();
  return addon;
}

function loadFloor() {
  cargo(FLOOR, 'build', '--release', '--target-dir', 'target');
  const loaded = { exports: {} };
  process.dlopen(loaded, path.join(FLOOR, 'target', 'release', LIBRARY));
  return loaded.exports;
}

function cargo(cwd, ...args) {
  const stdio = ['ignore', 'pipe', 'inherit'];
  return execFileSync('cargo', [...args, '--quiet', '--locked'], { cwd, encoding: 'utf8', stdio });
}

module.exports = { coreAlone, floorAddon };
