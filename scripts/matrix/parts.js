'use strict';

// What the matrix is made of: runtimes × engines × hosts. A host is a folder of __test__/frameworks/hosts, and has one
// or several adapters.

const FRAMEWORKS = ['fastify4', 'koa2', 'hono', 'next', 'nest11', 'nest12', 'egg', 'egg4', 'midway'];
const NODES = [20, 22, 24, 26];

/** Programs of Node's own kind run in every runtime that has its modules; frameworks, where their users run them. */
const RUNTIMES = {
  ...Object.fromEntries(NODES.map((major) => [`node${major}`, ['own', ...FRAMEWORKS]])),
  bun: ['own', 'bun'],
  deno: ['own', 'deno'],
  workerd: ['workerd'],
};
const ENGINES = ['addon', 'wasm'];

/** Every folder of examples/, started from the tarball and asked by its `wechat-push doctor`. */
const EXAMPLES = { runtime: 'node24', engine: 'wasm', host: 'examples' };

/**
 * @typedef {{ runtime: string, engine: string, host: string }} Cell
 * @type {Cell[]}
 */
const cells = [
  ...Object.entries(RUNTIMES)
    .flatMap(([runtime, hosts]) =>
      ENGINES.flatMap((engine) => hosts.map((host) => ({ runtime, engine, host }))),
    )
    .filter(({ runtime, engine }) => runtime !== 'workerd' || engine === 'wasm'),
  EXAMPLES,
];

/** What a word can name; `bun` is the runtime, not the host on it. */
const KINDS = ['runtime', 'engine', 'host'];
const names = [...new Set(cells.flatMap(({ runtime, engine, host }) => [runtime, engine, host]))];

/**
 * The cells that are named: of each of runtime, engine and host those that stand there, or all of them.
 * @param {string[]} words
 */
function pick(words) {
  const unknown = words.filter((word) => !names.includes(word));
  if (unknown.length > 0) throw new Error(`there is no ${unknown.join(', ')}; there are ${names.join(', ')}`);
  const kindOf = (word) => KINDS.find((kind) => cells.some((cell) => cell[kind] === word));
  return KINDS.reduce((left, kind) => {
    const named = words.filter((word) => kindOf(word) === kind);
    return named.length === 0 ? left : left.filter((cell) => named.includes(cell[kind]));
  }, cells);
}

module.exports = { EXAMPLES, cells, pick };
