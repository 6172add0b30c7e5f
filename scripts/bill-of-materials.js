'use strict';

// Writes what the tarball says about its parts: `npm pack` runs it, and neither file is committed.

const fs = require('node:fs');
const path = require('node:path');
const { linkedCrates, root, rustVersion } = require('./linked-crates.js');
const { sbom } = require('./sbom.js');
const { notices } = require('./third-party-notices.js');

const crates = linkedCrates();
const rust = rustVersion();
write('sbom.cdx.json', `${JSON.stringify(sbom(crates, rust), null, 2)}\n`);
write('THIRD-PARTY-NOTICES.txt', notices(crates, rust));

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  fs.writeFileSync(path.join(root, file), text);
}
