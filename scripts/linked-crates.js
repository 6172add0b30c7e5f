'use strict';

const { spawnSync } = require('node:child_process');
const path = require('node:path');

const root = path.join(__dirname, '..');
const ADDON = 'wechat-push-node';

/** What the tarball has addons for, as far as they differ in crates; WebAssembly takes some of the first. */
const TARGETS = ['x86_64-unknown-linux-gnu', 'x86_64-pc-windows-msvc'];

/**
 * A crate whose code is in an addon.
 * @typedef {object} Crate
 * @property {string} name
 * @property {string} version
 * @property {string} license an SPDX expression
 * @property {string | undefined} repository
 * @property {string} folder of its sources
 * @property {boolean} own whether it is a part of this project
 * @property {Crate[]} uses
 */

/**
 * The crates that are linked into the addons; not what only runs while they are built: build scripts, procedural
 * macros and what these use.
 * @returns {Crate[]}
 */
function linkedCrates() {
  const platforms = TARGETS.flatMap((target) => ['--filter-platform', target]);
  const args = ['metadata', '--locked', '--format-version', '1', ...platforms];
  const { packages, resolve } = JSON.parse(output('cargo', args));
  // What is compiled for the tests as well has more features in the metadata than in the addon.
  const tree = [
    'tree',
    '--locked',
    '--package',
    ADDON,
    '--edges',
    'normal,no-proc-macro',
    '--prefix',
    'none',
  ];
  const targets = TARGETS.flatMap((target) => ['--target', target]);
  const names = new Set(output('cargo', [...tree, ...targets]).match(/^\S+ v\S+/gm));
  /** @type {Map<string, Crate>} */
  const linked = new Map(
    packages
      .filter((/** @type {any} */ one) => names.has(`${one.name} v${one.version}`))
      .map((/** @type {any} */ one) => [one.id, crateOf(one)]),
  );
  for (const { id, deps } of resolve.nodes) {
    const uses = deps.map((/** @type {any} */ dep) => linked.get(dep.pkg));
    linked.get(id)?.uses.push(...uses.filter(Boolean));
  }
  return [...linked.values()];
}

/** @param {any} one of cargo's packages @returns {Crate} */
function crateOf({ name, version, license, repository, manifest_path: manifest, source }) {
  return {
    name,
    version,
    // Cargo still takes the slash of old times.
    license: (license ?? '').replaceAll('/', ' OR '),
    repository: repository ?? undefined,
    folder: path.dirname(manifest),
    own: source === null,
    uses: [],
  };
}

/** The version of Rust, whose standard library is linked as well. */
function rustVersion() {
  return output('rustc', ['-vV']).match(/^release: (.*)$/m)?.[1] ?? '';
}

/**
 * What a command prints.
 * @param {string} command
 * @param {string[]} args
 */
function output(command, args) {
  const done = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} failed\n${done.stderr}`);
  return done.stdout;
}

module.exports = { ADDON, linkedCrates, output, root, rustVersion };
