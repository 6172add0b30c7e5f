'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { ADDON, output, root } = require('./linked-crates.js');

/** How `npm sbom` marks what users do not install. */
const DEVELOPMENT = 'cdx:npm:package:development';

/**
 * What the package and its addon consist of, as a CycloneDX document. It has no time and no serial number,
 * so that one commit gives one document.
 * @param {import('./linked-crates.js').Crate[]} crates
 * @param {string} rust the version of Rust
 */
function sbom(crates, rust) {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const itself = { ref: `${name}@${version}`, purl: `pkg:npm/${name}@${version}` };
  const { specVersion, components, dependencies } = npmParts();
  const addon = crates.filter((crate) => crate.name === ADDON).map(refOf);
  const library = { ref: `rust-std@${rust}`, uses: /** @type {string[]} */ ([]) };
  return {
    bomFormat: 'CycloneDX',
    specVersion,
    version: 1,
    metadata: {
      component: {
        type: 'library',
        'bom-ref': itself.ref,
        name,
        version,
        purl: itself.purl,
        licenses: [{ license: { id: license } }],
      },
    },
    components: [
      ...components,
      ...crates.map(crateComponent),
      {
        type: 'library',
        'bom-ref': library.ref,
        name: 'rust-std',
        version: rust,
        licenses: [{ expression: 'MIT OR Apache-2.0' }],
        externalReferences: [{ type: 'vcs', url: 'https://github.com/rust-lang/rust' }],
      },
    ],
    dependencies: [
      ...dependencies.map(({ ref, dependsOn }) =>
        ref === itself.ref ? { ref, dependsOn: [...dependsOn, ...addon] } : { ref, dependsOn },
      ),
      ...crates.map((crate) => ({ ref: refOf(crate), dependsOn: [...crate.uses.map(refOf), library.ref] })),
      { ref: library.ref, dependsOn: [] },
    ],
  };
}

/** What npm installs with the package. */
function npmParts() {
  // Its --omit=dev leaves everything out, in npm 11.
  const all = JSON.parse(output('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']));
  const components = all.components.filter(
    (/** @type {any} */ one) => !one.properties.some((/** @type {any} */ { name }) => name === DEVELOPMENT),
  );
  const refs = new Set(components.map((/** @type {any} */ one) => one['bom-ref']));
  /** @type {{ ref: string, dependsOn: string[] }[]} */
  const dependencies = all.dependencies
    .filter((/** @type {any} */ { ref }) => refs.has(ref) || ref === all.metadata.component['bom-ref'])
    .map((/** @type {any} */ { ref, dependsOn }) => ({
      ref,
      dependsOn: dependsOn.filter((/** @type {string} */ one) => refs.has(one)),
    }));
  return { specVersion: all.specVersion, components, dependencies };
}

/** @param {import('./linked-crates.js').Crate} crate */
function crateComponent(crate) {
  const { name, version, license, repository } = crate;
  const hash = checksum(crate);
  return {
    type: 'library',
    'bom-ref': refOf(crate),
    name,
    version,
    purl: `pkg:cargo/${name}@${version}`,
    ...(hash && { hashes: [{ alg: 'SHA-256', content: hash }] }),
    licenses: [{ expression: license }],
    ...(repository && { externalReferences: [{ type: 'vcs', url: repository }] }),
  };
}

/** The hash of a crate's sources in Cargo.lock; our own have none. @param {import('./linked-crates.js').Crate} crate */
function checksum({ name, version }) {
  const lock = fs.readFileSync(path.join(root, 'Cargo.lock'), 'utf8');
  const entry = lock
    .split('[[package]]')
    .find((one) => one.includes(`name = "${name}"\nversion = "${version}"`));
  return entry?.match(/^checksum = "(\w+)"$/m)?.[1];
}

/** @param {import('./linked-crates.js').Crate} crate */
function refOf({ name, version }) {
  return `cargo:${name}@${version}`;
}

module.exports = { sbom };
