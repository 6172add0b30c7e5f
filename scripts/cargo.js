'use strict';

// What the scripts that build the core have in common.

const os = require('node:os');
const path = require('node:path');

const root = path.join(__dirname, '..');

/** The sources of crates that panics name, without the place where this machine keeps them. */
function neutralPaths() {
  const cargo = process.env.CARGO_HOME ?? path.join(os.homedir(), '.cargo');
  return ['--remap-path-prefix', `${path.join(cargo, 'registry', 'src')}=registry`];
}

/** @param {string} text */
function say(text) {
  console.error(`wechat-push: ${text}`);
}

/** @param {string} text @param {number} [status] @returns {never} */
function fail(text, status = 1) {
  say(text);
  process.exit(status);
}

module.exports = { fail, neutralPaths, root, say };
