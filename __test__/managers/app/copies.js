'use strict';

// Two copies in one process, as when a library brings its own: each answers, and neither is the other.

const fs = require('node:fs');
const path = require('node:path');
const answers = require('./answers.js');

const modules = path.join(__dirname, 'node_modules');
const otherModules = path.join(__dirname, 'copy', 'node_modules');
fs.cpSync(modules, otherModules, { recursive: true });

async function main() {
  const [ours, theirs] = [modules, otherModules].map((folder) => require(path.join(folder, 'wechat-push')));
  const [testing, theirTesting] = [modules, otherModules].map((folder) =>
    require(path.join(folder, 'wechat-push', 'testing.js')),
  );
  if (ours.messagePush === theirs.messagePush) throw new Error('there is one copy');
  await Promise.all([answers(ours, testing), answers(theirs, theirTesting), answers(ours, theirTesting)]);
}

main();
