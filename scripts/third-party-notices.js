'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { root } = require('./linked-crates.js');

const LICENSE_FILE = /^(licen[cs]e|copying|copyright|notice|unlicense)/i;
const RULE = '='.repeat(80);

/**
 * Names, licences and licence texts of everything that is linked into the addon and is not ours.
 * @param {import('./linked-crates.js').Crate[]} crates
 * @param {string} rust the version of Rust
 */
function notices(crates, rust) {
  const others = crates.filter(({ own }) => !own).toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  const rows = others.map(({ name, version, license, repository }) =>
    [`${name} ${version}`, license, repository].filter(Boolean).join(', '),
  );
  const library = `The Rust standard library ${rust}`;
  rows.push(`${library}, MIT OR Apache-2.0, https://github.com/rust-lang/rust`);

  /** Who is under each text: many share one. @type {Map<string, string[]>} */
  const texts = new Map();
  const add = (/** @type {string} */ text, /** @type {string} */ name) =>
    texts.set(text, [...(texts.get(text) ?? []), name]);
  for (const crate of others) {
    for (const text of textsOf(crate)) add(text, `${crate.name} ${crate.version}`);
  }
  add(mit('The Rust Project contributors, https://thanks.rust-lang.org'), library);

  const sections = Array.from(texts, ([text, names]) => `${RULE}\n${names.join(', ')}\n${RULE}\n\n${text}\n`);
  return `What wechat-push has compiled, its addons and its WebAssembly, contains code of others, under their licences:\n\n${rows.join('\n')}\n\n${sections.join('\n')}`;
}

/** The licence texts of a crate. @param {import('./linked-crates.js').Crate} crate */
function textsOf({ name, version, license, repository, folder }) {
  const files = fs.readdirSync(folder).filter((file) => LICENSE_FILE.test(file));
  if (files.length > 0) return files.map((file) => tidy(fs.readFileSync(path.join(folder, file), 'utf8')));
  // Some crates carry only the name of it.
  if (/\bMIT\b/.test(license)) return [mit(`the authors of ${name}${repository ? `, ${repository}` : ''}`)];
  throw new Error(
    `${name} ${version} (${license}) has no licence text: add one to ${path.basename(__filename)}`,
  );
}

/** The text of the MIT licence, which is also ours. @param {string} owner */
function mit(owner) {
  const own = fs.readFileSync(path.join(root, 'LICENSE'), 'utf8');
  const [, ...terms] = own.split(/^Copyright.*$/m);
  if (terms.length !== 1) throw new Error('LICENSE has no line that begins with Copyright');
  return tidy(`MIT License\n\nCopyright (c) ${owner}\n\n${terms[0].trim()}`);
}

/** So that texts that differ in blanks only are one. @param {string} text */
function tidy(text) {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/^\n+|\n+$/g, '');
}

module.exports = { notices };
