'use strict';

// Takes out of WebAssembly what no push needs, by Binaryen: what only diagnosis and the other side call becomes a module
// of its own, over the memory of the first, which is loaded at its first call.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

/** Exports that a server which receives and answers pushes does not call. */
const LATE = new Set([
  'explain',
  'explainFor',
  'handshakeRequest',
  'pushRequest',
  'readAnswer',
  'answerFlaw',
  'echoFlaw',
]);
/** The names by which `lib/engine/wasm.js` joins the two. */
const NAMES = ['--import-namespace=core', '--placeholder-namespace=rest', '--export-prefix=$'];

/**
 * Whether it could be done; it takes a file that has the names of its functions.
 * @param {string} file
 * @param {string} core what is needed from the start
 * @param {string} rest
 */
function splitWasm(file, core, rest) {
  const list = `${rest}.functions`;
  const text = spawnSync('wasm-dis', ['--all-features', file], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (text.status !== 0) return false;
  fs.writeFileSync(list, lateFunctions(text.stdout).join('\n'));
  const outputs = ['-o1', core, '-o2', rest, `--split-funcs=@${path.resolve(list)}`];
  const { status } = spawnSync('wasm-split', ['--all-features', file, ...outputs, ...NAMES], {
    stdio: 'inherit',
  });
  fs.rmSync(list);
  return status === 0;
}

/**
 * The functions that are reached from {@link LATE} alone. Those whose address is taken may be called by any.
 * @param {string} text of the module
 */
function lateFunctions(text) {
  const bodies = text.split(/\n \(func (?=\$)/).slice(1);
  const calls = new Map(
    bodies.map((body) => [nameIn(body), namesIn(body, /\((?:call|return_call|ref\.func) (\$[^\s()]+)/g)]),
  );
  const exported = namesIn(text, /\n \(export "[^"]+" \(func (\$[^\s()]+)\)\)/g);
  const taken = (text.match(/\n \(elem [^\n]*/g) ?? []).flatMap((line) => namesIn(line, /(\$[^\s()]+)/g));
  const early = reached([...exported.filter((name) => !LATE.has(name.slice(1))), ...taken], calls);
  return [...calls.keys()].filter((name) => !early.has(name)).map((name) => name.slice(1));
}

/** @param {string} body */
function nameIn(body) {
  return body.slice(0, body.search(/[\s()]/));
}

/** @param {string} text @param {RegExp} pattern */
function namesIn(text, pattern) {
  return Array.from(text.matchAll(pattern), ([, name]) => name);
}

/** @param {string[]} from @param {Map<string, string[]>} calls */
function reached(from, calls) {
  const found = new Set();
  const next = [...from];
  while (next.length > 0) {
    const name = /** @type {string} */ (next.pop());
    if (found.has(name) || !calls.has(name)) continue;
    found.add(name);
    next.push(.../** @type {string[]} */ (calls.get(name)));
  }
  return found;
}

module.exports = { splitWasm };
