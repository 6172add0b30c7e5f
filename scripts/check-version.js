'use strict';

// The version stands in package.json, in Cargo.toml, which the engines are built with, and for a release in its tag
// and in the changelog.
//   node scripts/check-version.js [v1.2.3]

const fs = require('node:fs');
const path = require('node:path');

const { version } = JSON.parse(read('package.json'));
const [, rust] = read('Cargo.toml').match(/^version = "(.*)"$/m) ?? [];
const tag = process.argv[2];

if (rust !== version) fail(`package.json has version ${version}, Cargo.toml has ${rust}`);
if (tag !== undefined && tag !== `v${version}`)
  fail(`the tag is ${tag}, and package.json has version ${version}`);
if (
  tag !== undefined &&
  !read('CHANGELOG.md')
    .split(/\r?\n/)
    .some((line) => line.split(' ')[1] === version)
) {
  fail(`CHANGELOG.md has no section "## ${version}"`);
}
console.log(`version ${version}`);

/** @param {string} file */
function read(file) {
  return fs.readFileSync(path.join(__dirname, '..', file), 'utf8');
}

/** @param {string} text */
function fail(text) {
  console.error(`check-version: ${text}`);
  process.exit(1);
}
