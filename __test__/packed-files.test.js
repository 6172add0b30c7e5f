'use strict';

// What stands in the tarball holds together: its pages and scripts lead to nothing that stayed at home.

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const packed = list();

/** Built, not committed; `npm run test:install -- --whole` looks for them. */
const ENGINES = /\.(node|wasm|wasm\.js)$/;

test('every link of a packed page leads to something packed', () => {
  const pages = packed.filter((file) => /\.md$|^llms\.txt$/.test(file));
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'README.zh-CN.md', 'docs/api.md', 'llms.txt']));
  expect(
    pages.flatMap((page) =>
      links(page)
        .filter(isMissing)
        .map((link) => `${page}: ${link}`),
    ),
  ).toEqual([]);
});

test('every file that a packed script or type names is packed', () => {
  const scripts = packed.filter((file) => /\.(m?js|d\.ts)$/.test(file));
  expect(scripts).toEqual(expect.arrayContaining(['index.js', 'index.d.ts', 'lib/receiver.js']));
  const missing = (file) => isMissing(file) && !ENGINES.test(file);
  expect(
    scripts.flatMap((script) =>
      named(script)
        .filter(missing)
        .map((file) => `${script}: ${file}`),
    ),
  ).toEqual([]);
});

/** The files of the tarball, but for those that are made while it is packed. */
function list() {
  const options = { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' };
  const out = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], options);
  const [{ files }] = JSON.parse(out);
  return files.map((file) => file.path);
}

/** @param {string} page */
function links(page) {
  const prose = read(page).replaceAll(/^```.*?^```$/gms, '');
  // Pictures stay at home: they are larger than all else.
  const found = Array.from(prose.matchAll(/(?<!!\[[^\]]*)\]\(([^)\s]+)\)/g), ([, link]) =>
    decodeURIComponent(link),
  );
  return found.filter((link) => !/^(\w+:|#)/.test(link)).map((link) => from(page, link.split('#')[0]));
}

/** What a script requires or imports by its place. @param {string} script */
function named(script) {
  const found = read(script).matchAll(/(?:require\(|import\(|\bfrom )'(\.[^']*)'/g);
  return Array.from(found, ([, name]) => from(script, name));
}

/** @param {string} file @param {string} relative */
function from(file, relative) {
  return path.posix.join(path.posix.dirname(file), relative);
}

/** @param {string} file or a folder, or a module without its ending */
function isMissing(file) {
  const folder = file.replace(/\/$/, '');
  if (folder === '.' || packed.some((one) => one.startsWith(`${folder}/`))) return false;
  return ![file, `${file}.js`, `${file}.d.ts`].some((one) => packed.includes(one));
}

/** @param {string} file */
function read(file) {
  return fs.readFileSync(path.join(root, file), 'utf8');
}
