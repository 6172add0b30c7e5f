'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { root } = require('./tarball.js');

/**
 * The tarball names everything that it consists of, with its licence.
 * @param {{ folder: string, files: string[] }} packed
 */
function checkParts({ folder, files }) {
  const { components } = JSON.parse(read(folder, 'sbom.cdx.json'));
  const listed = new Set(components.map((one) => `${one.name} ${one.version}`));
  const { packages } = JSON.parse(read(root, 'package-lock.json'));
  const installed = Object.entries(packages)
    .filter(([place, { dev, devOptional }]) => place !== '' && !dev && !devOptional)
    .map(([place, { version }]) => `${place.replace(/.*node_modules\//, '')} ${version}`);
  const addons = files.filter((file) => file.endsWith('.node'));
  const linked = [...new Set(addons.flatMap((file) => crates(folder, file)))];
  expectEach([...installed, ...linked], (name) => listed.has(name), 'is not in sbom.cdx.json');
  if (components.some(({ licenses }) => !licenses?.length)) throw new Error('a part has no licence');

  const notices = read(folder, 'THIRD-PARTY-NOTICES.txt');
  const [list, ...sections] = notices.split(/^={80}\r?\n/m);
  const owners = sections.filter((_, i) => i % 2 === 0).join();
  expectEach(linked, (name) => list.includes(`\n${name}, `), 'is not in THIRD-PARTY-NOTICES.txt');
  expectEach(linked, (name) => owners.includes(name), 'has no licence text in THIRD-PARTY-NOTICES.txt');
  if (sections.some((text) => text.trim().length < 5)) throw new Error('a licence text is empty');
  return `the tarball names ${installed.length} packages and ${linked.length} crates, with their licences`;
}

/**
 * The crates whose source files an addon names, for panics: found without asking cargo. Those that only the standard
 * library uses are a part of it.
 */
function crates(folder, file) {
  const addon = read(folder, file, 'latin1');
  if (addon.includes(root) || /registry[/\\]src[/\\]/.test(addon)) {
    throw new Error(
      `${file} names folders of the machine that built it: build it without rustflags of your own`,
    );
  }
  const found = addon.matchAll(/registry[/\\][^/\\]+[/\\]([\w-]+?)-(\d+\.\d+\.\d+[\w.+-]*)[/\\]/g);
  const all = Array.from(found, ([, name, version]) => `${name} ${version}`);
  const ours = crateNames(read(root, 'Cargo.lock'));
  const names = new Set(all.filter((name) => ours.has(name)));
  if (names.size === 0) throw new Error(`${file} names no crates`);
  return [...names];
}

/** @param {string} lock */
function crateNames(lock) {
  const rows = lock.matchAll(/^name = "(.*)"\r?\nversion = "(.*)"/gm);
  return new Set(Array.from(rows, ([, name, version]) => `${name} ${version}`));
}

function expectEach(names, holds, otherwise) {
  const missing = names.filter((name) => !holds(name));
  if (missing.length > 0) throw new Error(`${missing.join(', ')} ${otherwise}`);
}

/** @param {string} folder @param {string} file @param {BufferEncoding} [encoding] */
function read(folder, file, encoding = 'utf8') {
  return fs.readFileSync(path.join(folder, file), encoding);
}

module.exports = { checkParts };
