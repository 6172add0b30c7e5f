'use strict';

// npm run test:frameworks [-- name …]
//
// Installs the frameworks and runtimes of hosts/ (all, or those named), runs the conformance suite on each in a
// process of its own, and says for each what became of it. Exit code 1 when any failed.

const { allHosts, installHosts, runHost, versionsOf } = require('./hosts.js');
const { installOurs } = require('./own-package.js');

main(process.argv.slice(2));

/** @param {string[]} given */
function main(given) {
  const all = allHosts(__dirname);
  const unknown = given.filter((name) => !all.includes(name));
  if (unknown.length > 0) return fail(`there is no ${unknown.join(', ')}; there are ${all.join(', ')}`);
  const names = given.length > 0 ? given : all;
  installHosts(__dirname, names);
  installOurs();
  const results = names.map(resultOf);
  for (const { name, words } of results) say(`${name.padEnd(12)} ${words}`);
  process.exitCode = results.some(({ failed }) => failed) ? 1 : 0;
}

/** @param {string} name */
function resultOf(name) {
  const versions = Object.entries(versionsOf(__dirname, name)).map((one) => one.join(' '));
  say(`\n${name}: ${versions.join(', ')}`);
  const { skip, failed, words } = runHost(__dirname, name);
  if (skip) return { name, words: `not tested: ${skip}` };
  say(`${name}: ${words}`);
  return { name, failed, words: `${words}   ${versions.join(', ')}` };
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}
