'use strict';

const fs = require('node:fs');
const path = require('node:path');

/**
 * The runtime that npm has installed for this platform, or why there is none.
 * @param {string} runtime
 * @param {string} scope of the packages of its platforms
 * @param {RegExp} which
 * @param {string} file
 */
function binaryOf(runtime, scope, which, file) {
  const folder = path.join(__dirname, 'node_modules', scope);
  const installed = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => which.test(name)) : [];
  const command = installed.map((name) => path.join(folder, name, file)).find(fs.existsSync);
  if (!command) return { skip: `the npm package ${runtime} has nothing for this platform` };
  fs.chmodSync(command, 0o755);
  return { command };
}

module.exports = { binaryOf };
