'use strict';

const { executable } = require('./chromium.js');
const nginx = require('./nginx.js');
const redis = require('./redis-server.js');
const { isBuilt } = require('./wasm.js');

/** What tests need that may be missing, by the names of their files; the last one is what all others need. */
const NEEDS = [
  {
    files: /(engines|wasm)\.test\.js$/,
    isHere: isBuilt,
    why: 'WebAssembly was not built',
    what: 'Run npm run build:wasm, which says what it needs, and npm test again.',
  },
  {
    files: /browser[/\\][^/\\]*\.test\.js$/,
    isHere: executable !== undefined,
    why: 'there is no Chromium on this machine',
    what: 'Install it (Debian: apt-get install chromium), or name one by CHROMIUM=/path/to/it, and run npm run test:browser again.',
  },
  {
    files: /recipes\.test\.js$/,
    isHere: nginx.installed,
    why: 'there is no nginx on this machine',
    what: 'Install it (Debian: apt-get install nginx-light), and run npm test again.',
  },
  {
    files: /\.test\.js$/,
    isHere: redis.installed,
    why: 'there is no redis-server on this machine',
    what: `Install it (Debian: apt-get install redis-server, macOS: brew install redis) and run npm test again.
REDIS_URL=redis://… runs those that need not stop and start it.`,
  },
];

/** A jest reporter that says which tests were left out, for want of what, and how to get it. */
class Skipped {
  onRunComplete(_, { testResults }) {
    const skipped = testResults.filter(({ numPendingTests }) => numPendingTests > 0);
    const needOf = ({ testFilePath }) => NEEDS.find(({ files }) => files.test(testFilePath));
    for (const need of NEEDS.filter(({ isHere }) => !isHere)) {
      say(
        skipped.filter((file) => needOf(file) === need),
        need,
      );
    }
  }
}

/** @param {any[]} files @param {typeof NEEDS[number]} need */
function say(files, { why, what }) {
  if (files.length === 0) return;
  const list = files.map((file) => `  ${nameOf(file)}: ${file.numPendingTests} tests`);
  process.stderr.write(`\nNOT TESTED, because ${why}:\n${list.join('\n')}\n${what}\n`);
}

function nameOf({ testFilePath }) {
  return testFilePath.slice(testFilePath.lastIndexOf('__test__'));
}

module.exports = Skipped;
