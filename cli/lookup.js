'use strict';

const { execFile } = require('node:child_process');

/** Asks the system's resolver, which also knows the hosts file, and prints its answer. */
const SCRIPT = `require('node:dns').lookup(process.argv[1], { all: true }, (error, found) => {
  process.stdout.write(JSON.stringify(error ? [] : found));
})`;

/**
 * The addresses of a host, looked up in a child process: a lookup in this one could not be cancelled, and would
 * keep the process from ending.
 * @param {string} host
 * @param {number} timeout in milliseconds
 * @returns {Promise<{ addresses: { address: string, family: number }[] } | { failure: 'dns' | 'dns_timeout' }>}
 */
function lookup(host, timeout) {
  return new Promise((resolve) => {
    const limits = { timeout, killSignal: /** @type {const} */ ('SIGKILL') };
    const child = execFile(process.execPath, ['-e', SCRIPT, '--', host], limits, (error, stdout) => {
      process.off('exit', end);
      if (error) return resolve({ failure: error.killed ? 'dns_timeout' : 'dns' });
      const addresses = JSON.parse(stdout);
      resolve(addresses.length > 0 ? { addresses } : { failure: 'dns' });
    });
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
  });
}

module.exports = { lookup };
