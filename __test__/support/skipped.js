'use strict';

const { executable } = require('./chromium.js');
const { installed } = require('./redis-server.js');
const { isBuilt } = require('./wasm.js');

const WASM = /(engines|wasm)\.test\.js$/;
const BROWSER = /browser\/[^/]*\.test\.js$/;

/** A jest reporter that says which tests were left out, for want of what, and how to get it. */
class Skipped {
  onRunComplete(_, { testResults }) {
    const skipped = testResults.filter(({ numPendingTests }) => numPendingTests > 0);
    const ofWasm = skipped.filter(({ testFilePath }) => WASM.test(testFilePath));
    const ofBrowser = skipped.filter(({ testFilePath }) => BROWSER.test(testFilePath.replaceAll('\\', '/')));
    const others = skipped.filter((file) => !ofWasm.includes(file) && !ofBrowser.includes(file));
    if (!executable) {
      say(
        ofBrowser,
        'there is no Chromium on this machine',
        'Install it (Debian: apt-get install chromium), or name one by CHROMIUM=/path/to/it, and run npm run test:browser again.',
      );
    }
    if (!isBuilt) {
      say(
        ofWasm,
        'WebAssembly was not built',
        'Run npm run build:wasm, which says what it needs, and npm test again.',
      );
    }
    if (!installed) {
      say(
        others,
        'there is no redis-server on this machine',
        `Install it (Debian: apt-get install redis-server, macOS: brew install redis) and run npm test again.
REDIS_URL=redis://… runs those that need not stop and start it.`,
      );
    }
  }
}

/** @param {any[]} files @param {string} why @param {string} what to do */
function say(files, why, what) {
  if (files.length === 0) return;
  const list = files.map((file) => `  ${nameOf(file)}: ${file.numPendingTests} tests`);
  process.stderr.write(`\nNOT TESTED, because ${why}:\n${list.join('\n')}\n${what}\n`);
}

function nameOf({ testFilePath }) {
  return testFilePath.slice(testFilePath.lastIndexOf('__test__'));
}

module.exports = Skipped;
