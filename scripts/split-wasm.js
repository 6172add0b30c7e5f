'use strict';

// Makes two modules of WebAssembly, by its text: one of what receives and answers pushes, and one of the rest, which
// works in the memory of the first. It calls the large functions there and has small ones itself, since each that is
// exported takes time at the start.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');

/** Exports that a server does not call which receives and answers pushes: diagnosis, and the other side. */
const LATE = new Set([
  'explain',
  'explainFor',
  'handshakeRequest',
  'pushRequest',
  'readAnswer',
  'answerFlaw',
  'echoFlaw',
]);
/** Letters of its text from which on a function is large. */
const LARGE = 8000;
/** What the rest works on, as the text has it. @type {{ line: RegExp, name: string, of: (found: string[]) => string }[]} */
const STATE = [
  { line: /^ \(memory (\$\S+) (.*)\)$/, name: 'memory', of: ([, own, is]) => `(memory ${own} ${is})` },
  { line: /^ \(table (\$\S+) (.*)\)$/, name: '$table', of: ([, own, is]) => `(table ${own} ${is})` },
  {
    line: /^ \(global (\$__stack_pointer) (\(mut i32\)) .*\)$/,
    name: '$stack',
    of: ([, own, is]) => `(global ${own} ${is})`,
  },
];

/**
 * Whether it could be done: Binaryen has to be here.
 * @param {string} file with the names of its functions
 * @param {string} core
 * @param {string} rest
 */
function splitWasm(file, core, rest) {
  const { status, stdout } = run('wasm-dis', ['--all-features', file]);
  if (status !== 0) return false;
  const module = parts(stdout);
  return assemble(coreOf(module), core) && assemble(restOf(module), rest);
}

/**
 * @typedef {{ name: string, text: string, calls: string[] }} WasmFunction
 * @typedef {{ head: string[], functions: WasmFunction[], exported: Map<string, string>, large: Map<string, string> }} Parts
 *   `exported` has the functions by the names under which they are exported, `large` the name of each that is called there
 */

/** @param {string} text @returns {Parts} */
function parts(text) {
  const [head, ...bodies] = text
    .trimEnd()
    .replace(/\n?\)$/, '')
    .split(/\n(?= \(func \$)/);
  const functions = bodies.map((body) => ({
    name: /** @type {string} */ (namesIn(body, /^ \(func (\$[^\s()]+)/g)[0]),
    text: body,
    calls: namesIn(body, /\((?:call|return_call|ref\.func) (\$[^\s()]+)/g),
  }));
  const exported = new Map(
    Array.from(head.matchAll(/^ \(export "([^"]+)" \(func (\$[^\s()]+)\)\)$/gm), ([, name, own]) => [
      name,
      own,
    ]),
  );
  const late = reached(
    functions,
    [...LATE].map((name) => exported.get(name)),
  );
  const taken = head.split('\n').filter((line) => line.startsWith(' (elem '));
  const early = reached(functions, [
    ...[...exported].filter(([name]) => !LATE.has(name)).map(([, own]) => own),
    ...taken.flatMap((line) => namesIn(line, /(\$[^\s()]+)/g)),
  ]);
  const shared = functions.filter(({ name, text: body }) => {
    return body.length > LARGE && late.has(name) && early.has(name);
  });
  const large = new Map(shared.map(({ name }, index) => [name, `$${index}`]));
  return { head: head.split('\n'), functions, exported, large };
}

/** Without the late exports; Binaryen takes out what only they called. @param {Parts} module */
function coreOf({ head, functions, large }) {
  const kept = head.filter((line) => !LATE.has(exportIn(line)));
  const state = STATE.slice(1).map(({ line, name }) => {
    const [, own] = head.map((one) => line.exec(one)).find(Boolean) ?? [];
    return ` (export "${name}" (${name === '$table' ? 'table' : 'global'} ${own}))`;
  });
  const more = Array.from(large, ([own, name]) => ` (export "${name}" (func ${own}))`);
  return [...kept, ...state, ...more, ...functions.map(({ text }) => text), ')'].join('\n');
}

/** The late exports alone, over what the core has. @param {Parts} module */
function restOf({ head, functions, large }) {
  const stateOf = (text) => STATE.find(({ line }) => line.test(text));
  const state = head.flatMap((text) => {
    const found = stateOf(text);
    return found ? [` (import "core" "${found.name}" ${found.of(text.match(found.line) ?? [])})`] : [];
  });
  const called = functions
    .filter(({ name }) => large.has(name))
    .map((one) => importOf(one, large.get(one.name)));
  const [start, ...others] = head.filter((text) => {
    const isOfCore = /^ \((data|elem|export) /.test(text) && !LATE.has(exportIn(text));
    return !isOfCore && !stateOf(text);
  });
  const types = others.filter((text) => text.startsWith(' (type '));
  const last = others.filter((text) => !text.startsWith(' (type '));
  const own = functions.filter(({ name }) => !large.has(name)).map(({ text }) => text);
  return [start, ...types, ...state, ...called, ...last, ...own, ')'].join('\n');
}

/** @param {WasmFunction} of @param {string | undefined} name */
function importOf({ name: own, text }, name) {
  const [first] = text.split('\n');
  const params = namesIn(first, /\(param \$\S+ (\w+)\)/g);
  const result = namesIn(first, /(\(result [^)]*\))/g);
  return ` (import "core" "${name}" (func ${own} (param ${params.join(' ')}) ${result.join(' ')}))`;
}

/** The name under which a line exports something. @param {string} line */
function exportIn(line) {
  return namesIn(line, /^ \(export "([^"]+)"/g)[0] ?? '';
}

/** @param {string} text @param {RegExp} pattern */
function namesIn(text, pattern) {
  return Array.from(text.matchAll(pattern), ([, name]) => name);
}

/** @param {WasmFunction[]} functions @param {(string | undefined)[]} from */
function reached(functions, from) {
  const calls = new Map(functions.map(({ name, calls: called }) => [name, called]));
  const found = new Set();
  const next = [...from];
  while (next.length > 0) {
    const name = next.pop() ?? '';
    if (found.has(name) || !calls.has(name)) continue;
    found.add(name);
    next.push(.../** @type {string[]} */ (calls.get(name)));
  }
  return found;
}

/** @param {string} text @param {string} file */
function assemble(text, file) {
  fs.writeFileSync(`${file}.wat`, text);
  const { status } = run('wasm-as', ['--all-features', '-g', `${file}.wat`, '-o', file]);
  fs.rmSync(`${file}.wat`);
  return status === 0;
}

/** @param {string} tool @param {string[]} args */
function run(tool, args) {
  return spawnSync(tool, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

module.exports = { splitWasm };
