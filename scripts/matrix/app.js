'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { installHosts, versionsOf } = require('../../__test__/frameworks/hosts.js');
const { root, run, withoutCargo } = require('../tarball/tarball.js');

/** What the suite runs on by itself, and what it needs to run, in the versions of this repository. */
const SERVERS = ['connect', 'express', 'express4', 'fastify', 'koa'];
const TOOLS = ['expect', 'jest-mock'];
/** Of the tests, what the suite consists of. */
const TESTS = ['conformance', 'frameworks', 'support'];
const NOT_COPIED = new Set(['node_modules', '.next', 'copies', 'logs', 'run']);

/**
 * A folder in which the tarball is installed, as an app has it, and beside it the tests, which load it by its name.
 * @param {string} work where it is made
 * @param {string} file the tarball
 * @param {string[]} hosts whose frameworks are installed, too
 */
function makeApp(work, file, hosts) {
  const folder = path.join(work, 'app');
  for (const name of TESTS)
    fs.cpSync(path.join(root, '__test__', name), path.join(folder, '__test__', name), {
      recursive: true,
      filter: (from) => !NOT_COPIED.has(path.basename(from)),
    });
  const dependencies = { ...specifiers([...SERVERS, ...TOOLS]), 'wechat-push': `file:${file}` };
  // By its `workspaces` Next.js knows the root of all that it builds.
  const manifest = { private: true, workspaces: [], dependencies };
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  run('npm', ['install', '--no-audit', '--no-fund'], folder, withoutCargo(work));
  const frameworks = path.join(folder, '__test__', 'frameworks');
  const others = hosts.filter((name) => name !== 'own');
  if (others.length > 0) installHosts(frameworks, others);
  return { folder, frameworks, installed: path.join(folder, 'node_modules', 'wechat-push') };
}

/** The versions of what a host runs on. @param {{ folder: string, frameworks: string }} app @param {string} host */
function versionsIn({ folder, frameworks }, host) {
  if (host !== 'own') return versionsOf(frameworks, host);
  const manifest = (name) => path.join(folder, 'node_modules', name, 'package.json');
  return Object.fromEntries(SERVERS.map((name) => [name, require(manifest(name)).version]));
}

/** As npm's manifest wants them. @param {string[]} names */
function specifiers(names) {
  const { packages } = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  return Object.fromEntries(
    names.map((alias) => {
      const { name = alias, version } = packages[`node_modules/${alias}`];
      return [alias, `npm:${name}@${version}`];
    }),
  );
}

module.exports = { makeApp, versionsIn };
