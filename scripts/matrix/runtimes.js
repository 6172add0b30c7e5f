'use strict';

const { spawnSync } = require('node:child_process');
const path = require('node:path');

const FIVE_MINUTES = 300_000;

/**
 * What starts a program in a runtime, or why nothing does.
 * @typedef {{ command: string, args?: string[], env?: NodeJS.ProcessEnv, version: string } | { skip: string }} Runtime
 */

/**
 * @param {string} name of a runtime of the matrix
 * @param {string} frameworks the folder into which npm has installed Bun and Deno
 * @returns {Runtime}
 */
function runtimeOf(name, frameworks) {
  const [, major] = name.match(/^node(\d+)$/) ?? [];
  if (major) return nodeOf(major);
  // It is started by a program for Node 22 or later.
  if (name === 'workerd') return ofWorkerd(nodeOf('24'), frameworks);
  const { skip, command, args } = require(path.join(frameworks, 'hosts', name, 'start.js'))();
  if (skip) return { skip };
  return { command, args, version: said([command, '--version'])?.match(/\d+\.\d+\.\d+/)?.[0] ?? '' };
}

/** This one, or that of npm. @param {string} major @returns {Runtime} */
function nodeOf(major) {
  const [own] = process.versions.node.split('.');
  const found =
    own === major
      ? process.execPath
      : said(['npx', '--yes', '--package', `node@${major}`, '--', 'node', '-p', 'process.execPath']);
  if (!found) return { skip: `npx has no Node ${major} and cannot get it` };
  // What it starts by name is the same.
  const env = { PATH: `${path.dirname(found)}${path.delimiter}${process.env.PATH}` };
  return { command: found, env, version: said([found, '--version'])?.slice(1) ?? '' };
}

/** @param {Runtime} node @param {string} frameworks @returns {Runtime} */
function ofWorkerd(node, frameworks) {
  if ('skip' in node) return node;
  return { ...node, version: require(path.join(frameworks, 'node_modules/workerd/package.json')).version };
}

/** What a command prints, unless it fails. @param {string[]} command */
function said([program, ...args]) {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', timeout: FIVE_MINUTES });
  return status === 0 ? stdout.trim() : undefined;
}

module.exports = { runtimeOf };
