'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { addonFile } = require('../../lib/engine/machine.js');

const MOST_BYTES = 4_000_000;

/**
 * The addon for this machine is in the tarball; in a whole one everything is that the package loads, and it stays small.
 * @param {{ folder: string, files: string[], size: number }} packed
 * @param {boolean} whole
 */
function checkEngines({ folder, files, size }, whole) {
  if (size > MOST_BYTES) throw new Error(`the tarball has ${size} bytes, and may have ${MOST_BYTES}`);
  const expected = whole ? loaded(folder, files) : [addonFile()];
  const missing = expected.filter((file) => !files.includes(file));
  if (missing.length > 0) throw new Error(`the tarball lacks ${missing.join(', ')}`);
  return `${size} bytes of ${MOST_BYTES} at the most, with ${expected.join(', ')}`;
}

/** What the package's own scripts name: an addon for each platform, and WebAssembly twice. */
function loaded(folder, files) {
  const scripts = files.filter((file) => /^lib\/.*\.m?js$/.test(file) && !file.endsWith('.wasm.js'));
  const named = scripts.flatMap((script) => {
    const text = fs.readFileSync(path.join(folder, script), 'utf8');
    const found = text.matchAll(/'(\.[^']*\.(?:node|wasm|wasm\.js))'/g);
    return Array.from(found, ([, file]) => path.posix.join(path.posix.dirname(script), file));
  });
  for (const kind of ['.node', '.wasm', '.wasm.js']) {
    if (!named.some((file) => file.endsWith(kind))) throw new Error(`nothing in lib loads a ${kind}`);
  }
  return [...new Set(named)].toSorted();
}

module.exports = { checkEngines };
