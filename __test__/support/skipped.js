'use strict';

const { installed } = require('./redis-server.js');

/** A jest reporter that says which tests were left out for want of Redis, and how to get them. */
class Skipped {
  onRunComplete(_, { testResults }) {
    const files = testResults.filter(({ numPendingTests }) => numPendingTests > 0);
    if (installed || files.length === 0) return;
    const list = files.map((file) => `  ${nameOf(file)}: ${file.numPendingTests} tests`);
    process.stderr.write(`
NOT TESTED, because there is no redis-server on this machine:
${list.join('\n')}
Install it (Debian: apt-get install redis-server, macOS: brew install redis) and run npm test again.
REDIS_URL=redis://… runs those that need not stop and start it.
`);
  }
}

function nameOf({ testFilePath }) {
  return testFilePath.slice(testFilePath.lastIndexOf('__test__'));
}

module.exports = Skipped;
