'use strict';

// Fails when modules use each other in a circle: those of the Rust crates, of lib/ and of cli/.

const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');

module.exports = { circleIn, javaScriptGraph, rustGraph };

if (require.main === module) main();

function main() {
  const graphs = {
    core: rustGraph(path.join(root, 'core/src')),
    crypto: rustGraph(path.join(root, 'core/crypto/src')),
    clues: rustGraph(path.join(root, 'core/clues/src')),
    src: rustGraph(path.join(root, 'src')),
    'lib and cli': javaScriptGraph([path.join(root, 'lib'), path.join(root, 'cli')]),
  };
  for (const [name, graph] of Object.entries(graphs)) {
    const circle = circleIn(graph);
    if (!circle) continue;
    console.error(`${name}: ${circle.map((file) => path.relative(root, file)).join(' → ')}`);
    process.exitCode = 1;
  }
}

/**
 * The files that each file of a crate names by `crate::…`, its unit tests left out. What a `mod.rs` or
 * `lib.rs` hands on counts as used by it, so naming that by the shorter path is no way around.
 */
function rustGraph(directory) {
  const files = filesIn(directory, '.rs');
  const fileOf = (parts) => {
    const base = path.join(directory, ...parts);
    if (parts.length === 0) return path.join(directory, 'lib.rs');
    return [`${base}.rs`, path.join(base, 'mod.rs')].find((file) => files.includes(file));
  };
  const edges = files.map((file) => {
    const code = fs.readFileSync(file, 'utf8').split('#[cfg(test)]\nmod tests')[0];
    const bare = code.replace(/\/\/.*/g, '');
    const named = [...pathsOf(bare, 'crate::'), ...childPaths(bare, file, directory)];
    const used = named.map((parts) => longest(parts, fileOf)).filter((other) => other !== file);
    return [file, [...new Set(used)]];
  });
  return Object.fromEntries(edges);
}

/** What a file reaches through the modules that it declares, such as `use format::Format` in a `mod.rs`. */
function childPaths(code, file, directory) {
  const own = path.relative(directory, file).replace(/\.rs$/, '').split(path.sep);
  const folder = ['mod', 'lib'].includes(/** @type {string} */ (own.at(-1))) ? own.slice(0, -1) : own;
  const children = [...code.matchAll(/\bmod (\w+);/g)].map(([, name]) => name);
  return children
    .filter((child) => new RegExp(`\\b${child}::`).test(code.replaceAll(/crate::\w+/g, '')))
    .map((child) => folder.concat(child));
}

/** Every path of a `use` tree or an expression, as its parts. */
function pathsOf(code, start) {
  return code
    .split(start)
    .slice(1)
    .flatMap((rest) => treePaths(rest));
}

function treePaths(text) {
  const head = /^(?:\w+::)*/.exec(text)?.[0] ?? '';
  const parts = head.split('::').filter(Boolean);
  const rest = text.slice(head.length);
  if (!rest.startsWith('{')) return [[...parts, /^\w*/.exec(rest)?.[0] ?? '']];
  return branches(rest).flatMap((branch) => treePaths(branch).map((tail) => parts.concat(tail)));
}

/** The parts between the commas of `{a, b::{c, d}}`. */
function branches(text) {
  const all = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === '}' && --depth === 0) break;
    if (letter === ',' && depth === 1) all.push('');
    else if (depth > 0) all[all.length - 1] += letter;
    if (letter === '{') depth += 1;
  }
  return all.map((branch) => branch.trim()).filter(Boolean);
}

function longest(parts, fileOf) {
  for (let length = parts.length; length > 0; length--) {
    const file = fileOf(parts.slice(0, length));
    if (file) return file;
  }
  return fileOf([]);
}

/** The files that each file requires. */
function javaScriptGraph(directories) {
  const files = directories.flatMap((directory) => filesIn(directory, '.js'));
  const edges = files.map((file) => {
    const code = fs.readFileSync(file, 'utf8');
    const named = [...code.matchAll(/require\('(\.[^']+)'\)/g)].map(([, name]) => name);
    return [file, named.map((name) => path.join(path.dirname(file), name))];
  });
  return Object.fromEntries(edges);
}

function filesIn(directory, extension) {
  return fs
    .readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) => path.join(directory, name));
}

/** The files of one circle, the first of them at both ends; or nothing. */
function circleIn(graph) {
  const done = new Set();
  const way = [];
  const visit = (file) => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    way.push(file);
    for (const other of graph[file] ?? []) {
      const circle = visit(other);
      if (circle) return circle;
    }
    way.pop();
    done.add(file);
    return undefined;
  };
  for (const file of Object.keys(graph)) {
    const circle = visit(file);
    if (circle) return circle;
  }
  return undefined;
}
