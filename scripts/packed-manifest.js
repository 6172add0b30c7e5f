'use strict';

// The published package.json has no scripts that npm would run at the user's: `prepare` alone makes
// npm warn about install scripts. `write` puts the cleaned one in place for packing, `restore` undoes it.

const fs = require('node:fs');
const path = require('node:path');

const manifest = path.join(__dirname, '..', 'package.json');
const original = path.join(__dirname, '..', '.package.json.original');

if (process.argv[2] === 'write') write();
else if (process.argv[2] === 'restore') restore();
else throw new Error('usage: packed-manifest.js write | restore');

function write() {
  restore();
  fs.copyFileSync(manifest, original);
  const published = JSON.parse(fs.readFileSync(manifest, 'utf8'));
  published.scripts = { 'build:native': published.scripts['build:native'] };
  delete published.devDependencies;
  delete published.jest;
  delete published.overrides;
  published.repository ??= builtFrom(process.env);
  fs.writeFileSync(manifest, `${JSON.stringify(published, null, 2)}\n`);
}

/**
 * npm holds the provenance against the repository that the package names: the one whose workflow packs it.
 * @param {NodeJS.ProcessEnv} env
 */
function builtFrom({ GITHUB_SERVER_URL, GITHUB_REPOSITORY }) {
  if (!GITHUB_SERVER_URL || !GITHUB_REPOSITORY) return undefined;
  return { type: 'git', url: `git+${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}.git` };
}

function restore() {
  if (fs.existsSync(original)) fs.renameSync(original, manifest);
}
